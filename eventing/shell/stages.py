"""The services of a played platform, as whoever plays business time reaches them: in the same process, or by HTTP."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx

from eventing.refusal import Busy
from eventing.shell.health import Health
from eventing.shell.runtime import Runtime
from eventing.standing import Standing

_AGAIN = 0.2
_WATCH = 2.0


class InProcess:
    """A runtime that shares the platform's clock."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def standing(self) -> Standing:
        return await self._runtime.standing()

    async def set_clock(self, to: datetime) -> None:
        """It is set already: there is only one."""

    async def fire_due(self) -> None:
        await self._runtime.deadlines.fire_due()


class OverHttp:
    """A service in processes of its own; `gateway` is where all services are reached, `token` one that operates."""

    def __init__(
        self, name: str, gateway: str, http: httpx.AsyncClient, token: Callable[[], str], patience: float = 60.0
    ) -> None:
        self.name, self._url = name, f"{gateway}/api/{name}/operator"
        self._http, self._token, self._patience = http, token, patience

    async def standing(self) -> Standing:
        return Standing.model_validate(await self._asked("GET", "/standing"))

    async def set_clock(self, to: datetime) -> None:
        await self._asked("POST", "/clock", {"to": to.isoformat()})

    async def fire_due(self) -> None:
        await self._asked("POST", "/deadlines/fire")

    async def watch(self, health: Health) -> None:
        """Say whether the service answers; for ever."""
        part = f"service {self.name}"
        while True:
            try:
                answer = await self._ask("GET", "/standing")
                if answer.is_success:
                    health.up(part)
                else:
                    health.down(part, str(answer.status_code))
            except httpx.TransportError as away:
                health.down(part, type(away).__name__)
            await asyncio.sleep(_WATCH)

    async def _asked(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Asked again while the service is away: each of these may be done twice. Raises `Busy`."""
        until = time.monotonic() + self._patience
        while True:
            try:
                answer = await self._ask(method, path, body)
                if answer.is_success:
                    return answer.json()
                wrong = str(answer.status_code)
            except httpx.TransportError as away:
                answer, wrong = None, type(away).__name__
            if time.monotonic() > until or (answer is not None and answer.status_code < 500):
                raise Busy("not_quiet", who=f"{self.name} ({wrong})")
            await asyncio.sleep(_AGAIN)

    async def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._token()}"}
        return await self._http.request(method, f"{self._url}{path}", json=body, headers=headers, timeout=35)
