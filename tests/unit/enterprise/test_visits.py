from datetime import date, timedelta

import pytest

from contracts.enterprise import VisitHeld, VisitOverdue, VisitOverdueWithdrawn
from contracts.event import Event
from services.enterprise.commands import HoldVisit, MarkVisitOverdue
from tests.support.enterprises import (
    APPROVED,
    DUE,
    MACHINES,
    STATED,
    TODAY,
    VISITED,
    XIAN,
    a_listed_enterprise,
    a_refusing_enterprise,
    a_surveyed_enterprise,
    a_unionized_enterprise,
    a_willing_enterprise,
    an_applying_enterprise,
    approval,
    given,
    overdue,
    unwilling,
    visited,
    willing,
)

A_DAY = timedelta(days=1)


def hold(on: date = VISITED) -> HoldVisit:
    return HoldVisit(enterprise=MACHINES, held_on=on)


def nobody_came(due_on: date = DUE) -> MarkVisitOverdue:
    return MarkVisitOverdue(enterprise=MACHINES, due_on=due_on)


def withdrawn(held_on: date) -> VisitOverdueWithdrawn:
    return VisitOverdueWithdrawn(enterprise=MACHINES, held_on=held_on, due_on=DUE)


def test_a_willing_enterprise_is_visited() -> None:
    given(*a_willing_enterprise()).when(hold()).then(visited())


@pytest.mark.parametrize("history", [a_listed_enterprise(), a_surveyed_enterprise(), a_refusing_enterprise()])
def test_the_deep_talk_needs_a_willing_enterprise(history: tuple[Event, ...]) -> None:
    given(*history).when(hold()).refused("not_willing")


def test_a_visit_before_the_will_was_stated_is_not_the_deep_talk() -> None:
    given(*a_willing_enterprise()).when(hold(on=STATED - A_DAY)).refused(
        "visited_before_will", "held_on", stated_on=STATED
    )


def test_it_may_be_visited_on_the_very_day() -> None:
    given(*a_willing_enterprise()).when(hold(on=STATED)).then(visited(on=STATED))


def test_nobody_is_visited_in_the_future() -> None:
    given(*a_willing_enterprise()).when(hold(on=TODAY + A_DAY)).refused("in_the_future", "held_on")


def test_the_same_visit_again_is_nothing_new() -> None:
    given(*a_willing_enterprise(), visited()).when(hold()).nothing_new()


def test_a_second_visit_is_a_return_visit_and_not_entered_here() -> None:
    given(*a_willing_enterprise(), visited()).when(hold(on=DUE)).refused("visited_already", "held_on", held_on=VISITED)


def test_after_the_due_day_the_union_next_up_is_told() -> None:
    given(*a_willing_enterprise()).when(nobody_came(), on=DUE + A_DAY).then(
        VisitOverdue(enterprise=MACHINES, due_on=DUE, told=XIAN)
    )


def test_where_nobody_is_above_the_union_itself_is_told() -> None:
    given(*a_willing_enterprise(union="u-acftu")).when(nobody_came(), on=DUE + A_DAY).then(
        VisitOverdue(enterprise=MACHINES, due_on=DUE, told="u-acftu")
    )


def test_shihezi_tells_the_division_that_it_answers_to() -> None:
    given(*a_willing_enterprise(union="u-659001")).when(nobody_came(), on=DUE + A_DAY).then(
        VisitOverdue(enterprise=MACHINES, due_on=DUE, told="u-xpcc-8")
    )


def test_on_the_due_day_itself_it_is_not_overdue_yet() -> None:
    given(*a_willing_enterprise()).when(nobody_came(), on=DUE).refused("not_due_yet", "due_on", due_on=DUE)


@pytest.mark.parametrize(
    "history",
    [
        (*a_willing_enterprise(), visited()),
        (*a_willing_enterprise(), overdue()),
        (*a_willing_enterprise(), unwilling(on=STATED + A_DAY)),
        a_unionized_enterprise(),
    ],
)
def test_a_clock_that_runs_out_when_nobody_waits_any_more_changes_nothing(history: tuple[Event, ...]) -> None:
    given(*history).when(nobody_came(), on=DUE + A_DAY).nothing_new()


def test_a_clock_of_an_earlier_will_changes_nothing() -> None:
    again = willing(on=DUE + A_DAY, due=DUE + 8 * A_DAY)
    given(*a_willing_enterprise(), unwilling(on=DUE), again).when(nobody_came()).nothing_new()


def test_an_application_does_not_do_away_with_the_visit() -> None:
    applying = tuple(event for event in an_applying_enterprise() if not isinstance(event, VisitHeld))
    given(*applying).when(nobody_came()).then(overdue())


def test_a_late_visit_is_entered_and_stays_overdue() -> None:
    given(*a_willing_enterprise(), overdue()).when(hold(on=DUE + A_DAY)).then(visited(on=DUE + A_DAY))


def test_a_visit_held_in_time_and_entered_late_withdraws_the_overdue_entry() -> None:
    given(*a_willing_enterprise(), overdue()).when(hold(on=DUE)).then(visited(on=DUE), withdrawn(held_on=DUE))


def test_it_does_so_after_the_union_was_founded_too() -> None:
    applying = tuple(event for event in an_applying_enterprise() if not isinstance(event, VisitHeld))
    given(*applying, overdue(), approval()).when(hold()).then(visited(), withdrawn(held_on=VISITED))


def test_and_after_the_enterprise_has_changed_its_mind() -> None:
    given(*a_willing_enterprise(), overdue(), unwilling(on=TODAY)).when(hold()).then(
        visited(), withdrawn(held_on=VISITED)
    )


def test_a_visit_on_the_very_day_of_the_refusal_or_the_approval_still_counts() -> None:
    given(*a_willing_enterprise(), unwilling(on=VISITED)).when(hold()).then(visited())
    applying = tuple(event for event in an_applying_enterprise() if not isinstance(event, VisitHeld))
    given(*applying, approval()).when(hold(on=APPROVED)).then(visited(on=APPROVED))


def test_a_visit_after_the_enterprise_has_changed_its_mind_is_refused() -> None:
    given(*a_willing_enterprise(), unwilling(on=VISITED)).when(hold(on=VISITED + A_DAY)).refused("not_willing")


def test_once_there_is_a_union_a_visit_is_a_return_visit() -> None:
    given(*a_unionized_enterprise()).when(hold(on=APPROVED + A_DAY)).refused("union_exists", approved_on=APPROVED)
