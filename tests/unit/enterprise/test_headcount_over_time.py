"""Counts may be entered in any order of their days: what was counted last holds, for the decider and for the ledger."""

from datetime import timedelta

from hypothesis import given as for_all
from hypothesis import strategies as st

from contracts.enterprise import EnterpriseSurveyed
from contracts.event import Event
from eventing.fold import fold_in_memory
from services.enterprise.decider.enterprise import ENTERPRISE, Surveyed
from services.enterprise.views.enterprises import ENTERPRISES, EnterpriseRow
from tests.support.enterprises import MACHINES, SURVEYED, a_listed_enterprise, surveyed
from tests.support.given import fold

A_DAY = timedelta(days=1)


def outcome(*counts: EnterpriseSurveyed) -> tuple[object, EnterpriseRow]:
    """The decider's state and the ledger's row."""
    history: tuple[Event, ...] = (*a_listed_enterprise(), *counts)
    row = fold_in_memory(ENTERPRISES, history)[0][MACHINES]
    assert isinstance(row, EnterpriseRow)
    return fold(ENTERPRISE.of(MACHINES), history), row


COUNTS = st.lists(
    st.builds(
        surveyed,
        headcount=st.integers(0, 200),
        dispatched=st.integers(0, 20),
        on=st.integers(0, 40).map(lambda days: SURVEYED + timedelta(days=days)),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda count: count.surveyed_on,
)


@for_all(COUNTS.flatmap(lambda counts: st.tuples(st.just(counts), st.permutations(counts))))
def test_counts_entered_in_any_order_end_in_the_same_state_and_the_same_row(
    counts: tuple[list[EnterpriseSurveyed], list[EnterpriseSurveyed]],
) -> None:
    in_one_order, in_another = counts
    state, row = outcome(*in_one_order)
    assert outcome(*in_another) == (state, row)
    assert isinstance(state, Surveyed)
    last = max(in_one_order, key=lambda count: count.surveyed_on)
    assert state.survey.latest == last
    assert (row.headcount, row.dispatched, row.surveyed_on) == (
        last.labour_contracts,
        last.dispatched,
        last.surveyed_on,
    )
    assert row.first_surveyed_on == min(count.surveyed_on for count in in_one_order)


def test_another_count_of_the_same_day_replaces_the_first_one() -> None:
    state, row = outcome(surveyed(), surveyed(headcount=90, dispatched=5))
    assert isinstance(state, Surveyed)
    assert state.survey.by_day == (surveyed(headcount=90, dispatched=5),)
    assert (row.headcount, row.dispatched) == (90, 5)


def test_a_mended_count_of_an_earlier_day_changes_nothing_of_what_holds() -> None:
    later = surveyed(headcount=130, on=SURVEYED + A_DAY)
    state, row = outcome(surveyed(), later, surveyed(headcount=90))
    assert isinstance(state, Surveyed)
    assert state.survey.by_day == (surveyed(headcount=90), later)
    assert row.headcount == 130
