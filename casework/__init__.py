"""The rules of Credits Desk, in plain Python.

Nothing here knows Flask, HTTP, SQL, the environment or the clock: what is needed from outside comes
in through the protocols of :mod:`casework.ports`, and the time is always a parameter.
"""
