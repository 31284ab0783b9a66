"""With how many unions does an instructor (优会强会指导员) walk at once?"""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.enterprise import InstructorEngaged, InstructorEvent, InstructorReleased
from eventing.decision import StreamKind
from eventing.moment import Moment
from eventing.refusal import Refused
from services.enterprise.commands import ReleaseInstructor

UNIONS_AT_ONCE = 10
"""Our default [D]: the programme (docs/domain.md 1) names no figure."""


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


def release(command: ReleaseInstructor, state: Instructor, _: Moment) -> Sequence[InstructorEvent]:
    if command.enterprise not in state.walks_with:
        return []
    return [InstructorReleased(instructor=command.instructor, enterprise=command.enterprise)]


def must_have_room(state: Instructor) -> None:
    """Raises `Refused`."""
    if len(state.walks_with) >= UNIONS_AT_ONCE:
        raise Refused("instructor_full", "instructor", walks_with=len(state.walks_with), at_most=UNIONS_AT_ONCE)
