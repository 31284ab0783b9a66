"""The check-ins that were held or missed (陪跑检查台账), each with both its days."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.enterprise import CheckInHeld, CheckInMissed
from eventing.fold import Fold


class CheckInOutcome(StrEnum):
    """Was it held, and in time?"""

    IN_TIME = "in_time"
    """Whenever it was entered."""
    LATE = "late"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class CheckInRow:
    """One check-in."""

    check_in: str
    """`<credit code>/<due day>`."""
    enterprise: str
    day: int
    """Of the 60."""
    due_on: date
    outcome: CheckInOutcome
    held_on: date | None = None


def _apply(_: CheckInRow | None, event: CheckInHeld | CheckInMissed) -> CheckInRow:
    match event:
        case CheckInMissed():
            outcome, held_on = CheckInOutcome.MISSED, None
        case CheckInHeld():
            outcome = CheckInOutcome.IN_TIME if event.held_on <= event.due_on else CheckInOutcome.LATE
            held_on = event.held_on
    return CheckInRow(_key(event), event.enterprise, event.day, event.due_on, outcome, held_on)


def _key(event: CheckInHeld | CheckInMissed) -> str:
    return f"{event.enterprise}/{event.due_on}"


CHECK_INS = Fold(
    name="check_ins",
    row=CheckInRow,
    events=(CheckInHeld, CheckInMissed),
    key=_key,
    apply=_apply,
)
