"""Union officers at their desks, each with a token of the officer's own union; and workers, who have none."""

import asyncio
import csv
import json
from collections.abc import Callable, Sequence
from datetime import datetime
from io import StringIO
from typing import Any

import httpx

from demo.action import Action, Sheet, Told

Token = Callable[[str, Sequence[str], str], str]
"""`token(union, roles, subject)`: a bearer token that is good for the whole play."""

Json = dict[str, Any]

_ATTEMPTS = 8


class Unexpected(Exception):
    """The platform refused what the play expects it to take; shows its problem details (RFC 9457)."""

    def __init__(self, response: httpx.Response) -> None:
        request = response.request
        sent = request.content.decode()
        super().__init__(f"{request.method} {request.url} {sent}\n{response.status_code} {response.text}")
        self.response = response


class RowsRefused(Exception):
    """Rows of a ledger came back with findings."""


class Officers:
    """All of them, over one client. `home` is the union of the platform's region, under which time is played and pages
    are read; `pause` is the seconds before the first repeat, doubled with each further one."""

    def __init__(self, client: httpx.AsyncClient, token: Token, home: str, pause: float = 0.1) -> None:
        self._client, self._token, self._home, self._pause = client, token, home, pause
        self._tokens: dict[tuple[str, str], str] = {}
        self._answers: dict[str, Json] = {}

    async def send(self, action: Action, *, wait: bool = False) -> str | None:
        """Have a command done. With `wait`: where its events stand in the log (`SOURCE@SEQUENCE`), if it made any."""
        headers = self._as(action.union, action.role) | {
            "content-type": "text/csv" if isinstance(action.body, Sheet) else "application/json",
            "idempotency-key": action.key,
        }
        if wait:
            headers["prefer"] = "wait"
        done = await self._asked("POST", action.path, headers, self._body(action))
        if done.get("findings"):
            raise RowsRefused(done["findings"])
        if action.role == "anyone":
            self._answers[action.key] = done
        position = done.get("position")
        return None if position is None else str(position)

    async def now(self) -> datetime:
        """The platform's business time."""
        answer = await self._asked("GET", "/api/platform/clock", self._as(self._home, "operator"))
        return datetime.fromisoformat(answer["now"])

    async def advance(self, to: datetime) -> None:
        """Play business time up to `to`; returns when what fell due on the way is done and all is quiet."""
        headers = self._as(self._home, "operator") | {"content-type": "application/json"}
        await self._asked("POST", "/api/platform/clock", headers, json.dumps({"to": to.isoformat()}).encode())

    async def rows(self, path: str, **query: str) -> Sequence[str]:
        """The lines of a ledger that is exported as csv, its header first."""
        answer = await self._answered("GET", f"{path}?{httpx.QueryParams(query)}", self._as(self._home, "viewer"))
        return answer.content.decode("utf-8-sig").splitlines()

    async def ask(self, path: str, *, union: str | None = None, role: str = "viewer", **query: str) -> Json:
        """What a page answers: to the viewer of the platform's union, unless told otherwise."""
        asked = f"{path}?{httpx.QueryParams(query)}" if query else path
        return await self._asked("GET", asked, self._as(union or self._home, role))

    def _body(self, action: Action) -> bytes:
        if isinstance(action.body, Sheet):
            file = StringIO()
            csv.writer(file).writerows([self._said(cell) for cell in row] for row in action.body.rows)
            return file.getvalue().encode("utf-8-sig")
        said = {name: self._said(value) for name, value in action.body.items()}
        return json.dumps(said, ensure_ascii=False).encode()

    def _said(self, value: object) -> object:
        return self._answers[value.key][value.field] if isinstance(value, Told) else value

    def _as(self, union: str, role: str) -> dict[str, str]:
        if role == "anyone":
            return {}
        if (union, role) not in self._tokens:
            self._tokens[union, role] = self._token(union, (role,), f"p-{role}{union.removeprefix('u-')}")
        return {"authorization": f"Bearer {self._tokens[union, role]}"}

    async def _asked(self, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> Json:
        answer: Json = (await self._answered(method, path, headers, body)).json()
        return answer

    async def _answered(
        self, method: str, path: str, headers: dict[str, str], body: bytes | None = None
    ) -> httpx.Response:
        """Asked again, with the same key, where the platform is busy, the line broke, or too much was asked of the
        counter: nothing is done twice."""
        for attempt in range(_ATTEMPTS):
            try:
                response = await self._client.request(method, path, headers=headers, content=body)
            except httpx.TransportError:
                if attempt + 1 == _ATTEMPTS:
                    raise
            else:
                if response.is_success:
                    return response
                if response.status_code not in (429, 503) or attempt + 1 == _ATTEMPTS:
                    raise Unexpected(response)
                if response.status_code == 429:
                    await asyncio.sleep(int(response.headers["retry-after"]))
            await asyncio.sleep(self._pause * 2**attempt)
        raise AssertionError("the last attempt answers or raises")
