"""May a service be planned at a station that day, booked, returned, cancelled, counted? (docs/domain.md 2)"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from contracts.stations import (
    ServiceCancelled,
    ServiceEvent,
    ServiceHeld,
    ServicePlanned,
    StationKind,
    TicketBooked,
    TicketForgotten,
    TicketReturned,
)
from eventing.dates import must_have_happened
from eventing.decision import Decision, Keeping, StreamRef
from eventing.moment import CHINA, Moment
from eventing.refusal import Invalid, NotFound, Refused
from eventing.vault import Erasure
from services.stations.commands import (
    BookTicket,
    CancelService,
    CountService,
    ForgetTickets,
    PlanService,
    ReturnTicket,
    ServiceCommand,
)
from services.stations.decider.service import SERVICE, Cancelled, Held, Planned, Service, Unplanned
from services.stations.decider.station import STATION, Station, Unknown, hours_on, is_open_on, stands, union_of
from services.stations.hours import Instant, open_until, opens_on, single_days, week

_AHEAD = timedelta(days=366)
"""Further ahead no hours are sure, and who books would be remembered for years (docs/domain.md 2)."""


def plan(command: PlanService, state: Service, station: Station, moment: Moment) -> Sequence[ServiceEvent]:
    """Planned again, only the capacity may be another: who has booked relies on the rest."""
    if command.ends <= command.starts:
        raise Invalid("ends_before_it_starts", "ends", starts=command.starts)
    if not isinstance(state, Unplanned) and _particulars(command) == _particulars(state.plan):
        return []  # whatever has become of the station meanwhile
    if isinstance(state, Cancelled | Held):
        raise _over(state)
    if command.day > (latest := moment.today + _AHEAD):
        raise Refused("planned_too_far_ahead", "service", latest=latest, days=_AHEAD.days)
    _must_be_open(command, command.starts, station, moment)
    place = stands(station, command.day)
    assert place is not None, "what is open stands somewhere"
    planned = ServicePlanned(
        service=command.service,
        station=command.station,
        town=place[0] if isinstance(state, Unplanned) else state.plan.town,
        kind=command.kind,
        provider=command.provider,
        held_on=command.day,
        starts=command.starts,
        ends=command.ends,
        capacity=command.capacity,
    )
    if isinstance(state, Unplanned):
        return [planned]
    if planned.model_copy(update={"capacity": state.plan.capacity}) != state.plan:
        raise Refused("service_planned_otherwise", "service", service=command.service)
    if command.capacity < len(state.booked):
        raise Refused("fewer_places_than_booked", "capacity", booked=len(state.booked))
    return [planned]


def cancel(command: CancelService, state: Service, station: Station, moment: Moment) -> Sequence[ServiceEvent]:
    event = ServiceCancelled(service=command.service, reason=command.reason, cancelled_on=command.cancelled_on)
    if isinstance(state, Cancelled) and state.cancelled == event:
        return []
    must_be_planned(state, command.service)
    must_have_happened(command.cancelled_on, "cancelled_on", moment)
    if command.cancelled_on > command.day:
        raise Refused("cancelled_after_its_day", "cancelled_on", held_on=command.day)
    return [event]


def book(command: BookTicket, state: Service, station: Station, moment: Moment) -> Sequence[ServiceEvent]:
    """Until it begins, while there is room. The same telephone number twice is for the vault to see."""
    if isinstance(state, Planned) and command.ticket in state.booked:
        return []
    planned = must_be_planned(state, command.service)
    if command.ticket in planned.returned:
        raise Refused("ticket_returned", "ticket")
    _must_not_have_begun(planned, moment)
    _must_be_open(command, planned.plan.starts, station, moment)
    if len(planned.booked) >= planned.plan.capacity:
        raise Refused("service_full", "service", capacity=planned.plan.capacity)
    return [TicketBooked(service=command.service, ticket=command.ticket, booked_on=moment.today)]


def give_back(command: ReturnTicket, state: Service, station: Station, moment: Moment) -> Sequence[ServiceEvent]:
    planned = must_be_planned(state, command.service)
    if command.ticket in planned.returned:
        return []
    if command.ticket not in planned.booked:
        raise NotFound("ticket_unknown", "ticket")
    _must_not_have_begun(planned, moment)
    return [TicketReturned(service=command.service, ticket=command.ticket, returned_on=moment.today)]


def count(command: CountService, state: Service, station: Station, moment: Moment) -> Sequence[ServiceEvent]:
    if isinstance(state, Held):
        if (command.visits, command.no_shows) == (state.held.visits, state.held.no_shows):
            return []
        raise _over(state)
    planned = must_be_planned(state, command.service)
    must_have_happened(command.day, "service", moment)
    if not _has_come(command.day, planned.plan.starts, moment):
        raise Refused("service_not_begun", "service", held_on=command.day, starts=planned.plan.starts)
    booked = len(planned.booked)
    if command.no_shows > booked:
        raise Refused("more_no_shows_than_booked", "no_shows", booked=booked)
    if command.visits < booked - command.no_shows:
        raise Refused("fewer_visits_than_came", "visits", came=booked - command.no_shows)
    return [
        ServiceHeld(
            service=command.service,
            station=planned.plan.station,
            town=planned.plan.town,
            kind=planned.plan.kind,
            held_on=command.day,
            visits=command.visits,
            booked=booked,
            no_shows=command.no_shows,
        )
    ]


def forget(command: ForgetTickets, state: Service, station: Station, moment: Moment) -> Sequence[ServiceEvent]:
    """All that is still kept; a ticket that was returned has been forgotten then."""
    if isinstance(state, Unplanned):
        return []
    return [
        TicketForgotten(service=command.service, ticket=ticket, forgotten_on=moment.today)
        for ticket in sorted(state.kept)
    ]


def must_be_planned(state: Service, service: str) -> Planned:
    """Raises `Refused` for one that nobody planned, that was cancelled or counted."""
    match state:
        case Planned():
            return state
        case Unplanned():
            raise NotFound("service_unknown", "service", service=service)
        case Cancelled() | Held():
            raise _over(state)


def _over(state: Cancelled | Held) -> Refused:
    if isinstance(state, Cancelled):
        return Refused("service_cancelled", "service", cancelled_on=state.cancelled.cancelled_on)
    return Refused("service_counted", "service", visits=state.held.visits, no_shows=state.held.no_shows)


def _must_not_have_begun(state: Planned, moment: Moment) -> None:
    plan = state.plan
    if _has_come(plan.held_on, plan.ends, moment):
        raise Refused("service_over", "service", held_on=plan.held_on, ends=plan.ends)
    if _has_come(plan.held_on, plan.starts, moment):
        raise Refused("service_has_begun", "service", held_on=plan.held_on, starts=plan.starts)


def _has_come(day: date, at: str, moment: Moment) -> bool:
    """Whether it is that time of that day in China, or later."""
    now = moment.at.astimezone(CHINA)
    return (day, at) <= (now.date(), f"{now:%H:%M}")


def _must_be_open(command: ServiceCommand, starts: str, station: Station, moment: Moment) -> None:
    """On the service's day, and, where it has hours, when the service starts."""
    day = command.day
    if isinstance(station, Unknown):
        raise NotFound("station_unknown", "service", station=command.station)
    if station.record.planned.kind is StationKind.MOBILE and stands(station, day) is None:
        raise Refused("no_cabin_there", "service", station=command.station, day=day)
    if not is_open_on(station, day):
        raise Refused("station_not_open", "service", station=command.station, day=day)
    hours = hours_on(station, day)
    if hours is None:
        return
    opening = week(hours.times), single_days(hours.exceptions)
    then = Instant.of(datetime.combine(day, time.fromisoformat(starts), CHINA), moment.calendar)
    if open_until(*opening, then) is None:  # a night that began the evening before counts
        if opens_on(*opening, day, moment.calendar):
            raise Refused("station_shut_then", "service", station=command.station, day=day, starts=starts)
        raise Refused("station_not_open", "service", station=command.station, day=day)


def _particulars(asked: PlanService | ServicePlanned) -> tuple[object, ...]:
    return asked.service, asked.kind, asked.provider, asked.starts, asked.ends, asked.capacity


def _owner(command: ServiceCommand, state: Service, station: Station) -> str | None:
    """The station's union owns what is on there."""
    return union_of(station)


def _both(command: ServiceCommand) -> tuple[StreamRef, ...]:
    return SERVICE.of(command.service), STATION.of(command.station)


def _ticket(command: BookTicket) -> str:
    return command.ticket


def _service(command: BookTicket) -> str:
    return command.service


def _has_one() -> Refused:
    return Refused("phone_has_a_ticket", "phone")


DECISIONS = (
    Decision((PlanService,), _both, plan, _owner),
    Decision((CancelService,), _both, cancel, _owner),
    Decision((BookTicket,), _both, book, _owner, keeps=Keeping(_ticket, once_in=_service, twice=_has_one)),
    Decision((ReturnTicket,), _both, give_back, _owner),
    Decision((CountService,), _both, count, _owner),
    Decision((ForgetTickets,), _both, forget, _owner),
)

ERASURES = (Erasure((TicketReturned, TicketForgotten), lambda event: event.ticket),)
