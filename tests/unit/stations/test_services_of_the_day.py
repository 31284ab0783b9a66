"""Services of the day: planned where it is open, booked while there is room, held, counted, forgotten."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from pydantic import ValidationError

from contracts.calendar import load
from contracts.stations import (
    ClosingReason,
    OpeningHoursSet,
    OpeningTime,
    OpenOn,
    StationClosed,
    StationSuspended,
    SuspensionReason,
)
from eventing.deadlines import Start
from eventing.decision import Keeping
from eventing.fold import fold_in_memory
from eventing.moment import CHINA, Moment
from eventing.refusal import Refused
from eventing.vault import named
from services.stations.commands import BookTicket, ForgetTickets, PlanService
from services.stations.decider import DECISIONS, ERASURES
from services.stations.decider import services as decider
from services.stations.decider.service import Planned
from services.stations.policies.services import DEADLINES
from services.stations.queries.services import no_shows
from services.stations.tickets import ticket_id
from services.stations.views.services import SERVICES, ServiceState
from tests.support.day_services import (
    BEFORE,
    CABIN_SERVICE,
    DAY,
    OTHER_TICKET,
    SERVICE,
    TICKET,
    a_planned_station,
    an_open_station,
    book,
    booked,
    cancel,
    cancelled,
    count,
    forgotten,
    give_back,
    held,
    hours,
    placed,
    plan,
    planned,
    returned,
)
from tests.support.given import Given
from tests.support.stations import CABIN, LISTED, ROOM, YUHANG, given

A_DAY = timedelta(days=1)


def shut_for_good() -> StationClosed:
    return StationClosed(station=ROOM, town=None, reason=ClosingReason.UNUSED, closed_on=DAY)


def at_the_room(*events: object) -> Given:
    return given(*an_open_station(), *events)  # type: ignore[arg-type]


# Planning


def test_a_service_is_planned_where_the_station_stands() -> None:
    at_the_room().when(plan(), BEFORE).then(planned())


def test_planned_twice_is_nothing_new() -> None:
    for since in ((), (booked(),), (cancelled(),), (held(),), (shut_for_good(),)):
        at_the_room(planned(), *since).when(plan(), BEFORE).nothing_new()


def test_a_cabins_service_is_where_it_stands_that_day() -> None:
    given(*an_open_station(CABIN), placed()).when(plan(CABIN_SERVICE), BEFORE).then(planned(CABIN_SERVICE, CABIN))


@pytest.mark.parametrize("history", [(), (placed(on=DAY + A_DAY),), (placed(until=DAY),)])
def test_a_cabin_that_stands_nowhere_that_day_has_no_service(history: tuple[object, ...]) -> None:
    given(*an_open_station(CABIN), *history).when(plan(CABIN_SERVICE), BEFORE).refused(  # type: ignore[arg-type]
        "no_cabin_there", "service", station=CABIN, day=DAY
    )


@pytest.mark.parametrize(
    "shut",
    [
        StationSuspended(
            station=ROOM, town=None, reason=SuspensionReason.WEATHER, suspended_on=DAY - A_DAY, until=DAY + A_DAY
        ),
        shut_for_good(),
        hours(OpenOn.WORKING_DAYS, shut=DAY),
        hours(OpenOn.MONDAY, OpenOn.SATURDAY),
    ],
    ids=["suspended", "closed", "an exception", "other weekdays"],
)
def test_a_station_that_is_not_open_that_day_has_no_service(shut: object) -> None:
    at_the_room(shut).when(plan(), BEFORE).refused("station_not_open", "service", station=ROOM, day=DAY)
    at_the_room(planned(), shut).when(book(), BEFORE).refused("station_not_open", "service")


@pytest.mark.parametrize(
    ("starts", "code"), [("07:59", "station_shut_then"), ("20:00", "station_shut_then"), ("08:00", "")]
)
def test_a_service_begins_while_the_station_is_open(starts: str, code: str) -> None:
    """Mechanism: the hours at that time, not only that it opens on that day."""
    asked = at_the_room(hours(OpenOn.FRIDAY)).when(plan(starts=starts, ends="21:00"), BEFORE)
    if code:
        asked.refused(code, "service", station=ROOM, day=DAY, starts=starts)
    else:
        asked.then(...)


def test_a_night_goes_on_into_the_day_after_on_which_it_does_not_open() -> None:
    late = OpeningHoursSet(
        station=ROOM,
        times=(OpeningTime(on=OpenOn.THURSDAY, opens="22:00", closes="02:00"),),
        exceptions=(),
        since=LISTED,
    )
    at_the_room(late).when(plan(starts="00:30", ends="01:30"), BEFORE).then(...)
    at_the_room(late).when(plan(starts="02:00", ends="03:00"), BEFORE).refused("station_not_open", "service")


def test_a_service_is_planned_a_year_ahead_at_most() -> None:
    """Else who books one by a mistyped year would be remembered until then."""
    at_the_room().when(plan(), DAY - timedelta(days=366)).then(...)
    at_the_room().when(plan(), DAY - timedelta(days=367)).refused(
        "planned_too_far_ahead", "service", latest=DAY - A_DAY, days=366
    )


@pytest.mark.parametrize("opens", [hours(OpenOn.WORKING_DAYS), hours(OpenOn.FRIDAY, shut=DAY + A_DAY)])
def test_a_station_with_hours_that_day_has(opens: object) -> None:
    at_the_room(opens).when(plan(), BEFORE).then(planned())


def test_a_make_up_saturday_is_a_working_day() -> None:
    """Mechanism: China's working calendar, not the weekday (2025-04-27 is a Sunday that is worked)."""
    worked = "d-330110-001-20250427-1"
    assert load().is_working_day(date(2025, 4, 27))
    at_the_room(hours(OpenOn.WORKING_DAYS)).when(plan(worked), BEFORE).then(...)


