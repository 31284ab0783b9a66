"""A way to the broker that can be cut and restored: a TCP proxy that stands where clients believe the broker to be."""

import asyncio
import contextlib
from struct import pack


class Proxy:
    """`restore` opens it, `cut` closes it and all that goes through; `address` stays the same."""

    def __init__(self, target: str) -> None:
        self._host, port = target.rsplit(":", 1)
        self._target, self._port, self.address = int(port), 0, ""
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def restore(self) -> None:
        self._server = await asyncio.start_server(self._connected, self._host, self._port)
        self._port = self._server.sockets[0].getsockname()[1]
        self.address = f"{self._host}:{self._port}"

    async def cut(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in self._open:
            writer.transport.abort()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            theirs, ours = await asyncio.open_connection(self._host, self._target)
        except OSError:
            writer.transport.abort()  # as the broker itself, which isn't there
            return
        self._open |= {writer, ours}
        await asyncio.gather(self._copy(reader, ours), self._copy(theirs, writer))
        self._open -= {writer, ours}

    async def _copy(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        at, here = (self._host.encode() + pack(">i", port) for port in (self._target, self._port))
        with contextlib.suppress(OSError):
            while some := await source.read(1 << 16):
                sink.write(some.replace(at, here))  # in its metadata a broker says where it is: it must say, here
                await sink.drain()
        sink.transport.abort()
