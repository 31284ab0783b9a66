"""The 60 days alongside a new union (60天陪跑), and the instructors' load."""

from typing import ClassVar

from contracts.event import Event
from contracts.vocabulary import CreditCode, Day, PersonId, UnionId


class AccompanimentEvent(Event):
    """A fact about the 60 days alongside one newly founded union (60天陪跑)."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "accompaniment-{enterprise}"

    enterprise: CreditCode


class AccompanimentStarted(AccompanimentEvent):
    """The 60 days run: from the day after approval, calendar days."""

    union: UnionId
    approved_on: Day
    ends_on: Day


class InstructorAssigned(AccompanimentEvent):
    """An instructor (优会强会指导员) walks with the union from now on."""

    instructor: PersonId
    assigned_on: Day


class InstructorLeft(AccompanimentEvent):
    """The instructor doesn't walk along any more; a successor is due by `replace_by`, and the days go on."""

    instructor: PersonId
    left_on: Day
    replace_by: Day


class CheckInHeld(AccompanimentEvent):
    """The check-in of that day of the 60 was held."""

    day: int
    due_on: Day
    held_on: Day


class CheckInMissed(AccompanimentEvent):
    """The check-in of that day of the 60 was not held in time."""

    day: int
    due_on: Day


class AccompanimentAssessed(AccompanimentEvent):
    """The closing assessment: what is there (牌子、印章、场所、经费、会员名册、委员会、制度台账)."""

    plate: bool
    seal: bool
    room: bool
    money: bool
    member_register: bool
    committee: bool
    rules_and_files: bool
    assessed_on: Day
    stands: bool
    """All of it is there: the union stands (强起来)."""


class AccompanimentExtended(AccompanimentEvent):
    """It doesn't stand yet: walked with until then, once."""

    ends_on: Day


class AccompanimentEnded(AccompanimentEvent):
    """The 60 days are over."""

    instructor: PersonId | None
    ended_on: Day


class InstructorEvent(Event):
    """A fact about one instructor's load."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "instructor-{instructor}"

    instructor: PersonId


class InstructorEngaged(InstructorEvent):
    """The instructor walks with one more union."""

    enterprise: CreditCode


class InstructorReleased(InstructorEvent):
    """The instructor walks with one union fewer."""

    enterprise: CreditCode
