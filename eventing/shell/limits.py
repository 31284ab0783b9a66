"""What may come in at all: no body above the limit, however it is announced, and no NUL character."""

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from eventing.refusal import Refused
from eventing.shell.problems import Halted, Problems

_NUL = b"\\u0000"  # as JSON writes it; PostgreSQL stores no such text


class Limits:
    """ASGI middleware. A body is refused as soon as it is known to be too large, and read no further."""

    def __init__(self, app: ASGIApp, problems: Problems, max_body_bytes: int) -> None:
        self._app, self._problems, self._most = app, problems, max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length[:19]) > self._most:
            await self._refuse(scope, receive, send, self._too_large())
        elif "\0" in scope["path"] or b"%00" in scope["query_string"]:
            await self._refuse(scope, receive, send, Halted(400, Refused("nul_character")))
        else:
            await self._app(scope, self._limited(receive, "json" in headers.get("content-type", "")), send)

    def _limited(self, receive: Receive, is_json: bool) -> Receive:
        size, end = 0, b""

        async def limited() -> Message:
            nonlocal size, end
            message = await receive()
            chunk = message.get("body", b"")
            size += len(chunk)
            if size > self._most:
                raise self._too_large()
            end += chunk
            if is_json and _NUL in end:
                raise Halted(400, Refused("nul_character"))
            end = end[-len(_NUL) :]  # it may lie across two chunks
            return message

        return limited

    def _too_large(self) -> Halted:
        return Halted(413, Refused("body_too_large", limit=self._most))

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, halted: Halted) -> None:
        answer = self._problems.answer(
            Request(scope), halted.refused, status=halted.status_code, headers=halted.headers
        )
        await answer(scope, receive, send)
