"""What any event store promises: one suite, which every store's test class inherits."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from contracts.cloudevent import Envelope, Recorded, tail
from contracts.creditcode import make_credit_code
from contracts.enterprise import FoundingApplied
from eventing.fold import Fold
from eventing.store import Answer, Conflict, KeptAnswer, NewEvent, ReusedId, Store

ENTERPRISE = make_credit_code("91", "610102", 1)
STREAM = f"enterprise-{ENTERPRISE}"
OTHER = f"enterprise-{make_credit_code('91', '610102', 2)}"


@dataclass(frozen=True, slots=True)
class Applying:
    enterprise: str
    applied_on: date
    times: int


def _applying(row: Applying | None, event: FoundingApplied) -> Applying:
    return Applying(event.enterprise, event.applied_on, 1 if row is None else row.times + 1)


APPLYING = Fold("applying", Applying, (FoundingApplied,), lambda event: event.enterprise, _applying)
"""A view that every store under test keeps."""


def an_event(version: int, stream: str = STREAM, day: int = 1, id: UUID | None = None) -> NewEvent:
    """An event at that version; the day tells one from another."""
    event = FoundingApplied(enterprise=stream.removeprefix("enterprise-"), applied_on=date(2025, 5, day))
    now = datetime(2025, 5, 6, 9, tzinfo=UTC)
    envelope = Envelope(id or uuid4(), "/regions/610000/enterprise", now, now, version, "c", "c")
    return NewEvent(stream, version, tail(event, envelope, "http://localhost/schemas"), Recorded(event, envelope))


def days(history: Sequence[Recorded]) -> list[int]:
    return [fact.event.applied_on.day for fact in history if isinstance(fact.event, FoundingApplied)]


class StorePromises:
    """Inherit it and give a fixture `store`."""

    async def test_what_was_appended_is_loaded_in_order(self, store: Store) -> None:
        async with store.unit() as unit:
            await unit.append([an_event(1, day=3), an_event(2, day=1)])
        async with store.unit() as unit:
            assert days((await unit.load([STREAM]))[STREAM]) == [3, 1]

    async def test_a_stream_that_is_not_there_is_empty(self, store: Store) -> None:
        async with store.unit() as unit:
            assert dict(await unit.load([STREAM, OTHER])) == {STREAM: [], OTHER: []}

    async def test_a_loaded_event_is_what_was_appended(self, store: Store) -> None:
        new = an_event(1)
        async with store.unit() as unit:
            await unit.append([new])
        async with store.unit() as unit:
            assert list((await unit.load([STREAM]))[STREAM]) == [new.recorded]

    async def test_a_version_that_is_taken_is_a_conflict_and_nothing_is_kept(self, store: Store) -> None:
        async with store.unit() as unit:
            await unit.append([an_event(1, day=1)])
        with pytest.raises(Conflict):
            async with store.unit() as unit:
                await unit.append([an_event(1, stream=OTHER)])
                await unit.append([an_event(1, day=2)])
        async with store.unit() as unit:
            history = await unit.load([STREAM, OTHER])
            assert days(history[STREAM]) == [1]
            assert history[OTHER] == []

    async def test_several_streams_are_appended_together_or_not_at_all(self, store: Store) -> None:
        async with store.unit() as unit:
            await unit.append([an_event(1), an_event(1, stream=OTHER), an_event(2)])
        with pytest.raises(ZeroDivisionError):
            async with store.unit() as unit:
                await unit.append([an_event(3), an_event(2, stream=OTHER)])
                raise ZeroDivisionError
        async with store.unit() as unit:
            history = await unit.load([STREAM, OTHER])
            assert (len(history[STREAM]), len(history[OTHER])) == (2, 1)

    async def test_views_are_looked_at_as_the_transaction_sees_them(self, store: Store) -> None:
        """Mechanism: the rows are read on the unit's own connection, after its own appends."""
        here, there = STREAM.removeprefix("enterprise-"), OTHER.removeprefix("enterprise-")
        async with store.unit() as unit:
            await unit.append([an_event(1, day=3), an_event(1, stream=OTHER, day=5)])
        async with store.unit() as unit:
            await unit.append([an_event(2, day=5)])
            both = [Applying(code, date(2025, 5, 5), times) for code, times in sorted([(here, 2), (there, 1)])]
            assert await unit.rows(APPLYING, applied_on=date(2025, 5, 5)) == both
            assert await unit.rows(APPLYING, enterprise=here, times=1) == []
            assert len(await unit.rows(APPLYING)) == 2

    async def test_positions_grow_along_a_stream(self, store: Store) -> None:
        seen = []
        for version in (1, 2, 3):
            async with store.unit() as unit:
                seen.append(await unit.append([an_event(version)]))
        assert seen == sorted(set(seen))

    async def test_an_id_that_is_taken_is_no_conflict_to_be_tried_again(self, store: Store) -> None:
        id = uuid4()
        async with store.unit() as unit:
            await unit.append([an_event(1, id=id)])
        with pytest.raises(ReusedId):
            async with store.unit() as unit:
                await unit.append([an_event(1, stream=OTHER, id=id)])

    async def test_the_first_answer_is_kept_for_its_actor_and_key(self, store: Store) -> None:
        first = Answer(STREAM, 1, ("FoundingApplied",), 7)
        async with store.unit() as unit:
            assert await unit.answered("p-li", "k1") is None
            await unit.keep("p-li", "k1", "print", first)
        async with store.unit() as unit:
            assert await unit.answered("p-li", "k1") == KeptAnswer("print", first)
            assert await unit.answered("p-wang", "k1") is None

    async def test_a_second_answer_to_one_key_is_a_conflict(self, store: Store) -> None:
        async with store.unit() as unit:
            await unit.keep("p-li", "k1", "print", Answer(STREAM, 1, ()))
        with pytest.raises(Conflict):
            async with store.unit() as unit:
                await unit.keep("p-li", "k1", "print", Answer(STREAM, 2, ()))

    async def test_an_answer_and_its_events_come_together(self, store: Store) -> None:
        with pytest.raises(ZeroDivisionError):
            async with store.unit() as unit:
                await unit.append([an_event(1)])
                await unit.keep("p-li", "k1", "print", Answer(STREAM, 1, ()))
                raise ZeroDivisionError
        async with store.unit() as unit:
            assert await unit.answered("p-li", "k1") is None
            assert (await unit.load([STREAM]))[STREAM] == []

    async def test_concurrent_writers_take_turns_and_lose_nothing(self, store: Store) -> None:
        async def write(times: int, done: Callable[[], None]) -> None:
            while times:
                try:
                    async with store.unit() as unit:
                        version = 1 + len((await unit.load([STREAM]))[STREAM])
                        await unit.append([an_event(version)])
                except Conflict:
                    await asyncio.sleep(0)
                    continue
                times -= 1
                done()

        acknowledged: list[int] = []
        await asyncio.gather(*(write(5, lambda: acknowledged.append(1)) for _ in range(8)))
        async with store.unit() as unit:
            history = (await unit.load([STREAM]))[STREAM]
        assert [fact.envelope.version for fact in history] == list(range(1, len(acknowledged) + 1))
