"""A toy service over real events: small enough to know by heart, with every shape of decision that there is."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from contracts.cloudevent import Envelope, Recorded, tail
from contracts.creditcode import make_credit_code
from contracts.enterprise import FoundingApplied, Will, WillStated
from contracts.event import Event
from eventing.clock import Clock
from eventing.decision import Command, Decision, StreamKind, StreamRef
from eventing.execution import Execution, Order
from eventing.moment import Moment
from eventing.refusal import Refused
from eventing.store import NewEvent, Store

SOURCE = "/regions/610000/enterprise"
XINCHENG, XIAN, BAOJI = "u-610102", "u-610100", "u-610300"
DAY = date(2025, 5, 6)


def enterprise(number: int) -> str:
    return make_credit_code("91", "610102", number)


def stream(number: int) -> str:
    return f"enterprise-{enterprise(number)}"


class Apply(Command):
    """One more application, whatever there was; refused from the hundredth on."""

    enterprise: str
    on: date = DAY


class ApplyOnce(Command):
    """Nothing new where there is one already."""

    enterprise: str


class ApplyFor(Command):
    """A matter of that union, whether there is one or not."""

    enterprise: str
    union: str


class Both(Command):
    """Something in two streams at once."""

    enterprise: str
    other: str


class Follow(Command):
    """Refused where nothing has happened yet."""

    enterprise: str


class Stray(Command):
    """Writes to a stream that it didn't load."""

    enterprise: str


class Undecided(Command):
    """No decision takes it."""


COUNT: StreamKind[int] = StreamKind("enterprise", 0, lambda count, _: count + 1)


def will_stated(code: str, on: date = DAY) -> WillStated:
    return WillStated(enterprise=code, will=Will.WILLING, stated_on=on, visit_due_on=None, provisional=False)


def _one(command: Any) -> tuple[StreamRef, ...]:
    return (COUNT.of(command.enterprise),)


def _apply(command: Apply, count: int, _: Moment) -> Sequence[Event]:
    if count >= 100:
        raise Refused("too_many", "enterprise")
    return [FoundingApplied(enterprise=command.enterprise, applied_on=command.on)]


def _apply_once(command: ApplyOnce | ApplyFor, count: int, _: Moment) -> Sequence[Event]:
    return [] if count else [FoundingApplied(enterprise=command.enterprise, applied_on=DAY)]


def _follow(command: Follow, count: int, _: Moment) -> Sequence[Event]:
    if not count:
        raise Refused("nothing_there")
    return [FoundingApplied(enterprise=command.enterprise, applied_on=DAY)]


def _both(command: Both, mine: int, theirs: int, _: Moment) -> Sequence[Event]:
    return [
        FoundingApplied(enterprise=command.enterprise, applied_on=DAY + timedelta(days=mine)),
        will_stated(command.other, DAY + timedelta(days=theirs)),
        will_stated(command.enterprise),
    ]


DECISIONS = (
    Decision((Apply,), _one, _apply, lambda *_: XINCHENG),
    Decision((ApplyOnce,), _one, _apply_once, lambda *_: None),
    Decision((ApplyFor,), _one, _apply_once, lambda command, _: command.union),
    Decision((Follow,), _one, _follow, lambda *_: None),
    Decision((Both,), lambda c: (COUNT.of(c.enterprise), COUNT.of(c.other)), _both, lambda *_: XINCHENG),
    Decision((Stray,), _one, lambda *_: [will_stated(enterprise(99))], lambda *_: None),
)


def new_event(event: Event, version: int = 1, source: str = SOURCE, depth: int = 0) -> NewEvent:
    """An event to append, caused after `depth` policies."""
    at = datetime(2025, 5, 6, 9, tzinfo=UTC)
    envelope = Envelope(uuid4(), source, at, at, version, "c", "c", depth)
    return NewEvent(event.stream, version, tail(event, envelope, "http://localhost/schemas"), Recorded(event, envelope))


def applied(number: int, on: date = DAY) -> FoundingApplied:
    return FoundingApplied(enterprise=enterprise(number), applied_on=on)


class StandingClock:
    """Business time that stands where it is put."""

    def __init__(self, at: datetime = datetime(2025, 5, 6, 9, tzinfo=UTC)) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def execution(store: Store, source: str = SOURCE, clock: Clock | None = None) -> Execution:
    return Execution(store, DECISIONS, source, clock or StandingClock(), "http://localhost/schemas")


def order(command: Command, key: str, actor: str = "p-li01", union: str | None = None) -> Order:
    return Order(command, actor, key, union, correlation="c", causation="c")
