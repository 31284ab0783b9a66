"""The 60 days alongside each new union (陪跑台账): one row per enterprise, of its time or the last one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts import calendar
from contracts.calendar import calendar_days
from contracts.enterprise import (
    AccompanimentAssessed,
    AccompanimentEnded,
    AccompanimentEvent,
    AccompanimentExtended,
    AccompanimentStarted,
    CheckInHeld,
    CheckInMissed,
    EnterpriseMoved,
    InstructorAssigned,
    InstructorLeft,
    UnionEnded,
)
from eventing.fold import Fold, replace
from services.enterprise import rules


class AccompanimentStatus(StrEnum):
    """How far it has come."""

    RUNNING = "running"
    TO_ASSESS = "to_assess"
    """The time is over, the closing assessment is awaited."""
    STANDS = "stands"
    """建起来、强起来."""
    FALLS_SHORT = "falls_short"
    """Assessed, and something was lacking."""
    BROKEN_OFF = "broken_off"
    """The union ended before its time."""


@dataclass(frozen=True, slots=True)
class AccompanimentRow:
    """Where one accompaniment stands. What is due has its day, and none when it is done."""

    enterprise: str
    union_id: str
    approved_on: date
    ends_on: date
    status: AccompanimentStatus = AccompanimentStatus.RUNNING
    extended: bool = False
    instructor: str | None = None
    assigned_on: date | None = None
    replace_by: date | None = None
    """The last instructor left: a successor is due."""
    replace_provisional: bool = False
    """That day may move: the year's working-day arrangement isn't out yet."""
    check_in_due_on: date | None = None
    """The next one."""
    check_in_missed_on: date | None = None
    """The due day of the one that was missed last and hasn't been held late."""
    assess_by: date | None = None
    assess_provisional: bool = False
    """That day may move, as above."""
    assessed_on: date | None = None
    stands: bool | None = None
    ended_on: date | None = None


def _apply(
    row: AccompanimentRow | None, event: AccompanimentEvent | EnterpriseMoved | UnionEnded
) -> AccompanimentRow | None:
    if isinstance(event, AccompanimentStarted):
        begun = AccompanimentRow(
            event.enterprise,
            event.union,
            event.approved_on,
            event.ends_on,
            check_in_due_on=_check_in_after(0, event.approved_on),
        )
        return _to_assess(begun)
    return None if row is None else _change(row, event)


def _change(row: AccompanimentRow, event: AccompanimentEvent | EnterpriseMoved | UnionEnded) -> AccompanimentRow:
    match event:
        case InstructorAssigned():
            return replace(row, instructor=event.instructor, assigned_on=event.assigned_on, **_NOBODY_DUE)
        case InstructorLeft():
            return _to_replace(replace(row, instructor=None, assigned_on=None), event.left_on)
        case CheckInHeld() | CheckInMissed():
            return _checked_in(row, event)
        case AccompanimentAssessed():
            return _settled(replace(_assessed(row), assessed_on=event.assessed_on, stands=event.stands))
        case AccompanimentExtended():
            return _to_assess(
                replace(
                    row,
                    ends_on=event.ends_on,
                    status=AccompanimentStatus.RUNNING,
                    extended=True,
                    assessed_on=None,
                    stands=None,
                    ended_on=None,
                )
            )
        case AccompanimentEnded():
            return _settled(_stopped(row, event.ended_on))
        case UnionEnded(ended_on=ended_on) if ended_on > row.approved_on:
            return replace(_assessed(_stopped(row, row.ended_on or ended_on)), status=_broken_off(row))
        case EnterpriseMoved():
            return replace(row, union_id=event.union)
        case _:
            return row  # the end of the union before this one


def _checked_in(row: AccompanimentRow, event: CheckInHeld | CheckInMissed) -> AccompanimentRow:
    due_on, missed_on = _check_in_after(event.day, row.approved_on), row.check_in_missed_on
    if row.check_in_due_on is not None and row.check_in_due_on <= event.due_on:
        row = replace(row, check_in_due_on=due_on)
    if isinstance(event, CheckInMissed):
        return row if row.ended_on else replace(row, check_in_missed_on=event.due_on)
    if missed_on is not None and missed_on <= event.due_on:
        return replace(row, check_in_missed_on=None)
    return row


def _stopped(row: AccompanimentRow, on: date) -> AccompanimentRow:
    return replace(
        row,
        instructor=None,
        assigned_on=None,
        **_NOBODY_DUE,
        check_in_due_on=None,
        check_in_missed_on=None,
        ended_on=on,
    )


def _settled(row: AccompanimentRow) -> AccompanimentRow:
    """With the status that its end and its assessment make."""
    match row:
        case AccompanimentRow(ended_on=None) | AccompanimentRow(status=AccompanimentStatus.BROKEN_OFF):
            return row
        case AccompanimentRow(ended_on=date() as ended_on) if ended_on < row.ends_on:
            return replace(_assessed(row), status=AccompanimentStatus.BROKEN_OFF)
        case AccompanimentRow(stands=None):
            return replace(row, status=AccompanimentStatus.TO_ASSESS)
        case AccompanimentRow(stands=True):
            return replace(row, status=AccompanimentStatus.STANDS)
        case _:
            return replace(row, status=AccompanimentStatus.FALLS_SHORT)


def _broken_off(row: AccompanimentRow) -> AccompanimentStatus:
    return row.status if row.stands is not None and row.ended_on else AccompanimentStatus.BROKEN_OFF


def _check_in_after(day: int, approved_on: date) -> date | None:
    later = [each for each in rules.on(approved_on).check_in_days if each > day]
    return calendar_days(approved_on, min(later)) if later else None


def _to_assess(row: AccompanimentRow) -> AccompanimentRow:
    """By the next working day after the end (docs/domain.md 1, 'Deadlines', [D])."""
    due = calendar.load().due(row.ends_on, 1)
    return replace(row, assess_by=due.on, assess_provisional=due.provisional)


def _assessed(row: AccompanimentRow) -> AccompanimentRow:
    return replace(row, assess_by=None, assess_provisional=False)


def _to_replace(row: AccompanimentRow, left_on: date) -> AccompanimentRow:
    due = calendar.load().due(left_on, rules.on(left_on).replace_instructor_within)
    return replace(row, replace_by=due.on, replace_provisional=due.provisional)


_NOBODY_DUE: Mapping[str, object] = {"replace_by": None, "replace_provisional": False}


ACCOMPANIMENTS = Fold(
    name="accompaniments",
    row=AccompanimentRow,
    events=(
        AccompanimentStarted,
        InstructorAssigned,
        InstructorLeft,
        CheckInHeld,
        CheckInMissed,
        AccompanimentAssessed,
        AccompanimentExtended,
        AccompanimentEnded,
        UnionEnded,
        EnterpriseMoved,
    ),
    key=lambda event: event.enterprise,
    apply=_apply,
    indexes=(("union_id", "enterprise"),),
    goes_by=calendar.load().edition,
    version=2,
)
