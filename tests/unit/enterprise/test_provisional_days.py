"""Due days that a view works out itself move with the year's arrangement, as the clocks do."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from contracts import calendar
from contracts.calendar import WorkingCalendar
from contracts.enterprise import AccompanimentExtended, AccompanimentStarted, FoundingApplied, InstructorLeft
from contracts.event import Event
from eventing.builds import fingerprint
from eventing.fold import Fold, fold_in_memory
from services.enterprise.views.alongside import ACCOMPANIMENTS
from services.enterprise.views.enterprises import ENTERPRISES
from tests.support.enterprises import LI, MACHINES, XINCHENG, a_listed_enterprise

THURSDAY = date(2199, 1, 3)
"""No arrangement is out for that year."""
FRIDAY, MONDAY, TUESDAY = date(2199, 1, 4), date(2199, 1, 7), date(2199, 1, 8)
WEEK_ON, WEEK_ON_AND_A_DAY = date(2199, 1, 10), date(2199, 1, 11)
OUT = WorkingCalendar({FRIDAY: False}, official_years=frozenset({2199}))
"""The arrangement, come out since: that Friday is a holiday."""
STARTED = AccompanimentStarted(enterprise=MACHINES, union=XINCHENG, approved_on=date(2198, 11, 4), ends_on=THURSDAY)
LEFT = InstructorLeft(enterprise=MACHINES, instructor=LI, left_on=THURSDAY, replace_by=WEEK_ON)
APPLIED = FoundingApplied(enterprise=MACHINES, applied_on=THURSDAY, approval_due_on=WEEK_ON)


@pytest.fixture
def out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "load", lambda: OUT)


def the_row(fold: Fold, *events: Event) -> Any:
    rows, _ = fold_in_memory(fold, events)
    return rows[MACHINES]


def test_before_the_arrangement_is_out_each_day_is_provisional() -> None:
    row = the_row(ACCOMPANIMENTS, STARTED, LEFT)
    assert (row.assess_by, row.assess_provisional) == (FRIDAY, True)
    assert (row.replace_by, row.replace_provisional) == (WEEK_ON, True)
    row = the_row(ENTERPRISES, *a_listed_enterprise(), APPLIED)
    assert (row.approval_due_on, row.approval_provisional) == (WEEK_ON, True)


@pytest.mark.usefixtures("out")
def test_folded_anew_when_it_is_out_each_has_moved_and_stands() -> None:
    row = the_row(ACCOMPANIMENTS, STARTED, LEFT)
    assert (row.assess_by, row.assess_provisional) == (MONDAY, False)
    assert (row.replace_by, row.replace_provisional) == (WEEK_ON_AND_A_DAY, False)
    row = the_row(ENTERPRISES, *a_listed_enterprise(), APPLIED)
    assert (row.approval_due_on, row.approval_provisional) == (WEEK_ON_AND_A_DAY, False)
    extended = AccompanimentExtended(enterprise=MACHINES, ends_on=MONDAY)
    assert the_row(ACCOMPANIMENTS, STARTED, extended).assess_by == TUESDAY


@pytest.mark.parametrize("fold", [ACCOMPANIMENTS, ENTERPRISES], ids=lambda fold: fold.name)
def test_a_view_is_folded_anew_when_another_arrangement_is_out(fold: Fold) -> None:
    """Mechanism: the calendar's edition is in the view's fingerprint, which is looked at when the service starts."""
    assert fold.goes_by == calendar.load().edition != OUT.edition
    assert fingerprint(fold) != fingerprint(replace(fold, goes_by=OUT.edition))
