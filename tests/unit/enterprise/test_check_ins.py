from datetime import date, timedelta

import pytest

from contracts import calendar
from contracts.enterprise import AccompanimentEnded, CheckInHeld, CheckInMissed
from contracts.event import Event
from eventing.deadlines import Start
from services.enterprise.commands import HoldCheckIn, MarkCheckInMissed
from services.enterprise.policies.check_ins import DEADLINES
from tests.support.enterprises import (
    APPROVED,
    ENDS,
    MACHINES,
    TODAY,
    a_begun_accompaniment,
    an_attended_accompaniment,
    an_ended_accompaniment,
    given,
)

A_DAY = timedelta(days=1)
DAYS = (7, 15, 30, 45, 60)
SEVENTH = APPROVED + 7 * A_DAY


def hold(on: date = SEVENTH, day: int = 7) -> HoldCheckIn:
    return HoldCheckIn(enterprise=MACHINES, day=day, held_on=on)


def nobody_came(due_on: date = SEVENTH) -> MarkCheckInMissed:
    return MarkCheckInMissed(enterprise=MACHINES, due_on=due_on)


def held(on: date = SEVENTH, day: int = 7) -> CheckInHeld:
    return CheckInHeld(enterprise=MACHINES, day=day, due_on=APPROVED + day * A_DAY, held_on=on)


def missed(day: int = 7) -> CheckInMissed:
    return CheckInMissed(enterprise=MACHINES, day=day, due_on=APPROVED + day * A_DAY)


@pytest.mark.parametrize("history", [a_begun_accompaniment(), an_attended_accompaniment()])
def test_a_check_in_is_held_whether_an_instructor_walks_along_or_not(history: tuple[Event, ...]) -> None:
    given(*history).when(hold()).then(held())
    given(*history, held()).when(hold()).nothing_new()
    given(*history, held()).when(hold(SEVENTH - A_DAY)).refused("checked_in_already", "held_on", held_on=SEVENTH)


def test_there_are_check_ins_on_certain_days_only() -> None:
    given(*a_begun_accompaniment()).when(hold(day=8)).refused("no_check_in_that_day", "day", days="7, 15, 30, 45, 60")
    given().when(hold()).refused("accompaniment_not_begun", "enterprise", enterprise=MACHINES)


def test_what_was_held_up_to_the_day_of_the_one_before_was_that_one() -> None:
    given(*a_begun_accompaniment()).when(hold(SEVENTH, day=15)).refused(
        "not_that_check_in", "held_on", since=SEVENTH, until=ENDS
    )
    given(*a_begun_accompaniment()).when(hold(SEVENTH + A_DAY, day=15)).then(held(SEVENTH + A_DAY, day=15))
    given(*a_begun_accompaniment()).when(hold(APPROVED)).refused("not_that_check_in", "held_on", since=APPROVED)


def test_none_is_held_after_the_end_or_in_the_future() -> None:
    given(*an_ended_accompaniment()).when(hold(ENDS + A_DAY, day=60), on=ENDS + 2 * A_DAY).refused(
        "not_that_check_in", "held_on", until=ENDS
    )
    given(*a_begun_accompaniment()).when(hold(TODAY + A_DAY, day=30)).refused("in_the_future", "held_on")


def test_after_the_due_day_it_is_missed() -> None:
    given(*a_begun_accompaniment()).when(nobody_came()).then(missed())
    given(*a_begun_accompaniment()).when(nobody_came(), on=SEVENTH).refused("not_due_yet", "due_on", due_on=SEVENTH)


def test_a_missed_one_is_held_in_time_or_late_whenever_that_is_entered() -> None:
    given(*a_begun_accompaniment(), missed()).when(hold(SEVENTH - A_DAY)).then(held(SEVENTH - A_DAY))
    given(*a_begun_accompaniment(), missed()).when(hold(SEVENTH + A_DAY)).then(held(SEVENTH + A_DAY))
    given(*an_ended_accompaniment(), missed(60)).when(hold(ENDS, day=60), on=ENDS + A_DAY).then(held(ENDS, day=60))


@pytest.mark.parametrize("history", [(), (*a_begun_accompaniment(), held()), (*a_begun_accompaniment(), missed())])
def test_a_clock_of_what_is_known_by_now_changes_nothing(history: tuple[Event, ...]) -> None:
    given(*history).when(nobody_came()).nothing_new()
    given(*a_begun_accompaniment()).when(nobody_came(SEVENTH + A_DAY)).nothing_new()


def test_the_last_one_is_missed_though_the_60_days_end_on_its_day() -> None:
    """Both clocks run out at the same instant, that of the 60 days first."""
    given(*an_ended_accompaniment()).when(nobody_came(ENDS), on=ENDS + A_DAY).then(missed(60))


def test_of_a_time_that_was_broken_off_no_later_one_is_missed() -> None:
    broken_off = AccompanimentEnded(enterprise=MACHINES, instructor=None, ended_on=SEVENTH)
    given(*a_begun_accompaniment(), broken_off).when(nobody_came(APPROVED + 15 * A_DAY)).nothing_new()
    given(*a_begun_accompaniment(), broken_off).when(nobody_came(SEVENTH)).then(missed())


def test_each_has_a_clock_that_runs_from_the_approval() -> None:
    (begun,) = a_begun_accompaniment()
    for deadline, day in zip(DEADLINES, DAYS, strict=True):
        assert deadline.opens(begun) == Start(MACHINES, APPROVED)
        assert deadline.rule.due(APPROVED, calendar.load()).on == APPROVED + day * A_DAY
        assert deadline.then(MACHINES, SEVENTH) == nobody_came()


@pytest.mark.parametrize("day", DAYS)
def test_a_check_in_stops_its_own_clock_and_no_other(day: int) -> None:
    stopped = [deadline.closes(held(day=day)) for deadline in DEADLINES]
    assert stopped == [MACHINES if each == day else None for each in DAYS]


def test_the_end_of_the_60_days_stops_none() -> None:
    ended = an_ended_accompaniment()[-2]
    assert not any(deadline.opens(ended) or deadline.closes(ended) for deadline in DEADLINES)
