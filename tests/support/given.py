"""Say in a test what was, what is asked, and what follows: `given(*events).when(command).then(*events)`."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from types import EllipsisType

import pytest

from contracts.event import Event
from eventing.decision import Command, Decision, StreamRef
from eventing.fold import Fold, Row
from eventing.moment import CHINA, Moment
from eventing.refusal import Refused
from eventing.store.memory import matching


@dataclass(frozen=True, slots=True)
class Scenario:
    """The decisions of one service, asked on a day; `today` where `when` names none."""

    decisions: tuple[Decision, ...]
    today: date

    def given(self, *history: Event) -> "Given":
        return Given(self, history)

    def decision(self, command: Command) -> Decision:
        """The one row that takes this command."""
        (row,) = (row for row in self.decisions if type(command) in row.commands)
        return row


@dataclass(frozen=True, slots=True)
class Given:
    """What has happened: events of any streams, in order."""

    scenario: Scenario
    history: tuple[Event, ...]

    def when(self, command: Command, on: date | None = None, acting: str | None = None) -> "Asked":
        """Asked on that day, in that union's name where it matters."""
        return Asked(self, command, noon(on or self.scenario.today, acting))

    def states(self, command: Command) -> list[object]:
        """The state of each stream that the command is decided over."""
        return [fold(ref, self.history) for ref in self.scenario.decision(command).streams(command)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A command at its moment."""

    given: Given
    command: Command
    moment: Moment

    def then(self, *expected: Event | EllipsisType) -> None:
        """These events and no others, in order; `...` stands for any one event."""
        events = self.decide()
        assert len(events) == len(expected), events
        for event, wanted in zip(events, expected, strict=True):
            assert wanted is ... or event == wanted

    def nothing_new(self) -> None:
        self.then()

    def refused(self, code: str, field: str | None = None, **facts: object) -> None:
        """By this rule, at this field; of the facts, those named here."""
        with pytest.raises(Refused) as caught:
            self.decide()
        refusal = caught.value
        assert (refusal.code, refusal.field) == (code, field)
        assert {name: refusal.facts[name] for name in facts} == facts

    def decide(self) -> Sequence[Event]:
        """The new events; checks what every decision promises: they belong to its streams and can be folded."""
        decision = self.given.scenario.decision(self.command)
        refs = decision.streams(self.command)
        states = self.given.states(self.command)
        events = decision.decide(self.command, *states, *self._found(decision), self.moment)
        assert {event.stream for event in events} <= {ref.id for ref in refs}
        for ref in refs:
            fold(ref, (*self.given.history, *events))
        return events

    def _found(self, decision: Decision) -> tuple[object, ...]:
        """What it finds in the views, where it looks: those folded from this history."""
        if decision.look is None:
            return ()
        looking = decision.look(History(self.given.history), self.command)
        return (done(looking),)

    def owner(self) -> str | None:
        """The union that the matter belongs to."""
        return self.given.scenario.decision(self.command).owner(self.command, *self.given.states(self.command))


@dataclass(frozen=True, slots=True)
class History:
    """The views of what has happened."""

    events: Sequence[Event]

    async def rows(self, fold: Fold, **equal: object) -> Sequence[Row]:
        return matching(fold, self.events, equal)


def done(looking: Awaitable[object]) -> object:
    """What it answers; nothing that it awaits ever waits."""
    try:
        looking.__await__().send(None)
    except StopIteration as answered:
        return answered.value
    raise AssertionError("a look in a test waits for nothing")


def fold(ref: StreamRef, history: Sequence[Event]) -> object:
    return ref.fold([event for event in history if event.stream == ref.id])


def noon(day: date, acting: str | None = None) -> Moment:
    """Noon of that day in China."""
    return Moment(datetime.combine(day, time(12), CHINA), acting=acting)
