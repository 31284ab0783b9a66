"""A way to the broker that can be cut and restored: a TCP proxy that stands where clients believe the broker to be."""

import asyncio
import contextlib
from struct import pack


class Proxy:
    """`async with` it; `address` stays the same over `cut` and `restore`."""

    def __init__(self, target: str) -> None:
        self._host, port = target.rsplit(":", 1)
        self._port, self.port = int(port), 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    @property
    def address(self) -> str:
        return f"{self._host}:{self.port}"

    async def restore(self) -> None:
        self._server = await asyncio.start_server(self._connected, self._host, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        if self._server is not None:
            self._server.close()
        for writer in self._open:
            writer.transport.abort()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        theirs, ours = await asyncio.open_connection(self._host, self._port)
        self._open |= {writer, ours}
        await asyncio.gather(self._copy(reader, ours), self._copy(theirs, writer, b"renamed"))
        self._open -= {writer, ours}

    async def _copy(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, renamed: bytes = b"") -> None:
        with contextlib.suppress(OSError):
            while some := await source.read(1 << 16):
                if renamed:  # in its metadata a broker says where it is: it must say that it is here
                    host = self._host.encode()
                    some = some.replace(host + pack(">i", self._port), host + pack(">i", self.port))
                sink.write(some)
                await sink.drain()
        sink.transport.abort()
