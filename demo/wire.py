"""A lean transport for httpx: its own costs 2 ms of processor a request, and the played platform shares the process."""

import asyncio

import httptools
import httpx

_PIECE = 65_536


class Wire(httpx.AsyncBaseTransport):
    """HTTP/1.1 without TLS to one host, over connections that are kept. Raises httpx's own errors."""

    def __init__(self) -> None:
        self._idle: list[_Line] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        within = request.extensions.get("timeout", {}).get("read")
        line: _Line | None = None
        try:
            line = self._kept() or await _opened(request.url)
            async with asyncio.timeout(within):
                response, reusable = await line.exchange(request)
        except TimeoutError as error:
            _drop(line)
            raise httpx.ReadTimeout(f"no answer within {within} s", request=request) from error
        except (OSError, httptools.HttpParserError) as error:
            _drop(line)
            raise httpx.ReadError(str(error) or type(error).__name__, request=request) from error
        except asyncio.CancelledError:
            _drop(line)
            raise
        if reusable:
            self._idle.append(line)
        else:
            line.close()
        return response

    async def aclose(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _kept(self) -> "_Line | None":
        while self._idle:
            line = self._idle.pop()
            if not line.ended:  # the server hangs up on a line that was silent for some seconds
                return line
            line.close()
        return None


class _Line:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @property
    def ended(self) -> bool:
        return self._reader.at_eof()

    async def exchange(self, request: httpx.Request) -> tuple[httpx.Response, bool]:
        """The answer, and whether the line may be used again."""
        body = await request.aread()
        head = [request.method.encode() + b" " + request.url.raw_path + b" HTTP/1.1"]
        head += [name + b": " + value for name, value in request.headers.raw]
        self._writer.write(b"\r\n".join(head) + b"\r\n\r\n" + body)
        answer = _Answer()
        parser = answer.parser
        while not answer.complete:
            piece = await self._reader.read(_PIECE)
            if not piece:
                raise ConnectionResetError("the server hung up")
            parser.feed_data(piece)
        response = httpx.Response(
            parser.get_status_code(), headers=answer.headers, content=bytes(answer.body), request=request
        )
        return response, answer.reusable

    def close(self) -> None:
        self._writer.close()


class _Answer:
    """What the parser has read so far."""

    def __init__(self) -> None:
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = bytearray()
        self.complete = self.reusable = False
        self.parser = httptools.HttpResponseParser(self)

    def on_header(self, name: bytes, value: bytes) -> None:
        # The body below is decoded already: httpx.Response would otherwise expect it chunked.
        if name.lower() != b"transfer-encoding":
            self.headers.append((name, value))

    def on_body(self, piece: bytes) -> None:
        self.body += piece

    def on_message_complete(self) -> None:
        self.complete = True
        self.reusable = self.parser.should_keep_alive()  # a moment later the parser has forgotten


async def _opened(url: httpx.URL) -> _Line:
    return _Line(*await asyncio.open_connection(url.host, url.port or 80))


def _drop(line: _Line | None) -> None:
    if line is not None:
        line.close()
