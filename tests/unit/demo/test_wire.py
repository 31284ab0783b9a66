import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from demo.wire import Wire

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

HELLO = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 7\r\n\r\n[1,2,3]"
CHUNKED = b"HTTP/1.1 409 Conflict\r\ntransfer-encoding: chunked\r\n\r\n3\r\n[1,\r\n4\r\n2,3]\r\n0\r\n\r\n"
LAST = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n[]"


async def heard(reader: asyncio.StreamReader) -> bytes:
    """One request, head and body; nothing if the other side has gone."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    return head + await reader.readexactly(length)


class Server:
    """Answers each request by the next of its answers; None hangs up. Counts its connections."""

    def __init__(self, *answers: bytes | None) -> None:
        self.answers, self.requests, self.connections = list(answers), list[bytes](), 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while self.answers:
                self.requests.append(await heard(reader))
                answer = self.answers.pop(0)
                if answer is None:
                    break
                for at in range(0, len(answer), 20):  # in pieces, as a network may bring it
                    writer.write(answer[at : at + 20])
                    await writer.drain()
                if b"connection: close" in answer:
                    break
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()


@asynccontextmanager
async def client_of(server: Server, timeout: float = 10) -> AsyncIterator[httpx.AsyncClient]:
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", transport=Wire(), timeout=timeout) as client:
        yield client
    listening.close()
    await listening.wait_closed()


async def test_what_is_sent_arrives_and_what_is_answered_comes_back() -> None:
    server = Server(HELLO)
    async with client_of(server) as client:
        answer = await client.post("/a?b=1", content=b"{}", headers={"idempotency-key": "k1"})
    assert (answer.status_code, answer.json()) == (200, [1, 2, 3])
    assert answer.headers["content-type"] == "application/json"
    (request,) = server.requests
    assert request.startswith(b"POST /a?b=1 HTTP/1.1\r\n")
    assert request.endswith(b"\r\n\r\n{}")
    assert b"idempotency-key: k1" in request.lower()


async def test_an_answer_in_chunks_is_put_together() -> None:
    async with client_of(Server(CHUNKED)) as client:
        answer = await client.get("/")
    assert (answer.status_code, answer.json()) == (409, [1, 2, 3])


async def test_a_line_is_used_again() -> None:
    server = Server(HELLO, HELLO, HELLO)
    async with client_of(server) as client:
        for _ in range(3):
            await client.get("/")
    assert server.connections == 1


async def test_requests_at_once_have_a_line_each() -> None:
    server = Server(*[HELLO] * 8)
    async with client_of(server) as client:
        answers = await asyncio.gather(*(client.get("/") for _ in range(8)))
    assert [answer.json() for answer in answers] == [[1, 2, 3]] * 8
    assert 1 < server.connections <= 8


async def test_a_line_that_the_server_has_closed_is_not_used_again() -> None:
    server = Server(LAST, HELLO)
    async with client_of(server) as client:
        await client.get("/")
        assert (await client.get("/")).json() == [1, 2, 3]
    assert server.connections == 2


async def test_hanging_up_and_not_being_there_are_errors_of_the_line() -> None:
    async with client_of(Server(None)) as client:
        with pytest.raises(httpx.TransportError):
            await client.get("/")
    async with httpx.AsyncClient(base_url="http://127.0.0.1:9", transport=Wire()) as client:
        with pytest.raises(httpx.TransportError):
            await client.get("/")


async def test_what_is_no_http_is_an_error_of_the_line() -> None:
    async with client_of(Server(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")) as client:
        with pytest.raises(httpx.TransportError):
            await client.get("/")


async def test_silence_is_not_waited_for_for_ever() -> None:
    async with client_of(Server(b"", HELLO), timeout=0.05) as client:
        with pytest.raises(httpx.ReadTimeout):
            await client.get("/")
