"""Who has booked a service: for keepers, who tell them that it is cancelled, or know their tickets at the door."""

from pydantic import BaseModel, ConfigDict

from contracts.stations import ServiceId, TicketId
from eventing.refusal import NotFound
from eventing.shell.desk import Desk
from services.stations.decider.service import SERVICE, Service, Unplanned
from services.stations.queries.services import union_of


class Ticket(BaseModel):
    """One booking. `phone` is for reaching them about this service, and for nothing else."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    ticket: TicketId
    phone: str


class Tickets(BaseModel):
    """Those whose numbers are still kept: neither returned nor forgotten."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    service: ServiceId
    tickets: tuple[Ticket, ...]


async def tickets_of(desk: Desk, service: str) -> Tickets:
    """Raises `NotFound`, `Forbidden`; each reading is logged."""
    union = await union_of(desk, service)
    desk.must_see(union)
    stream = SERVICE.of(service)
    state: Service = stream.fold([each.event for each in await desk.history([stream.id])])
    found = []
    for ticket in () if isinstance(state, Unplanned) else sorted(state.kept):
        try:
            found.append(Ticket(ticket=ticket, **await desk.kept(ticket, union)))
        except NotFound:
            continue  # returned since the history was read
    return Tickets(service=service, tickets=tuple(found))
