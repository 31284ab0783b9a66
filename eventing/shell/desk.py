"""The desk at which a request is served: who asks, what is known now, and the way to have a command done."""

import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated, TypeAlias, cast

import orjson
from fastapi import Depends, Request, Response
from pydantic import BaseModel, Field

from contracts.cloudevent import Recorded
from eventing.decision import Command
from eventing.execution import Order
from eventing.fold import Fold
from eventing.identity import NOBODY, Actor
from eventing.moment import Moment
from eventing.read_models import Reading
from eventing.refusal import Busy, Forbidden, Invalid, NotFound, Refused
from eventing.shell.access import check_role
from eventing.shell.metrics import Outcome
from eventing.store import Answer
from eventing.store.postgres import history
from eventing.vault_table import kept
from eventing.views import Glance, View

if TYPE_CHECKING:
    from eventing.shell.runtime import Runtime

_POSITION = re.compile(r"(?P<source>/regions/[0-9]{6}/[a-z]+)@(?P<sequence>[0-9]{1,18})")
_WAIT = re.compile(r"(?:^|[,;\s])wait(?:=(?P<seconds>[0-9]{1,3}))?(?:$|[,;\s])")


Warn: TypeAlias = Callable[["Desk"], Awaitable[Sequence[BaseModel]]]


class Done(BaseModel):
    """What a command got. `position` (`SOURCE@SEQUENCE`) is there when it was asked for by `Prefer: wait`."""

    stream: str = Field(examples=["enterprise-91610102MA0000007T"])
    version: int
    events: tuple[str, ...] = Field(examples=[["EnterpriseSurveyed"]])
    position: str | None = Field(default=None, examples=["/regions/610000/enterprise@41"])


