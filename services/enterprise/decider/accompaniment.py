"""The 60 days alongside a new union (60天陪跑): their states, each made of the facts that led to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from contracts.enterprise import (
    AccompanimentAssessed,
    AccompanimentEnded,
    AccompanimentEvent,
    AccompanimentExtended,
    AccompanimentStarted,
    CheckInHeld,
    CheckInMissed,
    InstructorAssigned,
    InstructorLeft,
)
from eventing.decision import StreamKind


@dataclass(frozen=True, slots=True)
class Course:
    """What is known of the time in each of its states."""

    begun: AccompanimentStarted
    ends_on: date
    extended: bool = False
    check_ins: Mapping[int, CheckInHeld | CheckInMissed] = field(default_factory=dict)
    """By day of the 60: what was last known of it."""
    assessed: AccompanimentAssessed | None = None
    """Of an extended time: the assessment at its new end."""


@dataclass(frozen=True, slots=True)
class NotBegun:
    """No union has been approved there."""


@dataclass(frozen=True, slots=True)
class Unattended:
    """The time runs, nobody walks along: not yet, or not since the last one left."""

    course: Course
    since: date
    left: InstructorLeft | None = None


@dataclass(frozen=True, slots=True)
class Attended:
    """The time runs, an instructor walks along."""

    course: Course
    assigned: InstructorAssigned


@dataclass(frozen=True, slots=True)
class Over:
    """The time is over."""

    course: Course
    ended: AccompanimentEnded


Accompaniment = NotBegun | Unattended | Attended | Over


def evolve(state: Accompaniment, event: AccompanimentEvent) -> Accompaniment:
    match state, event:
        case NotBegun() | Over(), AccompanimentStarted():
            return Unattended(Course(event, event.ends_on), event.approved_on)
        case Unattended(course), InstructorAssigned():
            return Attended(course, event)
        case Attended(course), InstructorLeft():
            return Unattended(course, event.left_on, event)
        case Unattended(course) | Attended(course), AccompanimentEnded():
            return Over(course, event)
        case Over(course, ended), AccompanimentExtended():
            return Unattended(_extended(course, event), ended.ended_on)
        case Unattended(course) | Attended(course), AccompanimentExtended():
            return replace(state, course=_extended(course, event))
        case Unattended(course) | Attended(course) | Over(course), CheckInHeld() | CheckInMissed():
            return replace(state, course=replace(course, check_ins={**course.check_ins, event.day: event}))
        case Unattended(course) | Attended(course) | Over(course), AccompanimentAssessed():
            return replace(state, course=replace(course, assessed=event))
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {type(state).__name__}")


def _extended(course: Course, event: AccompanimentExtended) -> Course:
    return replace(course, ends_on=event.ends_on, extended=True, assessed=None)


ACCOMPANIMENT: StreamKind[Accompaniment] = StreamKind("accompaniment", NotBegun(), evolve)
