"""How a command is carried out: answered before? load, decide, append, keep the answer; once, whatever is repeated."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

import asyncpg

from contracts.cloudevent import Envelope, Recorded, tail
from contracts.event import Event
from eventing.clock import Clock
from eventing.decision import Command, Decision, Keeping, StreamRef
from eventing.gate import Gate
from eventing.moment import Moment
from eventing.refusal import Busy, Forbidden, Invalid
from eventing.store import Answer, Conflict, NewEvent, ReusedId, Store, Unit
from eventing.vault import Twice, Vault, kept_fields, shown

_RETRIES = 8
_RETRIED = (Conflict, asyncpg.SerializationError, asyncpg.DeadlockDetectedError, asyncpg.LockNotAvailableError)


@dataclass(frozen=True, slots=True)
class Order:
    """A command with who gives it. `key` is the Idempotency-Key, or what a policy or deadline derives its own from.

    `union` is the one in whose subtree the actor acts; None is the platform itself, reacting.
    """

    command: Command
    actor: str
    key: str
    union: str | None
    correlation: str
    causation: str
    depth: int = 0

    @property
    def text(self) -> str:
        """What was asked; a repeat asks the same."""
        return f"{type(self.command).__name__}{self.command.model_dump_json()}"

    @property
    def fingerprint(self) -> str:
        """Not of what is kept in the vault: a telephone number is soon found that hashes to it."""
        return sha256(self.text.encode()).hexdigest()

    @property
    def kept_under(self) -> str:
        """The key's hash: what a caller makes a key of, a telephone number say, isn't kept."""
        return sha256(self.key.encode()).hexdigest()


class UndecidedCommand(Exception):
    """No decision of this service takes that command, or two do."""


class Unkept(Exception):
    """A command has fields for the vault, and its decision doesn't say where, or there is no vault."""


class Execution:
    """Carries out the commands of one service's log (`source`)."""

    def __init__(
        self,
        store: Store,
        decisions: Sequence[Decision],
        source: str,
        clock: Clock,
        schemas: str,
        gate: Gate | None = None,
        vault: Vault | None = None,
    ) -> None:
        self.gate, self._vault = gate or Gate(), vault
        self._store, self._source, self._clock, self._schemas = store, source, clock, schemas
        self._decisions: dict[type[Command], Decision] = {}
        for decision in decisions:
            for command in decision.commands:
                if command in self._decisions:
                    raise UndecidedCommand(f"{command.__name__} is decided twice")
                if kept_fields(command) and (decision.keeps is None or vault is None):
                    raise Unkept(command.__name__)
                self._decisions[command] = decision

    async def carry_out(self, order: Order) -> Answer:
        """In a transaction of its own, again on a conflict; raises `Refused`."""
        await self.gate.passed()
        reused = False
        for attempt in range(_RETRIES):
            try:
                async with self._store.unit() as unit:
                    return await self.within(unit, order)
            except _RETRIED:
                await asyncio.sleep(random.uniform(0, 0.005 * 2**attempt))
            except ReusedId as used:
                # A twin may have been quicker, and its answer is kept by now; if it isn't, the key is an old one.
                if reused:
                    raise Invalid("idempotency_key_reused", "Idempotency-Key") from used
                reused = True
        raise Busy("conflict_busy")

    async def within(self, unit: Unit, order: Order) -> Answer:
        """In a transaction that is already open; raises `Refused`, `Conflict`, `ReusedId`."""
        if (kept := await unit.answered(order.actor, order.kept_under)) is not None:
            if kept.fingerprint != self._fingerprint(order):
                raise Invalid("idempotency_key_reused", "Idempotency-Key")
            return replace(kept.answer, repeated=True)
        decision = self._decisions.get(type(order.command))
        if decision is None:
            raise UndecidedCommand(type(order.command).__name__)
        command = shown(order.command)
        refs = decision.streams(command)
        history = await unit.load([ref.id for ref in refs])
        states = [ref.fold([fact.event for fact in history[ref.id]]) for ref in refs]
        moment = Moment(self._clock.now(), acting=order.union)
        owner = decision.owner(command, *states)
        known = owner is not None and owner in moment.unions.unions
        if owner is not None and known:
            self._must_own(order, owner, moment)
        found = () if decision.look is None else (await decision.look(unit, command),)
        events = decision.decide(command, *states, *found, moment)
        if owner is not None and not known:
            self._must_own(order, owner, moment)  # the decision's own refusal says more, where it has one
        new = self._number(order, events, refs, history, moment)
        answer = Answer(
            stream=refs[0].id,
            version=len(history[refs[0].id]) + sum(event.stream == refs[0].id for event in new),
            events=tuple(type(event).__name__ for event in events),
            pos=await unit.append(new) if new else None,
        )
        if decision.keeps is not None:
            await self._lay_in(unit, order.command, decision.keeps, answer.pos)
        await unit.keep(order.actor, order.kept_under, self._fingerprint(order), answer)
        return answer

    def _fingerprint(self, order: Order) -> str:
        if self._vault is None or not kept_fields(type(order.command)):
            return order.fingerprint
        return self._vault.fingerprint(order.text)

    async def _lay_in(self, unit: Unit, command: Command, keeping: Keeping, pos: int | None) -> None:
        assert self._vault is not None, "without one, a command that needs it isn't taken on"
        try:
            await unit.lay_in(self._vault.items(command, keeping), pos)
        except Twice:
            assert keeping.twice is not None, "what stands once in a group has a refusal"
            raise keeping.twice() from None

    def _must_own(self, order: Order, owner: str, moment: Moment) -> None:
        """What belonged to a union that has ended is a matter of those above it on its last day."""
        if order.union is None:
            return
        unions, yours = moment.unions, order.union
        day = unions.last_day(owner, moment.today)
        if day is None or not unions.knows(yours, day) or not unions.is_within(owner, yours, day):
            raise Forbidden("not_your_union", union=owner, yours=order.union)

    def _number(
        self,
        order: Order,
        events: Sequence[Event],
        refs: Sequence[StreamRef],
        history: Mapping[str, Sequence[Recorded]],
        moment: Moment,
    ) -> list[NewEvent]:
        versions = {ref.id: len(history[ref.id]) for ref in refs}
        recorded_at = datetime.now(UTC)
        new = []
        for index, event in enumerate(events):
            stream = event.stream
            versions[stream] += 1  # KeyError: a decision wrote to a stream that it didn't load
            envelope = Envelope(
                id=self._event_id(order, index),
                source=self._source,
                time=moment.at,
                recorded_at=recorded_at,
                version=versions[stream],
                correlation=order.correlation,
                causation=order.causation,
                depth=order.depth,
            )
            new.append(
                NewEvent(stream, versions[stream], tail(event, envelope, self._schemas), Recorded(event, envelope))
            )
        return new

    def _event_id(self, order: Order, index: int) -> UUID:
        """Derived, so that a repeat makes no second one."""
        return uuid5(NAMESPACE_URL, f"{self._source}|{order.actor}|{order.key}|{index}")
