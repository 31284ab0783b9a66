"""A gateway before several replicas: `/api/<service>/…` goes to one replica after the other, as a gateway's would."""

import asyncio
import itertools

import httpx
import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tests.support.platform_process import free_port

_HOP = {"connection", "transfer-encoding", "content-length", "content-encoding", "keep-alive", "host"}


class Gateway:
    """`targets`: the ports of each service's replicas."""

    def __init__(self) -> None:
        self.targets: dict[str, list[int]] = {}
        self._turn = itertools.count()
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._client = httpx.AsyncClient(timeout=httpx.Timeout(35, connect=1))

    async def start(self) -> None:
        config = uvicorn.Config(
            self._answer, port=self._port, log_config=None, access_log=False, lifespan="off", interface="asgi3"
        )
        self._server = uvicorn.Server(config)
        self._server.capture_signals = _leave_signals  # type: ignore[method-assign, assignment]
        self._serving = asyncio.ensure_future(self._server.serve())

    async def stop(self) -> None:
        self._server.should_exit = self._server.force_exit = True
        await self._serving
        await self._client.aclose()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        ports = self.targets.get(request.url.path.split("/")[2], [])
        headers = [(name, value) for name, value in request.headers.items() if name not in _HOP]
        answer = Response("no replica answers", status_code=502)
        body = await request.body()
        for port in sorted(ports, key=lambda _: next(self._turn) % 2):
            url = f"http://127.0.0.1:{port}{request.url.path}?{request.url.query}"
            try:
                got = await self._client.request(request.method, url, headers=headers, content=body)
            except httpx.TransportError:
                continue
            kept = {name: value for name, value in got.headers.items() if name not in _HOP}
            answer = Response(got.content, got.status_code, kept)
            break
        await answer(scope, receive, send)


class _leave_signals:  # noqa: N801, stands in for a context manager function
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...