def test_a_station_that_is_unknown_or_only_planned_has_no_service() -> None:
    given().when(plan(), BEFORE).refused("station_unknown", "service", station=ROOM)
    given(a_planned_station()).when(plan(), BEFORE).refused("station_not_open", "service")


def test_it_ends_after_it_starts() -> None:
    at_the_room().when(plan(starts="16:30", ends="16:30"), BEFORE).refused("ends_before_it_starts", "ends")
    at_the_room().when(plan(starts="19:30", ends="24:00"), BEFORE).then(...)


def test_an_id_without_a_day_is_none() -> None:
    with pytest.raises(ValidationError):
        plan("d-330110-001-20250230-1")


def test_only_its_capacity_changes_and_never_below_what_is_booked() -> None:
    both = (planned(), booked(), booked(OTHER_TICKET))
    at_the_room(*both).when(plan(capacity=5), BEFORE).then(planned(capacity=5))
    at_the_room(*both).when(plan(capacity=1), BEFORE).refused("fewer_places_than_booked", "capacity", booked=2)
    at_the_room(*both).when(plan(ends="17:00"), BEFORE).refused("service_planned_otherwise", "service")
    at_the_room(planned(), cancelled()).when(plan(capacity=9), BEFORE).refused("service_cancelled", "service")


def test_a_cabin_that_was_moved_meanwhile_leaves_the_town_of_the_plan() -> None:
    moved = placed().model_copy(update={"town": "t-330110-02"})
    given(*an_open_station(CABIN), moved, planned(CABIN_SERVICE, CABIN)).when(
        plan(CABIN_SERVICE, capacity=3), BEFORE
    ).then(planned(CABIN_SERVICE, CABIN, capacity=3))


def test_what_is_on_belongs_to_the_stations_union() -> None:
    assert at_the_room().when(plan()).owner() == YUHANG
    assert at_the_room(planned()).when(count()).owner() == YUHANG


# Tickets


def test_a_ticket_is_booked() -> None:
    at_the_room(planned()).when(book(), BEFORE).then(booked())
    at_the_room(planned(), booked()).when(book(), BEFORE).nothing_new()


def test_no_two_proofs_have_one_ticket() -> None:
    """Mechanism: each byte of it becomes a digit and a letter of its own."""
    assert len({ticket_id(f"{byte:02x}" * 16) for byte in range(256)}) == 256


