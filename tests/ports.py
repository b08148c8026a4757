"""Ports for servers that go away and come back."""

import random
import socket


def lasting_port() -> int:
    """A free port that no outgoing connection is given while its server is down.

    Those come from 32768 upwards. There, whoever keeps trying a port with no server behind it
    sooner or later gets it as its own, and is connected with itself.
    """
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
