"""A service of the day: the states of its life, and the tickets that were given out for it."""

from dataclasses import dataclass, replace

from contracts.stations import (
    ServiceCancelled,
    ServiceEvent,
    ServiceHeld,
    ServicePlanned,
    TicketBooked,
    TicketForgotten,
    TicketReturned,
)
from eventing.decision import StreamKind

NO_TICKETS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unplanned:
    """Nobody has planned it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """It is to take place."""

    plan: ServicePlanned
    booked: frozenset[str] = NO_TICKETS
    """Tickets that hold a place."""
    returned: frozenset[str] = NO_TICKETS
    kept: frozenset[str] = NO_TICKETS
    """Tickets of which the vault still has the telephone number."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """It doesn't take place."""

    plan: ServicePlanned
    cancelled: ServiceCancelled
    kept: frozenset[str]


@dataclass(frozen=True, slots=True)
class Held:
    """It took place."""

    plan: ServicePlanned
    held: ServiceHeld
    kept: frozenset[str]


Service = Unplanned | Planned | Cancelled | Held


def evolve(state: Service, event: ServiceEvent) -> Service:
    match state, event:
        case Unplanned(), ServicePlanned():
            return Planned(event)
        case Planned(), ServicePlanned():
            return replace(state, plan=event)
        case Planned(booked=booked, kept=kept), TicketBooked():
            return replace(state, booked=booked | {event.ticket}, kept=kept | {event.ticket})
        case Planned(booked=booked, returned=returned, kept=kept), TicketReturned():
            gone = {event.ticket}
            return replace(state, booked=booked - gone, returned=returned | gone, kept=kept - gone)
        case Planned(plan, kept=kept), ServiceCancelled():
            return Cancelled(plan, event, kept)
        case Planned(plan, kept=kept), ServiceHeld():
            return Held(plan, event, kept)
        case Planned() | Cancelled() | Held(), TicketForgotten() if event.ticket in state.kept:
            return replace(state, kept=state.kept - {event.ticket})
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {type(state).__name__}")


SERVICE: StreamKind[Service] = StreamKind("service", Unplanned(), evolve)