class Desk:
    """One request's view of its service."""

    def __init__(self, runtime: "Runtime", actor: Actor, correlation: str, key: str | None, prefer: str | None) -> None:
        self._runtime, self.actor, self._correlation = runtime, actor, correlation
        self._key, self._prefer = key, prefer
        self.moment = Moment(runtime.clock.now())

    @property
    def longest_wait(self) -> float:
        """Seconds that a request may wait here."""
        return self._runtime.settings.wait_limit_seconds

    async def do(self, command: Command, warn: Warn | None = None) -> Response:
        """Have a command decided under the request's Idempotency-Key; the answer, or `Refused`. `warn` looks at what is
        so now that it is done: what it finds stands beside the answer, and isn't kept with it."""
        answer = await self.have_done(command, self.checked_key())
        return await self._answer(answer, () if warn is None else await warn(self))

    async def have_done(self, command: Command, key: str) -> Answer:
        """Have one of several commands of a request decided, under a key of its own; raises `Refused`."""
        name, started = type(command).__name__, time.perf_counter()
        outcome, events = Outcome.FAILED, 0
        try:
            answer = await self._runtime.execution.carry_out(
                Order(
                    command,
                    actor=self.actor.subject,
                    key=key,
                    union=None if self.actor is NOBODY else self.actor.union,
                    correlation=self._correlation,
                    causation=self._correlation,
                )
            )
            outcome, events = (Outcome.REPEATED, 0) if answer.repeated else (Outcome.DONE, len(answer.events))
        except Refused:
            outcome = Outcome.REFUSED
            raise
        finally:
            seconds, service = time.perf_counter() - started, self._runtime.service.name
            self._runtime.metrics.command_done(service, name, outcome, seconds, events)
            self._runtime.journal.info("command", command=name, outcome=outcome)
        if answer.pos is not None:
            self._runtime.relay.appended.set()
        return answer

    def checked_key(self) -> str:
        """The request's Idempotency-Key; raises `Invalid`."""
        if self._key is None:
            raise Invalid("idempotency_key_missing", "Idempotency-Key")
        if not re.fullmatch(r"[\x21-\x7e]{1,128}", self._key):
            raise Invalid("idempotency_key_invalid", "Idempotency-Key")
        return self._key

    async def _answer(self, answer: Answer, warnings: Sequence[BaseModel]) -> Response:
        done: dict[str, object] = {"stream": answer.stream, "version": answer.version, "events": answer.events}
        if warnings:
            done["warnings"] = [warning.model_dump(mode="json") for warning in warnings]
        asked = _WAIT.search(self._prefer or "")
        if asked is None:
            return Response(orjson.dumps(done), media_type="application/json")
        limit = self.longest_wait
        seconds = min(limit, float(asked["seconds"])) if asked["seconds"] else limit
        sequence = await self._runtime.log.sequence_of(answer.pos, seconds) if answer.pos is not None else None
        done["position"] = None if sequence is None else f"{self._runtime.source}@{sequence}"
        return Response(orjson.dumps(done), media_type="application/json", headers={"Preference-Applied": "wait"})

    @asynccontextmanager
    async def read(self, fold: Fold) -> AsyncIterator[Reading]:
        """One consistent look at a view of this service or a read model that it keeps."""
        async with self._runtime.readable(fold).read() as reading:
            yield reading

    def glance(self, fold: Fold) -> Glance:
        """A view of this service, asked by single statements."""
        view = self._runtime.readable(fold)
        assert isinstance(view, View), "a read model says in a transaction which build it is"
        return view.glance()

    async def at_least(self, fold: Fold, position: str | None) -> None:
        """Wait a bounded time until the read model has come to `SOURCE@SEQUENCE`; else `Busy`."""
        if position is None:
            return
        asked = _POSITION.fullmatch(position)
        if asked is None:
            raise Invalid("position_invalid", "at_least")
        if not await self._runtime.readable(fold).reached(asked["source"], int(asked["sequence"]), self.longest_wait):
            raise Busy("not_fresh_yet", "at_least", position=position)

    @property
    def subtree(self) -> tuple[str, ...]:
        """The actor's union and those below it: whose matters a list shows."""
        return (self.actor.union, *self.moment.unions.below(self.actor.union, self.moment.today))

    async def history(self, streams: Sequence[str]) -> Sequence[Recorded]:
        """All events of these streams, in the order in which they were entered. Whose matter they are, `must_see` says
        before."""
        return await history(self._runtime.pool, streams)

    async def kept(self, entry: str, union: str) -> Mapping[str, str]:
        """What the vault keeps under that entry, by name; `union` is whose matter it is. Each reading is logged.

        Only for routes of `Role.KEEPER`. Raises `NotFound` where nothing is kept, or no longer.
        """
        self.must_see(union)
        vault = self._runtime.vault
        items = await kept(self._runtime.pool, entry) if vault is not None else []
        self._runtime.journal.info("vault_read", entry=entry, actor=self.actor.subject, found=bool(items))
        if vault is None or not items:
            raise NotFound("nothing_kept", entry=entry)
        return {item.name: vault.content(item) for item in items}

    def proof(self, *what: str) -> str:
        """What only this service can say of these words: the secret half of a link."""
        assert self._runtime.vault is not None, "a service without a vault gives out no links"
        return self._runtime.vault.proof(*what)

    def proves(self, proof: str, *what: str) -> bool:
        """Whether it is the proof of these words."""
        assert self._runtime.vault is not None, "a service without a vault gives out no links"
        return self._runtime.vault.proves(proof, *what)

    def within(self, union: str) -> bool:
        """Whether the union lies in the subtree of the actor's."""
        unions, today = self.moment.unions, self.moment.today
        return unions.knows(union, today) and unions.is_within(union, self.actor.union, today)

    def must_see(self, union: str) -> None:
        """Refuse what belongs to a union outside the actor's subtree."""
        if not self.within(union):
            raise Forbidden("not_your_union", union=union, yours=self.actor.union)


async def at_desk(request: Request) -> Desk:
    """Who asks is known by a signed token, and may call this route, before anything else is looked at."""
    # The headers are read here and described in `docs.py`: as FastAPI's parameters they cost 5 % of a command.
    runtime, headers = cast("Runtime", request.app.state.runtime), request.headers
    actor = runtime.verifier.actor(headers.get("authorization"))
    check_role(request.scope["route"], actor)
    desk = Desk(runtime, actor, request.state.correlation, headers.get("idempotency-key"), headers.get("prefer"))
    if not desk.moment.unions.knows(actor.union, desk.moment.today):
        raise Forbidden("your_union_unknown", union=actor.union, on=desk.moment.today)
    return desk


AtDesk = Annotated[Desk, Depends(at_desk)]
