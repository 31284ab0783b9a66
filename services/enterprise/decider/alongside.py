"""When do the 60 days alongside a new union begin and end, does it stand then, or is it walked with for longer?"""

from collections.abc import Sequence
from datetime import date

from contracts.calendar import calendar_days
from contracts.enterprise import (
    AccompanimentAssessed,
    AccompanimentEnded,
    AccompanimentEvent,
    AccompanimentExtended,
    AccompanimentStarted,
)
from eventing.dates import must_have_happened
from eventing.moment import Moment
from eventing.refusal import NotFound, Refused
from services.enterprise import rules
from services.enterprise.commands import (
    AssessAccompaniment,
    BeginAccompaniment,
    BreakOffAccompaniment,
    EndAccompaniment,
    EnterpriseCommand,
    ExtendAccompaniment,
)
from services.enterprise.decider.accompaniment import Accompaniment, Attended, Course, NotBegun, Over, Unattended
from services.enterprise.decider.enterprise import Enterprise
from services.enterprise.decider.own_union import still_has


def begin(command: BeginAccompaniment, state: Accompaniment, _: Moment) -> Sequence[AccompanimentEvent]:
    begun = _beginning(command)
    match state:
        case NotBegun():
            return [begun]
        case _ if state.course.begun == begun:
            return []
        case _ if command.approved_on < state.course.begun.approved_on:
            raise Refused("accompaniment_begun", "approved_on", approved_on=state.course.begun.approved_on)
        case Over():
            return [begun]  # founded again
        case Unattended() | Attended():
            return [*_end(command, state, command.approved_on), begun]  # so quickly that its end isn't known here yet


def end(command: EndAccompaniment, state: Accompaniment, moment: Moment) -> Sequence[AccompanimentEvent]:
    match state:
        case NotBegun() | Over():
            return []
        case Unattended(course) | Attended(course):
            if command.ended_on < course.ends_on or command.ended_on >= moment.today:
                raise Refused("not_due_yet", "ended_on", due_on=course.ends_on)
            return _end(command, state, command.ended_on)


def break_off(
    command: BreakOffAccompaniment, state: Accompaniment, enterprise: Enterprise, _: Moment
) -> Sequence[AccompanimentEvent]:
    match state:
        case NotBegun() | Over():
            return []
        case Unattended(course) | Attended(course) if still_has(enterprise, course.begun.approved_on):
            return []  # founded again meanwhile: the end is that of the union before
        case Unattended() | Attended():
            return _end(command, state, command.ended_on)


def assess(
    command: AssessAccompaniment, state: Accompaniment, enterprise: Enterprise, moment: Moment
) -> Sequence[AccompanimentEvent]:
    course = course_of(command, state)
    if course.assessed is not None:
        if course.assessed == _assessment(command):
            return []
        raise Refused("assessed_already", "assessed_on", assessed_on=course.assessed.assessed_on)
    if command.assessed_on < course.ends_on:
        raise Refused("assessed_too_early", "assessed_on", ends_on=course.ends_on)
    must_have_happened(command.assessed_on, "assessed_on", moment)
    _must_exist(command, course, enterprise)
    return [_assessment(command)]


def extend(
    command: ExtendAccompaniment, state: Accompaniment, enterprise: Enterprise, _: Moment
) -> Sequence[AccompanimentEvent]:
    course = course_of(command, state)
    match course:
        case Course(extended=True, assessed=None):
            return []
        case Course(extended=True):
            raise Refused("extended_once", ends_on=course.ends_on)
        case Course(assessed=None):
            raise Refused("assessment_needed", ends_on=course.ends_on)
        case Course(assessed=AccompanimentAssessed(stands=True, assessed_on=assessed_on)):
            raise Refused("it_stands", assessed_on=assessed_on)
        case _:
            _must_exist(command, course, enterprise)
            longer = rules.on(course.ends_on).extension_days
            return [AccompanimentExtended(enterprise=command.enterprise, ends_on=calendar_days(course.ends_on, longer))]


def course_of(command: EnterpriseCommand, state: Accompaniment) -> Course:
    """What is known of the time, if it has begun; raises `NotFound`."""
    if isinstance(state, NotBegun):
        raise NotFound("accompaniment_not_begun", "enterprise", enterprise=command.enterprise)
    return state.course


def _beginning(command: BeginAccompaniment) -> AccompanimentStarted:
    return AccompanimentStarted(
        enterprise=command.enterprise,
        union=command.union,
        approved_on=command.approved_on,
        ends_on=calendar_days(command.approved_on, rules.on(command.approved_on).alongside_days),
    )


def _end(command: EnterpriseCommand, state: Unattended | Attended, on: date) -> Sequence[AccompanimentEvent]:
    instructor = state.assigned.instructor if isinstance(state, Attended) else None
    return [AccompanimentEnded(enterprise=command.enterprise, instructor=instructor, ended_on=on)]


def _assessment(command: AssessAccompaniment) -> AccompanimentAssessed:
    there = command.model_dump(exclude={"enterprise", "assessed_on"})
    return AccompanimentAssessed(
        enterprise=command.enterprise, **there, assessed_on=command.assessed_on, stands=all(there.values())
    )


def _must_exist(command: EnterpriseCommand, course: Course, enterprise: Enterprise) -> None:
    if not still_has(enterprise, course.begun.approved_on):
        raise Refused("no_own_union", "enterprise", enterprise=command.enterprise)
