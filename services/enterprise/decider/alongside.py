"""Who walks with a newly founded union for its first 60 days? (60天陪跑)"""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.calendar import calendar_days
from contracts.enterprise import (
    AccompanimentEnded,
    AccompanimentEvent,
    AccompanimentStarted,
    InstructorAssigned,
    InstructorEngaged,
    InstructorEvent,
)
from eventing.decision import StreamKind
from eventing.moment import Moment
from eventing.refusal import NotFound, Refused
from services.enterprise.commands import AssignInstructor, BeginAccompaniment, EndAccompaniment
from services.enterprise.decider.dates import must_have_happened
from services.enterprise.decider.instructors import Instructor, must_have_room

ALONGSIDE = 60
"""Calendar days, the day of approval not counted (docs/domain.md 1, '60 days alongside', [D])."""


@dataclass(frozen=True, slots=True)
class NotBegun:
    """No union has been approved there."""


@dataclass(frozen=True, slots=True)
class Unattended:
    """The 60 days run, nobody walks along yet."""

    begun: AccompanimentStarted


@dataclass(frozen=True, slots=True)
class Attended:
    """The 60 days run, an instructor walks along."""

    begun: AccompanimentStarted
    assigned: InstructorAssigned


@dataclass(frozen=True, slots=True)
class Over:
    """The 60 days are over."""

    begun: AccompanimentStarted
    ended: AccompanimentEnded


Accompaniment = NotBegun | Unattended | Attended | Over


def evolve(state: Accompaniment, event: AccompanimentEvent) -> Accompaniment:
    match state, event:
        case NotBegun(), AccompanimentStarted():
            return Unattended(event)
        case Unattended(begun), InstructorAssigned():
            return Attended(begun, event)
        case Unattended(begun) | Attended(begun), AccompanimentEnded():
            return Over(begun, event)
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {type(state).__name__}")


ACCOMPANIMENT: StreamKind[Accompaniment] = StreamKind("accompaniment", NotBegun(), evolve)


def begin(command: BeginAccompaniment, state: Accompaniment, _: Moment) -> Sequence[AccompanimentEvent]:
    begun = _beginning(command)
    match state:
        case NotBegun():
            return [begun]
        case Unattended(already) | Attended(already) | Over(already) if already == begun:
            return []
        case Unattended(already) | Attended(already) | Over(already):
            raise Refused("accompaniment_begun", "approved_on", approved_on=already.approved_on)


def end(command: EndAccompaniment, state: Accompaniment, moment: Moment) -> Sequence[AccompanimentEvent]:
    match state:
        case Unattended(begun):
            return _end(command, begun, None, moment)
        case Attended(begun, assigned):
            return _end(command, begun, assigned.instructor, moment)
        case NotBegun() | Over():
            return []


def assign(
    command: AssignInstructor, state: Accompaniment, instructor: Instructor, moment: Moment
) -> Sequence[AccompanimentEvent | InstructorEvent]:
    """Over two streams: an eleventh union in the same second finds the tenth there."""
    match state:
        case NotBegun():
            raise NotFound("accompaniment_not_begun", "enterprise", enterprise=command.enterprise)
        case Unattended(begun):
            return _assign(command, begun, instructor, moment)
        case Attended(_, assigned) if assigned == _assignment(command):
            return []
        case Attended():
            raise Refused("instructor_assigned", "instructor", assigned_on=state.assigned.assigned_on)
        case Over():
            raise Refused("accompaniment_over", ended_on=state.ended.ended_on)


def owner(
    _: BeginAccompaniment | EndAccompaniment | AssignInstructor, state: Accompaniment, *_others: object
) -> str | None:
    """The union that approved the new one."""
    return None if isinstance(state, NotBegun) else state.begun.union


def _beginning(command: BeginAccompaniment) -> AccompanimentStarted:
    return AccompanimentStarted(
        enterprise=command.enterprise,
        union=command.union,
        approved_on=command.approved_on,
        ends_on=calendar_days(command.approved_on, ALONGSIDE),
    )


def _assignment(command: AssignInstructor) -> InstructorAssigned:
    return InstructorAssigned(
        enterprise=command.enterprise, instructor=command.instructor, assigned_on=command.assigned_on
    )


def _assign(
    command: AssignInstructor, begun: AccompanimentStarted, instructor: Instructor, moment: Moment
) -> Sequence[AccompanimentEvent | InstructorEvent]:
    if not begun.approved_on <= command.assigned_on <= begun.ends_on:
        raise Refused("outside_the_60_days", "assigned_on", approved_on=begun.approved_on, ends_on=begun.ends_on)
    must_have_happened(command.assigned_on, "assigned_on", moment)
    must_have_room(instructor)
    return [
        _assignment(command),
        InstructorEngaged(instructor=command.instructor, enterprise=command.enterprise),
    ]


def _end(
    command: EndAccompaniment, begun: AccompanimentStarted, instructor: str | None, moment: Moment
) -> Sequence[AccompanimentEvent]:
    if command.ended_on < begun.ends_on or command.ended_on >= moment.today:
        raise Refused("not_due_yet", "ended_on", due_on=begun.ends_on)
    return [AccompanimentEnded(enterprise=command.enterprise, instructor=instructor, ended_on=command.ended_on)]
