"""One id follows a request through log, events and answer; and what broke unexpectedly is logged under it."""

import re
from secrets import token_hex

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from eventing.refusal import Refused
from eventing.shell import journal
from eventing.shell.problems import Problems

HEADER = "x-correlation-id"

_GIVEN = re.compile(r"[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}")
"""A UUID or a trace id. It follows the request into log and events: a name or a telephone number has another form."""
_log = structlog.get_logger()


class Correlation:
    """ASGI middleware around all others. Routes find the id in `request.state.correlation`."""

    def __init__(self, app: ASGIApp, problems: Problems) -> None:
        self._app, self._problems = app, problems

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        correlation = given if _GIVEN.fullmatch(given) else token_hex(16)
        scope.setdefault("state", {})["correlation"] = correlation
        started = False

        async def send_with_id(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message)[HEADER] = correlation
            await send(message)

        with journal.bind(correlation=correlation):
            try:
                await self._app(scope, receive, send_with_id)
            except Exception as error:
                _log.error("request failed", method=scope["method"], exc_info=error)
                if started:
                    raise  # the server cuts the connection: half an answer must not look like a whole one
                answer = self._problems.answer(Request(scope), Refused("internal"), status=500)
                await answer(scope, receive, send_with_id)
