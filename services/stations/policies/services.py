"""The clock of the telephone numbers of a service's tickets: so many days after its day they go."""

from datetime import date

from contracts.event import Event
from contracts.stations import TicketBooked
from eventing.deadlines import Deadline, Start
from services.stations.commands import ForgetTickets
from services.stations.rules import CalendarDaysOf
from services.stations.service_ids import day_of


def _booked(event: Event) -> Start | None:
    """One clock for all tickets of a service: it begins on its day, whenever they were booked."""
    return Start(event.service, day_of(event.service)) if isinstance(event, TicketBooked) else None


def _forget(service: str, due_on: date) -> ForgetTickets:
    return ForgetTickets(service=service)


DEADLINES = (
    Deadline(
        "tickets",
        CalendarDaysOf("tickets_kept"),
        opens=_booked,
        closes=lambda _: None,  # a cancelled service's numbers are kept as long: somebody may have to be told
        then=_forget,
    ),
)
