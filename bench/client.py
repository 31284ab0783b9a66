"""A client that is no bottleneck: prepared HTTP/1.1 requests over open connections, nothing parsed but the end."""

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from typing import cast

CONNECTIONS = 16
_LENGTH = b"content-length: "


class WrongAnswer(Exception):
    """The server didn't say 200."""


class _Connection(asyncio.Protocol):
    """Sends the next of the shared requests when the answer to the one before is whole."""

    def __init__(self, requests: "deque[bytes]", done: "asyncio.Future[None]", seconds: list[float]) -> None:
        self._requests, self._done, self._seconds = requests, done, seconds
        self._got, self._sent = b"", 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by inheritance
        self._next()

    def _next(self) -> None:
        if not self._requests:
            if not self._done.done():
                self._done.set_result(None)
            self._transport.close()
            return
        self._sent = time.perf_counter()
        self._transport.write(self._requests.popleft())

    def data_received(self, data: bytes) -> None:
        self._got += data
        end = self._got.find(b"\r\n\r\n")
        if end < 0:
            return
        start = self._got.find(_LENGTH) + len(_LENGTH)
        if len(self._got) < end + 4 + int(self._got[start : self._got.find(b"\r", start)]):
            return
        if not self._got.startswith(b"HTTP/1.1 200"):
            self._done.set_exception(WrongAnswer(self._got[:500]))
            self._transport.close()
            return
        self._got = b""
        self._seconds.append(time.perf_counter() - self._sent)
        self._next()

    def connection_lost(self, _: Exception | None) -> None:
        if not self._done.done():
            self._done.set_exception(ConnectionError("the server hung up"))


def post(port: int, path: str, token: str, key: str, body: bytes) -> bytes:
    """A prepared request."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def get(port: int, path: str, token: str | None = None) -> bytes:
    """A prepared request; without a token, one without login."""
    login = f"Authorization: Bearer {token}\r\n" if token is not None else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{login}\r\n".encode()


async def send(
    port: int, requests: Sequence[bytes], lasting: float, connections: int = CONNECTIONS
) -> tuple[float, list[float]]:
    """Send over the connections, at most so many seconds; requests a second, and the seconds that each took."""
    loop, waiting, seconds = asyncio.get_running_loop(), deque(requests), list[float]()
    loop.call_later(lasting, waiting.clear)
    done = [loop.create_future() for _ in range(connections)]
    started = time.perf_counter()
    for one in done:
        await loop.create_connection(lambda one=one: _Connection(waiting, one, seconds), "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.wait_for(asyncio.gather(*done), lasting + 30)
    return len(seconds) / (time.perf_counter() - started), seconds
