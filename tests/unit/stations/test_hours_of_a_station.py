"""Open at an instant, and until when. 1 May 2025 is a holiday; Sunday 27 April was worked in its place."""

from datetime import date, datetime

import pytest

from contracts import calendar
from contracts.stations import OpeningException, OpeningTime, OpenOn
from eventing.moment import CHINA
from services.stations.decider.hours import overlap
from services.stations.hours import Instant, open_until, single_days, week

CALENDAR = calendar.load()


def opening(on: OpenOn, opens: str, closes: str) -> OpeningTime:
    return OpeningTime(on=on, opens=opens, closes=closes)


DAILY = tuple(opening(on, "00:00", "24:00") for on in tuple(OpenOn)[:7])
OFFICE = (opening(OpenOn.WORKING_DAYS, "08:00", "20:00"),)
NIGHT = (opening(OpenOn.SATURDAY, "22:00", "06:00"),)
LUNCH = (opening(OpenOn.MONDAY, "08:00", "12:00"), opening(OpenOn.MONDAY, "13:00", "20:00"))


def until(
    times: tuple[OpeningTime, ...], at: str, *exceptions: OpeningException, shut: str | None = None
) -> str | None:
    instant = datetime.fromisoformat(at).replace(tzinfo=CHINA)
    shut_from = None if shut is None else date.fromisoformat(shut)
    found = open_until(week(times), single_days(exceptions), Instant.of(instant, CALENDAR), shut_from)
    return None if found is None else f"{found:%Y-%m-%d %H:%M}"


def test_it_is_open_from_the_minute_it_opens_to_the_minute_it_closes() -> None:
    assert until(OFFICE, "2025-05-06 07:59") is None
    assert until(OFFICE, "2025-05-06 08:00") == "2025-05-06 20:00"
    assert until(OFFICE, "2025-05-06 19:59") == "2025-05-06 20:00"
    assert until(OFFICE, "2025-05-06 20:00") is None


def test_another_zone_is_the_same_instant() -> None:
    assert (
        open_until(week(OFFICE), {}, Instant.of(datetime.fromisoformat("2025-05-06T00:30:00+00:00"), CALENDAR))
        is not None
    )
    assert (
        open_until(week(OFFICE), {}, Instant.of(datetime.fromisoformat("2025-05-06T12:30:00+00:00"), CALENDAR)) is None
    )


@pytest.mark.parametrize(
    ("day", "worked"), [("2025-04-27", True), ("2025-05-01", False), ("2025-05-03", False), ("2025-05-06", True)]
)
def test_working_days_are_chinas_with_make_up_days(day: str, worked: bool) -> None:
    assert (until(OFFICE, f"{day} 10:00") is not None) == worked


def test_a_night_goes_on_over_midnight() -> None:
    assert until(NIGHT, "2025-05-10 21:59") is None
    assert until(NIGHT, "2025-05-10 23:30") == "2025-05-11 06:00"
    assert until(NIGHT, "2025-05-11 05:59") == "2025-05-11 06:00"
    assert until(NIGHT, "2025-05-11 06:00") is None
    assert until(NIGHT, "2025-05-11 23:30") is None


def test_a_break_at_noon_is_a_gap() -> None:
    assert until(LUNCH, "2025-05-12 11:00") == "2025-05-12 12:00"
    assert until(LUNCH, "2025-05-12 12:30") is None


def test_day_and_night_is_told_a_week_ahead() -> None:
    assert until(DAILY, "2025-05-12 11:00") == "2025-05-19 11:00"
    assert until(DAILY[:2], "2025-05-12 11:00") == "2025-05-14 00:00"
    a_day_round = (opening(OpenOn.MONDAY, "08:00", "08:00"),)
    assert until(a_day_round, "2025-05-13 07:59") == "2025-05-13 08:00"


def test_an_exception_holds_in_place_of_the_day() -> None:
    shut = OpeningException(day=date(2025, 5, 6), opens=None, closes=None)
    short = OpeningException(day=date(2025, 5, 6), opens="10:00", closes="12:00")
    assert until(OFFICE, "2025-05-06 11:00", shut) is None
    assert until(OFFICE, "2025-05-06 11:00", short) == "2025-05-06 12:00"
    assert until(OFFICE, "2025-05-06 13:00", short) is None
    assert until(OFFICE, "2025-05-07 13:00", short) == "2025-05-07 20:00"


def test_the_night_before_an_exception_runs_to_its_end() -> None:
    sunday = OpeningException(day=date(2025, 5, 11), opens=None, closes=None)
    assert until(NIGHT, "2025-05-11 03:00", sunday) == "2025-05-11 06:00"


def test_from_the_day_on_which_it_is_in_use_no_more_it_is_shut() -> None:
    assert until(OFFICE, "2025-05-06 11:00", shut="2025-05-06") is None
    assert until(OFFICE, "2025-05-06 11:00", shut="2025-05-07") == "2025-05-06 20:00"
    assert until(DAILY, "2025-05-06 11:00", shut="2025-05-08") == "2025-05-08 00:00"
    assert until(NIGHT, "2025-05-10 23:30", shut="2025-05-11") == "2025-05-11 00:00"


def test_without_hours_it_is_never_open() -> None:
    assert until((), "2025-05-06 11:00") is None


@pytest.mark.parametrize(
    ("times", "found"),
    [
        (OFFICE, None),
        (DAILY, None),
        (LUNCH, None),
        ((*OFFICE, *NIGHT), None),
        ((*OFFICE, opening(OpenOn.WEDNESDAY, "19:59", "21:00")), (1, 0)),
        ((*OFFICE, opening(OpenOn.WEDNESDAY, "20:00", "21:00")), None),
        ((opening(OpenOn.SUNDAY, "22:00", "08:30"), *OFFICE), (1, 0)),  # Sunday's night runs into Monday's morning
        ((opening(OpenOn.SUNDAY, "22:00", "08:00"), *OFFICE), None),
        ((*OFFICE, opening(OpenOn.SATURDAY, "09:00", "17:00")), None),  # both on a worked Saturday, which is no harm
        ((opening(OpenOn.MONDAY, "08:00", "12:00"), opening(OpenOn.MONDAY, "08:00", "12:00")), (1, 0)),
        ((*DAILY, *OFFICE), (7, 0)),
    ],
)
def test_two_times_of_an_ordinary_week_hold_at_once(
    times: tuple[OpeningTime, ...], found: tuple[int, int] | None
) -> None:
    assert overlap(times) == found
