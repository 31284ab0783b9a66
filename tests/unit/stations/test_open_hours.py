"""Who is left out by the hour can't be open then."""

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from contracts import calendar
from contracts.stations import OpeningException, OpeningTime, OpenOn
from eventing.moment import CHINA
from services.stations.hours import Instant, open_until, single_days, week
from services.stations.open_hours import asked_hours, open_hours

CALENDAR = calendar.load()
FIRST = date(2025, 4, 25)  # with a worked Sunday and five days of holiday behind it
OFFICE = OpeningTime(on=OpenOn.WORKING_DAYS, opens="08:30", closes="18:00")
NIGHT = OpeningTime(on=OpenOn.WORKING_DAYS, opens="22:00", closes="06:00")

_of_day = st.times().map(lambda time: f"{time:%H:%M}")
_times = st.builds(OpeningTime, on=st.sampled_from(OpenOn), opens=_of_day, closes=_of_day | st.just("24:00"))
_days = st.integers(0, 14).map(lambda days: FIRST + timedelta(days=days))
_other = st.builds(OpeningException, day=_days, opens=_of_day, closes=_of_day)
_shut = st.builds(OpeningException, day=_days, opens=st.none(), closes=st.none())


def may_be_open(times: list[OpeningTime], exceptions: list[OpeningException], at: datetime) -> bool:
    """As the database asks."""
    hours = open_hours(week(times), single_days(exceptions).items())
    *which, bit = asked_hours(Instant.of(at, CALENDAR))
    return any(hours[one - 1] & bit for one in which)


@given(
    times=st.lists(_times, max_size=4), exceptions=st.lists(_other | _shut, max_size=3), minutes=st.integers(0, 20000)
)
def test_whatever_is_open_may_be(times: list[OpeningTime], exceptions: list[OpeningException], minutes: int) -> None:
    at = datetime.combine(FIRST, datetime.min.time(), CHINA) + timedelta(minutes=minutes)
    if open_until(week(times), single_days(exceptions), Instant.of(at, CALENDAR)) is not None:
        assert may_be_open(times, exceptions, at)


def test_who_is_shut_in_that_hour_is_left_out() -> None:
    tuesday, wednesday, saturday = (datetime(2025, 5, day, 11, tzinfo=CHINA) for day in (6, 7, 10))
    assert may_be_open([OFFICE], [], tuesday)
    assert not may_be_open([OFFICE], [], tuesday.replace(hour=7)), "half past eight isn't in that hour"
    assert not may_be_open([OFFICE], [], saturday)
    assert not may_be_open([NIGHT], [], tuesday)
    assert may_be_open([NIGHT], [], saturday.replace(hour=5)), "Friday's night"
    assert not may_be_open([NIGHT], [], tuesday.replace(hour=5)), "Monday was a holiday"
    assert may_be_open([NIGHT], [], wednesday.replace(hour=5))


def test_another_day_counts_for_its_weekday() -> None:
    """It is looked at once more by its own hours: a bit too many costs a look, one too few a station."""
    sunday = OpeningException(day=date(2025, 5, 11), opens="20:00", closes="02:00")
    assert may_be_open([OFFICE], [sunday], datetime(2025, 5, 11, 21, tzinfo=CHINA))
    assert may_be_open([OFFICE], [sunday], datetime(2025, 5, 12, 1, tzinfo=CHINA))
    assert not may_be_open([OFFICE], [sunday], datetime(2025, 5, 10, 21, tzinfo=CHINA))
