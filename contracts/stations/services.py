"""Services of the day (驿站服务日): planned, booked by ticket, held, counted. Who booked stays in the vault."""

from typing import Annotated, ClassVar

from pydantic import Field, Strict

from contracts.event import Event
from contracts.stations.words import CancellationReason, ServiceKind
from contracts.vocabulary import ID, Day, Headcount, PublicName, StationId, TimeOfDay, TownId

ServiceId = Annotated[
    str,
    ID,
    Field(pattern=r"^d-[1-9][0-9]{5}-[0-9]{3,4}-[0-9]{8}-[0-9]{1,2}$", examples=["d-330110-001-20250516-1"]),
]
"""A service of the day, by station, day and which of that day it is."""

TicketId = Annotated[str, ID, Field(pattern=r"^k-(?:[0-9][a-z]){4,16}$", examples=["k-7f3k9a2c"])]
"""A booking; it says nothing of who booked."""

Places = Annotated[int, Strict(), Field(ge=1, le=500)]


class ServiceEvent(Event):
    """A fact about one service of the day."""

    CONTEXT: ClassVar[str] = "stations"
    STREAM: ClassVar[str] = "service-{service}"

    service: ServiceId


class ServicePlanned(ServiceEvent):
    """It is to be at that station on that day."""

    station: StationId
    town: TownId
    """Where the station stands on that day."""
    kind: ServiceKind
    provider: PublicName
    """The organisation that offers it."""
    held_on: Day
    starts: TimeOfDay
    ends: TimeOfDay
    capacity: Places


class ServiceCancelled(ServiceEvent):
    """It doesn't take place."""

    reason: CancellationReason
    cancelled_on: Day


class TicketBooked(ServiceEvent):
    """A place was booked."""

    ticket: TicketId
    booked_on: Day


class TicketReturned(ServiceEvent):
    """The booking was given back in time: the place is free again."""

    ticket: TicketId
    returned_on: Day


class ServiceHeld(ServiceEvent):
    """It took place; counted by the host."""

    station: StationId
    town: TownId
    kind: ServiceKind
    held_on: Day
    visits: Headcount
    """Who came, with a ticket or without."""
    booked: Annotated[int, Strict(), Field(ge=0, le=500)]
    no_shows: Annotated[int, Strict(), Field(ge=0, le=500)]
    """Booked, and didn't come."""


class TicketForgotten(ServiceEvent):
    """What was kept of who booked has been erased."""

    INTERNAL: ClassVar[bool] = True

    ticket: TicketId
    forgotten_on: Day
