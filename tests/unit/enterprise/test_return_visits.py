from datetime import date, timedelta

import pytest

from contracts.enterprise import ShellRectified, ShellSign
from contracts.event import Event
from services.enterprise.commands import HoldReturnVisit, MarkReturnVisitMissed, RectifyShell
from tests.support.enterprises import (
    APPROVED,
    MACHINES,
    RETURN_DUE,
    TODAY,
    an_ended_union,
    an_own_union,
    given,
)
from tests.support.unions import NEXT_RETURN, RETURNED, flagged, return_visit_missed, visited_again

A_DAY = timedelta(days=1)


def hold(on: date = RETURNED, *signs: ShellSign) -> HoldReturnVisit:
    return HoldReturnVisit(enterprise=MACHINES, held_on=on, signs=signs)


def nobody_came(due_on: date = RETURN_DUE) -> MarkReturnVisitMissed:
    return MarkReturnVisitMissed(enterprise=MACHINES, due_on=due_on)


def rectify(on: date = TODAY) -> RectifyShell:
    return RectifyShell(enterprise=MACHINES, rectified_on=on)


def test_a_founded_union_is_visited_again_and_the_next_visit_is_due_an_interval_later() -> None:
    given(*an_own_union()).when(hold()).then(visited_again(RETURNED, NEXT_RETURN))
    given(*an_own_union(), visited_again()).when(hold()).nothing_new()


def test_an_older_visit_than_the_one_known_is_refused() -> None:
    given(*an_own_union(), visited_again()).when(hold(RETURNED - A_DAY)).refused(
        "return_visit_older_than_known", "held_on", known_on=RETURNED
    )
    given(*an_own_union()).when(hold(APPROVED - A_DAY)).refused("return_visit_older_than_known", "held_on")
    given(*an_own_union()).when(hold(TODAY + A_DAY)).refused("in_the_future", "held_on")


def test_signs_of_a_shell_flag_the_union() -> None:
    given(*an_own_union()).when(hold(RETURNED, ShellSign.NO_ACTIVITY)).then(
        visited_again(), flagged(ShellSign.NO_ACTIVITY)
    )


def test_signs_are_a_set_in_whatever_order_they_come() -> None:
    both = flagged(ShellSign.NO_ACTIVITY, ShellSign.NO_DUES)
    given(*an_own_union()).when(hold(RETURNED, ShellSign.NO_DUES, ShellSign.NO_ACTIVITY, ShellSign.NO_DUES)).then(
        ..., both
    )
    given(*an_own_union(), visited_again(), both).when(
        hold(RETURNED, ShellSign.NO_DUES, ShellSign.NO_ACTIVITY)
    ).nothing_new()


def test_other_signs_of_the_same_visit_are_refused() -> None:
    given(*an_own_union(), visited_again(), flagged()).when(hold()).refused(
        "return_visit_known", "signs", held_on=RETURNED
    )


def test_a_shell_that_is_found_again_is_flagged_again() -> None:
    given(*an_own_union(), visited_again(), flagged()).when(hold(TODAY, ShellSign.NO_ACTIVITY)).then(
        ..., flagged(on=TODAY)
    )


def test_after_the_due_day_the_union_above_the_one_that_did_not_come_is_told() -> None:
    given(*an_own_union()).when(nobody_came(), on=RETURN_DUE + A_DAY).then(return_visit_missed())
    given(*an_own_union()).when(nobody_came(), on=RETURN_DUE).refused("not_due_yet", "due_on", due_on=RETURN_DUE)


@pytest.mark.parametrize(
    "history",
    [(), an_ended_union(), (*an_own_union(), visited_again()), (*an_own_union(), return_visit_missed())],
)
def test_a_clock_of_a_visit_that_is_not_awaited_any_more_changes_nothing(history: tuple[Event, ...]) -> None:
    given(*history).when(nobody_came(), on=RETURN_DUE + A_DAY).nothing_new()


def test_a_missed_visit_is_still_due_and_the_next_one_counts_from_it() -> None:
    late = RETURN_DUE + 10 * A_DAY
    (event,) = given(*an_own_union(), return_visit_missed()).when(hold(late), on=late).decide()
    assert event == visited_again(late, late + 90 * A_DAY)
    missed_again = late + 90 * A_DAY
    given(*an_own_union(), return_visit_missed(), event).when(nobody_came(missed_again), on=missed_again + A_DAY).then(
        return_visit_missed(missed_again)
    )


def test_a_shell_is_put_right_once() -> None:
    rectified = ShellRectified(enterprise=MACHINES, rectified_on=TODAY)
    shell = (*an_own_union(), visited_again(), flagged())
    given(*shell).when(rectify()).then(rectified)
    given(*shell, rectified).when(rectify()).nothing_new()
    given(*shell, rectified).when(rectify(RETURNED)).refused("no_shell")
    given(*an_own_union()).when(rectify()).refused("no_shell")


def test_it_is_put_right_after_it_was_flagged_and_not_in_the_future() -> None:
    shell = (*an_own_union(), visited_again(), flagged())
    given(*shell).when(rectify(RETURNED - A_DAY)).refused(
        "rectified_before_flagged", "rectified_on", flagged_on=RETURNED
    )
    given(*shell).when(rectify(TODAY + A_DAY)).refused("in_the_future", "rectified_on")


@pytest.mark.parametrize("command", [hold(), rectify()])
def test_where_there_is_no_union_nobody_comes(command: HoldReturnVisit | RectifyShell) -> None:
    given().when(command).refused("no_own_union", "enterprise", enterprise=MACHINES)
    given(*an_ended_union()).when(command).refused("union_ended", ended_on=TODAY)
