"""A HubSpot, a credits platform and a mailbox on your own machine, in one process.

Everything is kept in memory. Nothing here imports the service; the service meets the sandbox
only over HTTP and SMTP, as it would meet the real ones.
"""
