"""What carrying out a command promises on any store: one suite, inherited by a test class for each store."""

import asyncio
from abc import abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import pytest

from contracts.cloudevent import Recorded
from eventing.execution import Execution, UndecidedCommand
from eventing.refusal import Forbidden, Invalid, Refused
from eventing.store import KeptAnswer, Store, Unit
from tests.support.toy import (
    BAOJI,
    DECISIONS,
    SOURCE,
    XIAN,
    XINCHENG,
    Apply,
    ApplyFor,
    ApplyOnce,
    Both,
    StandingClock,
    Stray,
    Undecided,
    enterprise,
    execution,
    order,
    stream,
)

HERE, THERE = enterprise(1), enterprise(2)


class ExecutionPromises:
    """Inherit it, give a fixture `store`, and say how its kept answers are forgotten."""

    @abstractmethod
    async def forget_answers(self, store: Store) -> None: ...

    @pytest.fixture
    def execution(self, store: Store) -> Execution:
        return execution(store)

    async def history(self, store: Store, number: int = 1) -> Sequence[Recorded]:
        async with store.unit() as unit:
            return (await unit.load([stream(number)]))[stream(number)]

    async def test_a_command_is_answered_with_what_it_did(self, store: Store, execution: Execution) -> None:
        answer = await execution.carry_out(order(Apply(enterprise=HERE), "k1"))
        assert (answer.stream, answer.version, answer.events) == (stream(1), 1, ("FoundingApplied",))
        (fact,) = await self.history(store)
        assert (fact.envelope.version, fact.envelope.correlation, fact.envelope.depth) == (1, "c", 0)

    async def test_a_repeat_gets_the_first_answer_and_does_nothing(self, store: Store, execution: Execution) -> None:
        """Mechanism: the kept answer. Another command in between has moved the stream on."""
        first = await execution.carry_out(order(Apply(enterprise=HERE), "k1"))
        await execution.carry_out(order(Apply(enterprise=HERE), "k2"))
        assert await execution.carry_out(order(Apply(enterprise=HERE), "k1")) == first
        assert len(await self.history(store)) == 2

    async def test_an_answer_that_nothing_was_new_is_kept_too(self, store: Store, execution: Execution) -> None:
        """Mechanism: an answer is kept though nothing was appended."""
        await execution.carry_out(order(ApplyOnce(enterprise=HERE), "k1"))
        nothing = await execution.carry_out(order(ApplyOnce(enterprise=HERE), "k2"))
        assert (nothing.version, nothing.events, nothing.pos) == (1, (), None)
        await execution.carry_out(order(Apply(enterprise=HERE), "k3"))
        assert await execution.carry_out(order(ApplyOnce(enterprise=HERE), "k2")) == nothing

    async def test_another_body_under_a_used_key_is_refused(self, store: Store, execution: Execution) -> None:
        """Mechanism: the fingerprint beside the answer."""
        await execution.carry_out(order(Apply(enterprise=HERE), "k1"))
        for other in (Apply(enterprise=THERE), ApplyOnce(enterprise=HERE)):
            with pytest.raises(Invalid) as refused:
                await execution.carry_out(order(other, "k1"))
            assert (refused.value.code, refused.value.field) == ("idempotency_key_reused", "Idempotency-Key")
        assert (len(await self.history(store)), len(await self.history(store, 2))) == (1, 0)

    async def test_a_key_belongs_to_its_actor(self, store: Store, execution: Execution) -> None:
        await execution.carry_out(order(Apply(enterprise=HERE), "k1", actor="p-li01"))
        await execution.carry_out(order(Apply(enterprise=HERE), "k1", actor="p-wang01"))
        assert len(await self.history(store)) == 2

    async def test_a_refused_command_may_be_tried_again_under_its_key(self, store: Store, execution: Execution) -> None:
        """Mechanism: only what was done is kept."""
        for number in range(100):
            await execution.carry_out(order(Apply(enterprise=HERE), f"k{number}"))
        with pytest.raises(Refused, match="too_many"):
            await execution.carry_out(order(Apply(enterprise=HERE), "k"))
        answer = await execution.carry_out(order(Apply(enterprise=THERE), "k"))
        assert answer.version == 1

    async def test_one_key_from_eight_at_once_makes_one_event(self, store: Store, execution: Execution) -> None:
        """Mechanism: who meets its own event's id looks for the answer that its twin has kept."""
        for number in range(5):
            asked = order(Apply(enterprise=HERE), f"k{number}")
            answers = await asyncio.gather(*(execution.carry_out(asked) for _ in range(8)))
            assert len(set(answers)) == 1
            assert len(await self.history(store)) == number + 1

    async def test_a_twin_that_commits_between_look_and_load_is_no_reuse(self, store: Store) -> None:
        """Mechanism: as above, with the race laid out: no answer yet, then the twin, then its event in the history."""
        asked = order(Apply(enterprise=HERE), "k1")
        answer = await execution(_Overtaken(store, lambda: execution(store).carry_out(asked))).carry_out(asked)
        assert answer.version == 1
        assert len(await self.history(store)) == 1

    async def test_twenty_at_once_on_one_stream_are_all_done_once(self, store: Store, execution: Execution) -> None:
        """Mechanism: a conflict is decided again on what is there by then."""
        asked = [order(Apply(enterprise=HERE), f"k{number}") for number in range(20)]
        answers = await asyncio.gather(*(execution.carry_out(one) for one in asked))
        assert sorted(answer.version for answer in answers) == list(range(1, 21))
        history = await self.history(store)
        assert [fact.envelope.version for fact in history] == list(range(1, 21))
        assert len({fact.envelope.id for fact in history}) == 20

    async def test_several_streams_are_decided_together(self, store: Store, execution: Execution) -> None:
        """Mechanism: one transaction, a version for each stream; decisions that cross each other don't deadlock."""
        asked = [
            order(Both(enterprise=mine, other=theirs), f"k{number}-{mine}")
            for number in range(4)
            for mine, theirs in ((HERE, THERE), (THERE, HERE))
        ]
        answers = await asyncio.gather(*(execution.carry_out(one) for one in asked))
        assert {answer.events for answer in answers} == {("FoundingApplied", "WillStated", "WillStated")}
        for number in (1, 2):
            versions = [fact.envelope.version for fact in await self.history(store, number)]
            assert versions == list(range(1, 13))

    async def test_an_officer_acts_within_the_subtree_of_their_union(self, store: Store, execution: Execution) -> None:
        """Mechanism: the decision's owner is looked up in the union tree, before it is decided."""
        for above in (XINCHENG, XIAN):
            await execution.carry_out(order(Apply(enterprise=HERE), above, union=above))
        with pytest.raises(Forbidden, match="not_your_union"):
            await execution.carry_out(order(Apply(enterprise=HERE), "k", union=BAOJI))
        assert len(await self.history(store)) == 2

    async def test_what_belongs_to_nobody_yet_is_open_to_all(self, execution: Execution) -> None:
        answer = await execution.carry_out(order(ApplyOnce(enterprise=HERE), "k", union=BAOJI))
        assert answer.version == 1

    async def test_what_belongs_to_a_union_that_the_directory_lacks_is_open_to_none(
        self, store: Store, execution: Execution
    ) -> None:
        """Mechanism: the owner is looked up again where no rule has refused it."""
        with pytest.raises(Forbidden, match="not_your_union"):
            await execution.carry_out(order(ApplyFor(enterprise=HERE, union="u-unheard-of"), "k", union=BAOJI))
        assert await self.history(store) == []

    async def test_a_key_whose_answer_is_no_longer_kept_is_refused(self, store: Store, execution: Execution) -> None:
        """Mechanism: an id that is taken is not a version that is taken; a conflict would be tried again for ever."""
        await execution.carry_out(order(Apply(enterprise=HERE), "k1"))
        await self.forget_answers(store)
        async with asyncio.timeout(3):
            with pytest.raises(Invalid, match="idempotency_key_reused"):
                await execution.carry_out(order(Apply(enterprise=HERE), "k1"))
        assert len(await self.history(store)) == 1

    async def test_a_command_that_nobody_decides_is_an_error_of_ours(self, execution: Execution) -> None:
        with pytest.raises(UndecidedCommand, match="Undecided"):
            await execution.carry_out(order(Undecided(), "k1"))

    async def test_a_command_that_two_decide_is_found_at_the_start(self, store: Store) -> None:
        with pytest.raises(UndecidedCommand, match="twice"):
            Execution(store, (*DECISIONS, DECISIONS[0]), SOURCE, StandingClock(), "http://localhost/schemas")

    async def test_a_decision_writes_only_to_what_it_loaded(self, store: Store, execution: Execution) -> None:
        """Mechanism: an event of another stream has no version to follow."""
        with pytest.raises(KeyError):
            await execution.carry_out(order(Stray(enterprise=HERE), "k1"))
        assert await self.history(store, 99) == []


class _Overtaken:
    """A store in which somebody else is served first: after the first look for an answer, before the load."""

    def __init__(self, store: Store, overtake: Callable[[], Awaitable[object]]) -> None:
        self._store, self._overtake = store, [overtake]

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        async with self._store.unit() as unit:
            yield _LateUnit(unit, self._overtake)


class _LateUnit:
    def __init__(self, unit: Unit, overtake: list[Callable[[], Awaitable[object]]]) -> None:
        self._unit, self._overtake = unit, overtake
        self.load, self.rows, self.append, self.keep = unit.load, unit.rows, unit.append, unit.keep
        self.lay_in, self.kept = unit.lay_in, unit.kept

    async def answered(self, actor: str, key: str) -> KeptAnswer | None:
        kept = await self._unit.answered(actor, key)
        if self._overtake:
            await self._overtake.pop()()
        return kept
