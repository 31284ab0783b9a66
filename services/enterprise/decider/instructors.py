"""Who walks with a new union, and with how many at once does an instructor (优会强会指导员)?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contracts.enterprise import (
    AccompanimentEvent,
    InstructorAssigned,
    InstructorEngaged,
    InstructorEvent,
    InstructorLeft,
    InstructorReleased,
)
from eventing.dates import must_have_happened
from eventing.decision import StreamKind
from eventing.moment import Moment
from eventing.refusal import NotFound, Refused
from services.enterprise import rules
from services.enterprise.commands import AssignInstructor, ReleaseInstructor, WithdrawInstructor
from services.enterprise.decider.accompaniment import Accompaniment, Attended, NotBegun, Over, Unattended
from services.enterprise.decider.enterprise import Enterprise


@dataclass(frozen=True, slots=True)
class Instructor:
    """The enterprises whose unions the instructor walks with now."""

    walks_with: frozenset[str] = frozenset()


def evolve(state: Instructor, event: InstructorEvent) -> Instructor:
    match event:
        case InstructorEngaged(enterprise=enterprise) if enterprise not in state.walks_with:
            return Instructor(state.walks_with | {enterprise})
        case InstructorReleased(enterprise=enterprise) if enterprise in state.walks_with:
            return Instructor(state.walks_with - {enterprise})
        case _:
            raise ValueError(f"{event!r} can't follow {state}")


INSTRUCTOR: StreamKind[Instructor] = StreamKind("instructor", Instructor(), evolve)


def assign(
    command: AssignInstructor, state: Accompaniment, _: Enterprise, instructor: Instructor, moment: Moment
) -> Sequence[AccompanimentEvent | InstructorEvent]:
    """Over two streams: an eleventh union in the same second finds the tenth there."""
    match state:
        case NotBegun():
            raise NotFound("accompaniment_not_begun", "enterprise", enterprise=command.enterprise)
        case Unattended():
            return _assign(command, state, instructor, moment)
        case Attended(_, assigned) if assigned == _assignment(command):
            return []
        case Attended():
            raise Refused("instructor_assigned", "instructor", assigned_on=state.assigned.assigned_on)
        case Over():
            raise Refused("accompaniment_over", ended_on=state.ended.ended_on)


def withdraw(
    command: WithdrawInstructor, state: Accompaniment, _: Enterprise, moment: Moment
) -> Sequence[AccompanimentEvent]:
    match state:
        case Attended(_, assigned) if assigned.instructor == command.instructor:
            if command.left_on < assigned.assigned_on:
                raise Refused("left_before_assigned", "left_on", assigned_on=assigned.assigned_on)
            must_have_happened(command.left_on, "left_on", moment)
            return [_leaving(command, moment)]
        case Unattended(left=InstructorLeft() as left) if left == _leaving(command, moment):
            return []
        case NotBegun():
            raise NotFound("accompaniment_not_begun", "enterprise", enterprise=command.enterprise)
        case Unattended() | Attended() | Over():
            raise Refused("instructor_not_there", "instructor")


def release(command: ReleaseInstructor, state: Instructor, _: Moment) -> Sequence[InstructorEvent]:
    if command.enterprise not in state.walks_with:
        return []
    return [InstructorReleased(instructor=command.instructor, enterprise=command.enterprise)]


def _assign(
    command: AssignInstructor, state: Unattended, instructor: Instructor, moment: Moment
) -> Sequence[AccompanimentEvent | InstructorEvent]:
    begun, ends_on = state.course.begun, state.course.ends_on
    if not begun.approved_on <= command.assigned_on <= ends_on:
        raise Refused("outside_the_60_days", "assigned_on", approved_on=begun.approved_on, ends_on=ends_on)
    if command.assigned_on < state.since:
        raise Refused("assigned_before_vacant", "assigned_on", since=state.since)
    must_have_happened(command.assigned_on, "assigned_on", moment)
    if command.enterprise in instructor.walks_with:
        raise Refused("instructor_not_released_yet", "instructor")  # a policy does so in a moment
    _must_have_room(instructor, command.assigned_on)
    return [
        _assignment(command),
        InstructorEngaged(instructor=command.instructor, enterprise=command.enterprise),
    ]


def _must_have_room(state: Instructor, on: date) -> None:
    """The load is [D]: the programme (docs/domain.md 1) names no figure."""
    at_most = rules.on(on).instructor_load
    if len(state.walks_with) >= at_most:
        raise Refused("instructor_full", "instructor", walks_with=len(state.walks_with), at_most=at_most)


def _assignment(command: AssignInstructor) -> InstructorAssigned:
    return InstructorAssigned(
        enterprise=command.enterprise, instructor=command.instructor, assigned_on=command.assigned_on
    )


def _leaving(command: WithdrawInstructor, moment: Moment) -> InstructorLeft:
    within = rules.on(command.left_on).replace_instructor_within
    return InstructorLeft(
        enterprise=command.enterprise,
        instructor=command.instructor,
        left_on=command.left_on,
        replace_by=moment.calendar.due(command.left_on, within).on,
    )
