"""Rows' commands over the public API: repeated while the service is away, given up when it refuses whoever asks."""

import asyncio
import time

import httpx
from pydantic import ValidationError

from eventing.decision import Command
from eventing.ledger.importing import Refusal
from eventing.ledger.ledger import Becomes
from eventing.shell.problems import Problem

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
_AWAY = frozenset({429, 502, 503, 504})
_BROKEN = 500
_HOPELESS = frozenset({"token_missing", "token_invalid", "token_expired", "role_missing", "your_union_unknown"})
"""What is refused of one row for these is refused of all."""


class Unreachable(Exception):
    """The service has not answered for as long as was to be waited."""


class NotLet(Exception):
    """The service takes nothing from this token; the message says why."""


class Posting:
    """Sends by `http`, whose headers carry the token. `patience`: seconds without an answer until it gives up."""

    def __init__(self, http: httpx.AsyncClient, service: str, patience: float) -> None:
        self._http, self._path, self._patience = http, f"/api/{service}", patience

    async def __call__(self, becomes: Becomes, command: Command, key: str) -> Refusal | None:
        """Raises `Unreachable` and `NotLet`."""
        body = command.model_dump_json(exclude_unset=True)
        headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
        until, pause = time.monotonic() + self._patience, _FIRST_PAUSE
        while True:
            why, wait = "", pause
            try:
                answer = await self._http.post(f"{self._path}/{becomes.route}", content=body, headers=headers)
            except httpx.TransportError as away:
                why = f"{type(away).__name__}: {away}"
            else:
                if answer.status_code < 300:
                    return None
                if answer.status_code not in _AWAY and answer.status_code < _BROKEN:
                    return _refusal(answer)
                why = f"{answer.status_code}"
                wait = _asked_to_wait(answer) or pause
            if time.monotonic() + wait > until:
                raise Unreachable(why)
            await asyncio.sleep(wait)
            pause = min(2 * pause, _LONGEST_PAUSE)


def _refusal(answer: httpx.Response) -> Refusal:
    try:
        problem = Problem.model_validate_json(answer.content)
    except ValidationError as error:
        raise NotLet(f"{answer.status_code}: {answer.text[:200]}") from error
    if problem.code in _HOPELESS:
        raise NotLet(f"{problem.title}：{problem.detail}")
    one = problem.errors[0] if problem.errors else problem
    return Refusal(one.field, one.code, one.title, one.detail)


def _asked_to_wait(answer: httpx.Response) -> float | None:
    said = answer.headers.get("retry-after", "")
    return min(float(said), _LONGEST_PAUSE) if said.isdigit() else None
