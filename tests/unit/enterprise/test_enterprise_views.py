from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from contracts import regions
from contracts.enterprise import Ownership, SizeClass, UnionForm, VisitOverdueWithdrawn, Will
from contracts.event import Event
from eventing.fold import fold_in_memory
from services.enterprise.views.enterprises import ENTERPRISES, EnterpriseRow
from tests.support.enterprises import (
    APPLIED,
    APPROVED,
    BAKERY,
    DUE,
    ENDS,
    LI,
    MACHINES,
    REGISTERED,
    STATED,
    SURVEYED,
    VISITED,
    XINCHENG,
    a_listed_enterprise,
    a_unionized_enterprise,
    a_willing_enterprise,
    an_attended_accompaniment,
    an_ended_accompaniment,
    approval,
    overdue,
    unwilling,
    visited,
    willing,
)

COUNTIES = ("610102", "610104", "610502", "500101", "510104", "451102", "659001", "410102")
REGIONS = ("610000", "610100", "610500", "500000", "510000", "451000", "451100", "650000", "659001", "410000")


def row_after(*events: Event) -> EnterpriseRow:
    row = fold_in_memory(ENTERPRISES, events)[0][MACHINES]
    assert isinstance(row, EnterpriseRow)
    return row


def test_a_row_says_where_an_enterprise_stands() -> None:
    assert row_after(*a_unionized_enterprise(), *an_attended_accompaniment()) == EnterpriseRow(
        enterprise=MACHINES,
        name="西安示例机械有限公司",
        ownership=Ownership.PRIVATE,
        county="610102",
        union_id=XINCHENG,
        registered_on=REGISTERED,
        name_key="示例机械",
        first_surveyed_on=SURVEYED,
        headcount=120,
        dispatched=0,
        size_class=SizeClass.MEDIUM,
        surveyed_on=SURVEYED,
        will=Will.WILLING,
        stated_on=STATED,
        visit_due_on=DUE,
        visited_on=VISITED,
        applied_on=APPLIED,
        simplified=True,
        unionized_on=APPROVED,
        form=UnionForm.OWN,
        members=86,
        alongside_until=ENDS,
        instructor=LI,
    )


def test_every_enterprise_has_its_own_row() -> None:
    rows, _ = fold_in_memory(ENTERPRISES, [*a_listed_enterprise(), *a_unionized_enterprise(BAKERY)])
    assert rows[MACHINES].unionized_on is None
    assert rows[BAKERY].unionized_on == APPROVED


def test_a_visit_is_overdue_until_it_was_held() -> None:
    assert row_after(*a_willing_enterprise(), overdue()).visit_overdue
    assert not row_after(*a_willing_enterprise(), overdue(), visited()).visit_overdue


@pytest.mark.parametrize("event", [unwilling(), approval()])
def test_or_until_nobody_waits_for_it_any_more(event: Event) -> None:
    assert not row_after(*a_willing_enterprise(), overdue(), event).visit_overdue


def test_a_visit_entered_late_shows_both_dates() -> None:
    withdrawn = VisitOverdueWithdrawn(enterprise=MACHINES, held_on=VISITED, due_on=DUE)
    row = row_after(*a_willing_enterprise(), overdue(), visited(), withdrawn)
    assert (row.visited_on, row.visit_due_on, row.visit_overdue) == (VISITED, DUE, False)


def test_who_comes_round_waits_for_another_visit() -> None:
    later = DUE + timedelta(days=7)
    row = row_after(*a_willing_enterprise(), visited(), unwilling(), willing(due=later))
    assert (row.visited_on, row.visit_due_on) == (None, later)


def test_after_the_60_days_nobody_walks_along() -> None:
    row = row_after(*a_unionized_enterprise(), *an_ended_accompaniment())
    assert (row.alongside_until, row.instructor) == (None, None)


@for_all(st.sampled_from(REGIONS), st.sampled_from(COUNTIES))
def test_the_ledger_looks_for_a_region_by_digit_pairs(region: str, county: str) -> None:
    assert county.startswith(regions.prefix(region)) is regions.contains(region, county)


def test_without_a_region_it_shows_all() -> None:
    assert regions.prefix(None) == ""