def test_a_full_service_gives_no_ticket_until_one_is_returned() -> None:
    full = (planned(capacity=1), booked())
    at_the_room(*full).when(book(OTHER_TICKET), BEFORE).refused("service_full", "service", capacity=1)
    at_the_room(*full, returned()).when(book(OTHER_TICKET), BEFORE).then(booked(OTHER_TICKET))


def test_a_ticket_is_booked_and_returned_until_it_begins() -> None:
    """Mechanism: day and time in China; `when` asks at noon, the service is at 13:30."""
    at_the_room(planned()).when(book(), DAY).then(...)
    at_the_room(planned(), booked()).when(give_back(), DAY).then(...)
    at_the_room(planned()).when(book(), DAY + A_DAY).refused("service_over", "service", held_on=DAY, ends="16:30")
    at_the_room(planned(), booked()).when(give_back(), DAY + A_DAY).refused("service_over", "service")
    state = Planned(planned())
    station = given(*an_open_station()).states(book())[1]
    at = datetime(2025, 5, 16, 13, 29, tzinfo=CHINA)
    assert len(decider.book(book(), state, station, Moment(at))) == 1  # type: ignore[arg-type]
    with pytest.raises(Refused, match="service_has_begun"):
        decider.book(book(), state, station, Moment(at + timedelta(minutes=1)))  # type: ignore[arg-type]
    with pytest.raises(Refused, match="service_over"):
        decider.book(book(), state, station, Moment(at + timedelta(hours=3, minutes=1)))  # type: ignore[arg-type]


def test_what_was_never_planned_or_is_over_takes_no_ticket() -> None:
    at_the_room().when(book(), BEFORE).refused("service_unknown", "service")
    at_the_room(planned(), cancelled()).when(book(), BEFORE).refused("service_cancelled", "service")
    at_the_room(planned(), held()).when(book(), DAY).refused("service_counted", "service")


def test_a_ticket_is_returned_once_and_not_used_again() -> None:
    at_the_room(planned(), booked()).when(give_back(), BEFORE).then(returned())
    at_the_room(planned(), booked(), returned()).when(give_back(), BEFORE).nothing_new()
    at_the_room(planned(), booked(), returned()).when(book(), BEFORE).refused("ticket_returned", "ticket")
    at_the_room(planned()).when(give_back(), BEFORE).refused("ticket_unknown", "ticket")


def test_a_number_has_one_ticket_of_a_service() -> None:
    """Mechanism: what a decision keeps, and once in which group; the vault's promises show the rest."""
    (booking,) = (each for each in DECISIONS if BookTicket in each.commands)
    keeps = booking.keeps
    assert isinstance(keeps, Keeping)
    assert keeps.once_in is not None
    assert keeps.twice is not None
    assert (keeps.entry(book()), keeps.once_in(book())) == (TICKET, SERVICE)
    assert (keeps.twice().code, keeps.twice().field) == ("phone_has_a_ticket", "phone")


# Cancelled, held


def test_it_is_cancelled_until_its_day() -> None:
    at_the_room(planned(), booked()).when(cancel(), BEFORE).then(cancelled())
    at_the_room(planned(), cancelled()).when(cancel(), BEFORE).nothing_new()
    at_the_room(planned()).when(cancel(DAY), DAY).then(cancelled(DAY))
    at_the_room(planned()).when(cancel(DAY + A_DAY), DAY + A_DAY).refused("cancelled_after_its_day", "cancelled_on")
    at_the_room(planned()).when(cancel(DAY), BEFORE).refused("in_the_future", "cancelled_on")
    at_the_room(planned(), held()).when(cancel(), DAY).refused("service_counted", "service")
    at_the_room().when(cancel(), BEFORE).refused("service_unknown", "service")


def test_the_host_counts_who_came_and_who_stayed_away() -> None:
    tickets = (planned(), booked(), booked(OTHER_TICKET))
    after = DAY + A_DAY
    at_the_room(*tickets).when(count(5, 1), after).then(held(5, 2, 1))
    at_the_room(*tickets, held(5, 2, 1)).when(count(5, 1), after).nothing_new()
    at_the_room(*tickets, held(5, 2, 1)).when(count(6, 1), after).refused("service_counted", "service", visits=5)
    at_the_room(*tickets).when(count(5, 3), after).refused("more_no_shows_than_booked", "no_shows", booked=2)
    at_the_room(*tickets).when(count(0, 1), after).refused("fewer_visits_than_came", "visits", came=1)
    at_the_room(*tickets, returned()).when(count(1, 0), after).then(held(1, 1, 0))


