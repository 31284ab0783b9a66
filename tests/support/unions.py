"""What an enterprise's own union goes through, as the events that say so."""

from datetime import date

from contracts.enterprise import (
    ChairVacated,
    MembersReported,
    ReturnVisitHeld,
    ReturnVisitMissed,
    ShellFlagged,
    ShellSign,
    TermRenewed,
    VacancyReason,
)
from tests.support.enterprises import MACHINES, RETURN_DUE, XIAN

VACANT = date(2025, 6, 2)
RETURNED = date(2025, 6, 20)
NEXT_RETURN = date(2025, 9, 18)  # 90 days later


def vacant(on: date = VACANT) -> ChairVacated:
    return ChairVacated(enterprise=MACHINES, reason=VacancyReason.LEFT_ENTERPRISE, vacant_on=on)


def visited_again(on: date = RETURNED, next_due_on: date = NEXT_RETURN) -> ReturnVisitHeld:
    return ReturnVisitHeld(enterprise=MACHINES, held_on=on, next_due_on=next_due_on)


def return_visit_missed(due_on: date = RETURN_DUE) -> ReturnVisitMissed:
    return ReturnVisitMissed(enterprise=MACHINES, due_on=due_on, told=XIAN)


def flagged(*signs: ShellSign, on: date = RETURNED) -> ShellFlagged:
    return ShellFlagged(enterprise=MACHINES, signs=signs or (ShellSign.NO_ACTIVITY,), flagged_on=on)


def renewed(on: date = date(2025, 6, 10), ends_on: date = date(2030, 6, 10)) -> TermRenewed:
    return TermRenewed(enterprise=MACHINES, elected_on=on, term_years=5, term_ends_on=ends_on)


def reported(month: str = "2025-06", members: int = 90, women: int = 30) -> MembersReported:
    return MembersReported(enterprise=MACHINES, month=month, members=members, women=women, migrant=20, new_forms=1)
