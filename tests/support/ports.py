"""Ports for what tests start and stop and start again at the same address."""

import contextlib
import random
import socket


def steady_port() -> int:
    """A free port below those that connections get by themselves.

    On one of those, a client that knocks while the server is down can be connected to itself.
    """
    while True:
        port = random.randint(20000, 32000)
        with socket.socket() as found, contextlib.suppress(OSError):
            found.bind(("127.0.0.1", port))
            return port
