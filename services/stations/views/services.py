"""Services of the day: one row each, with its tickets counted and what came of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.stations import (
    CancellationReason,
    ServiceCancelled,
    ServiceEvent,
    ServiceHeld,
    ServiceKind,
    ServicePlanned,
    TicketBooked,
    TicketReturned,
)
from eventing.fold import Fold, replace
from services.stations.service_ids import district_of


class ServiceState(StrEnum):
    """Where it is in its life."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One service of the day."""

    service: str
    station: str
    district: str
    town: str
    kind: ServiceKind
    provider: str
    held_on: date
    starts: str
    ends: str
    capacity: int
    booked: int = 0
    state: ServiceState = ServiceState.PLANNED
    cancelled_for: CancellationReason | None = None
    visits: int | None = None
    no_shows: int | None = None


def _apply(row: ServiceRow | None, event: ServiceEvent) -> ServiceRow:
    if isinstance(event, ServicePlanned):
        return _planned(event) if row is None else replace(row, capacity=event.capacity)
    assert row is not None, "a service's first event plans it"
    match event:
        case TicketBooked():
            return replace(row, booked=row.booked + 1)
        case TicketReturned():
            return replace(row, booked=row.booked - 1)
        case ServiceCancelled():
            return replace(row, state=ServiceState.CANCELLED, cancelled_for=event.reason)
        case ServiceHeld():
            return replace(row, state=ServiceState.HELD, visits=event.visits, no_shows=event.no_shows)
        case _:
            raise ValueError(f"{type(event).__name__} is no event of this view")


def _planned(event: ServicePlanned) -> ServiceRow:
    return ServiceRow(
        event.service,
        event.station,
        district_of(event.service),
        event.town,
        event.kind,
        event.provider,
        event.held_on,
        event.starts,
        event.ends,
        event.capacity,
    )


SERVICES = Fold(
    name="services",
    row=ServiceRow,
    events=(ServicePlanned, TicketBooked, TicketReturned, ServiceCancelled, ServiceHeld),
    key=lambda event: event.service,
    apply=_apply,
    indexes=(("held_on", "district"), ("district", "kind"), ("station", "held_on")),
)