def test_nothing_is_counted_before_it_begins() -> None:
    """Mechanism: day and time; `when` asks at noon. Counted in the morning, it would take no more tickets."""
    at_the_room(planned()).when(count(), BEFORE).refused("in_the_future", "service")
    at_the_room(planned()).when(count(), DAY).refused("service_not_begun", "service", held_on=DAY, starts="13:30")
    morning = planned().model_copy(update={"starts": "11:00", "ends": "12:30"})
    at_the_room(morning).when(count(), DAY).then(held())
    at_the_room(planned(), cancelled()).when(count(), DAY).refused("service_cancelled", "service")


# Forgotten


def test_the_numbers_of_all_its_tickets_go_together() -> None:
    asked, on = ForgetTickets(service=SERVICE), date(2025, 6, 16)
    both = (planned(), booked(), booked(OTHER_TICKET))
    for over in ((), (cancelled(),), (held(2, 2),)):
        at_the_room(*both, *over).when(asked, on).then(forgotten(OTHER_TICKET), forgotten())
    at_the_room(*both, held(2, 2), forgotten(OTHER_TICKET), forgotten()).when(asked, on).nothing_new()
    at_the_room(*both, returned()).when(asked, on).then(forgotten(OTHER_TICKET))
    at_the_room().when(asked, on).nothing_new()


def test_they_go_thirty_days_after_its_day_whenever_they_were_booked() -> None:
    (deadline,) = DEADLINES
    for on in (BEFORE, BEFORE + A_DAY):
        assert deadline.opens(booked(on=on)) == Start(SERVICE, DAY)
    assert deadline.opens(planned()) is None
    assert deadline.rule.due(DAY, load()).on == DAY + timedelta(days=30)
    assert deadline.then(SERVICE, DAY) == ForgetTickets(service=SERVICE)
    assert deadline.closes(returned()) is None


def test_the_vault_lets_go_what_was_returned_or_forgotten() -> None:
    events = [planned(), booked(), returned(), booked(OTHER_TICKET), forgotten(OTHER_TICKET), held(), cancelled()]
    assert named(ERASURES, events) == [TICKET, OTHER_TICKET]


# What is shown


def test_the_view_counts_tickets_and_what_came_of_it() -> None:
    rows, _ = fold_in_memory(SERVICES, [planned(), booked(), booked(OTHER_TICKET), returned(), planned(capacity=9)])
    row = rows[SERVICE]
    assert (row.booked, row.capacity, row.district, row.state) == (1, 9, "330110", ServiceState.PLANNED)
    rows, _ = fold_in_memory(SERVICES, [planned(), booked(), held(5, 1, 1)])
    assert (rows[SERVICE].visits, rows[SERVICE].no_shows, rows[SERVICE].state) == (5, 1, ServiceState.HELD)
    rows, _ = fold_in_memory(SERVICES, [planned(), cancelled()])
    assert rows[SERVICE] == replace(
        rows[SERVICE], state=ServiceState.CANCELLED, cancelled_for=cancelled().reason, visits=None
    )


@pytest.mark.parametrize(
    ("booked", "missed", "percent", "tickets"),
    [
        (0, 0, None, None),  # nothing to go by
        (30, 0, 0.0, 30),
        (90, 30, 33.3, 45),  # cut, never rounded up
        (3, 2, 66.6, 90),
        (30, 30, 100.0, None),  # nobody came: no number of tickets fills it
        (1000, 999, 99.9, 500),  # never more than a service may have
    ],
)
def test_the_share_of_no_shows_says_how_many_tickets_fill_it(
    booked: int, missed: int, percent: float | None, tickets: int | None
) -> None:
    told = no_shows(4, booked, missed, 30)
    assert (told.percent, told.tickets_for_capacity) == (percent, tickets)


def test_an_example_in_the_documents_is_a_command() -> None:
    (example,) = PlanService.model_json_schema()["examples"]
    assert PlanService.model_validate(example).day == DAY
