"""Take the one TCP port that the platform answers on before anything else is started."""

import errno
import socket

from eventing.embedded.cannot_start import CannotStart


def reserve_port(port: int) -> socket.socket:
    """A listening socket on 127.0.0.1, for `uvicorn.Server.serve(sockets=[…])`; 0 takes any free port."""
    reserved = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reserved.bind(("127.0.0.1", port))
        # Only listening keeps others out: with SO_REUSEADDR two may bind the same port.
        reserved.listen(128)
    except OSError as error:
        reserved.close()
        raise _refused(port, error) from None
    return reserved


def _refused(port: int, error: OSError) -> CannotStart:
    if error.errno == errno.EADDRINUSE:
        return CannotStart(
            "port-taken",
            f"端口 {port} 已被别的程序占用。请停掉它，或用 --port 另选端口，例如 --port {port + 1}。",
            f"Port {port} is taken by another program. Stop it, or choose another with --port, e.g. --port {port + 1}.",
        )
    return CannotStart(
        "port-refused",
        f"不能使用端口 {port}（{error.strerror}）。请用 --port 另选一个 1024 以上的端口。",
        f"Port {port} cannot be used ({error.strerror}). Choose one above 1024 with --port.",
    )
