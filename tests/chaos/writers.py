"""Officers who don't give up: each command is sent with the same key until it is answered, and every answer is kept."""

import asyncio
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import httpx

from contracts.creditcode import make_credit_code

ACTOR = "p-chaos"
_COUNTY, _UNION = "610102", "u-610102"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A command's key with what the answer said."""

    key: str
    stream: str
    version: int
    events: tuple[str, ...]


@dataclass(slots=True)
class Ledger:
    """What the writers know: acknowledged commands, refusals by code, how often they had to send again."""

    acknowledged: list[Acknowledged] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)
    repeats: int = 0
    contradictions: list[str] = field(default_factory=list)
    lives: int = 0


def life(serial: int, today: date) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """One enterprise's commands. All days are so long ago that its clocks have run out when they start."""
    code = {"enterprise": make_credit_code("91", _COUNTY, serial)}
    begun = today - timedelta(days=200 + serial % 7)

    def day(after: int) -> str:
        return (begun + timedelta(days=after)).isoformat()

    yield (
        "register",
        code
        | {
            "name": f"混沌示例{serial}有限公司",
            "ownership": "private",
            "county": _COUNTY,
            "union": _UNION,
            "registered_on": day(0),
        },
    )
    yield "survey", code | {"headcount": 10 + serial % 300, "surveyed_on": day(1)}
    yield "state-will", code | {"will": "willing", "stated_on": day(2)}
    if serial % 3 == 0:
        return  # nobody comes: overdue, once
    yield "hold-visit", code | {"held_on": day(3)}
    yield "apply", code | {"applied_on": day(5)}
    document = f"新工发〔{begun.year}〕{serial % 9999 + 1}号"
    yield "approve", code | {"members": 30, "own_committee": True, "approved_on": day(9), "document": document}


class Writers:
    """`count` officers at once, over all replicas of the service; `stop` lets each finish its enterprise."""

    def __init__(self, ports: list[int], token: str, seed: int) -> None:
        self.ledger = Ledger()
        self._ports, self._random = ports, random.Random(seed)
        self._headers = {"Authorization": f"Bearer {token}"}
        self._stopping = False

    def stop(self) -> None:
        self._stopping = True

    async def run(self, count: int, first: int, today: date) -> None:
        serials = iter(range(first, 10**8))
        limits = httpx.Limits(max_connections=4 * count)
        async with httpx.AsyncClient(timeout=httpx.Timeout(8, connect=1), limits=limits) as client:
            await asyncio.gather(*(self._officer(client, serials, today) for _ in range(count)))

    async def _officer(self, client: httpx.AsyncClient, serials: Iterator[int], today: date) -> None:
        while not self._stopping:
            serial = next(serials)
            for step, body in life(serial, today):
                await self._do(client, f"{serial}-{step}", step, body)
            self.ledger.lives += 1

    async def _do(self, client: httpx.AsyncClient, key: str, step: str, body: Mapping[str, Any]) -> None:
        twins = 2 if self._random.random() < 0.05 else 1  # impatient: the same twice at once
        answers = await asyncio.gather(*(self._insist(client, key, step, body) for _ in range(twins)))
        if any(answer != answers[0] for answer in answers):
            self.ledger.contradictions.append(f"{key}: {answers}")
        if answers[0] is not None:
            self.ledger.acknowledged.append(answers[0])

    async def _insist(
        self, client: httpx.AsyncClient, key: str, step: str, body: Mapping[str, Any]
    ) -> Acknowledged | None:
        while True:
            port = self._random.choice(self._ports)
            try:
                answer = await client.post(
                    f"http://127.0.0.1:{port}/api/enterprise/{step}",
                    json=dict(body),
                    headers={**self._headers, "Idempotency-Key": key},
                )
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code == 200:
                said = answer.json()
                return Acknowledged(key, said["stream"], said["version"], tuple(said["events"]))
            if answer is not None and answer.status_code < 500:
                code = str(answer.json().get("code"))
                self.ledger.refused[code] = self.ledger.refused.get(code, 0) + 1
                return None
            self.ledger.repeats += 1
            await asyncio.sleep(self._random.uniform(0.05, 0.5))
