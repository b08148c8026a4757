"""One folder or file for each outside service: adapters of the ports in :mod:`casework.ports`.

Every failure comes out as one of :mod:`casework.errors`, without anything a request or an answer
held, so that it may be logged and kept.
"""
