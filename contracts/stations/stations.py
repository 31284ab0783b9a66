"""A station's life: planned, open, suspended, closed; and the places at which a cabin stands."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, Strict

from contracts.event import Event
from contracts.places import Point
from contracts.stations.words import ClosingReason, OpenOn, StationKind, SuspensionReason
from contracts.vocabulary import Day, PersonId, PublicName, RegionCode, StationId, TimeOfDay, TownId, UnionId

Area = Annotated[int, Strict(), Field(ge=1, le=5000)]
"""Square metres."""


class OpeningTime(BaseModel):
    """A time of opening. One that doesn't close after it opens goes on over midnight."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    on: OpenOn
    opens: TimeOfDay
    closes: TimeOfDay


class OpeningException(BaseModel):
    """One day on which other times hold, or, where both are null, none."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    day: Day
    opens: TimeOfDay | None
    closes: TimeOfDay | None


class StationEvent(Event):
    """A fact about one station."""

    CONTEXT: ClassVar[str] = "stations"
    STREAM: ClassVar[str] = "station-{station}"

    station: StationId


class StationPlanned(StationEvent):
    """It is to come. A fixed one has its town and point; a cabin has none until it is placed."""

    kind: StationKind
    name: PublicName
    district: RegionCode
    union: UnionId
    """The union that looks after it."""
    town: TownId | None
    point: Point | None
    area_m2: Area
    host_body: PublicName
    """The organisation on whose ground it stands, or that keeps it (承办单位)."""
    planned_on: Day


class StationDescribed(StationEvent):
    """Its particulars were entered anew, all of them."""

    name: PublicName
    area_m2: Area
    host_body: PublicName
    described_on: Day


class HostNamed(StationEvent):
    """Who keeps it for the host body, by a pseudonym; who that is stays in this service."""

    host: PersonId
    named_on: Day


class OpeningHoursSet(StationEvent):
    """From that day on it opens at these times, in place of those before."""

    times: tuple[OpeningTime, ...]
    exceptions: tuple[OpeningException, ...]
    since: Day


class StationOpened(StationEvent):
    """It is open to everybody from that day on. A cabin is where it has been placed."""

    kind: StationKind
    name: PublicName
    district: RegionCode
    town: TownId | None
    point: Point | None
    opened_on: Day


class StationSuspended(StationEvent):
    """It is shut for a while from that day on."""

    town: TownId | None
    """Where it stands; of a cabin, where it stood that day."""
    reason: SuspensionReason
    suspended_on: Day
    until: Day | None
    """The first day on which it is open again; null: not known."""


class StationResumed(StationEvent):
    """It is open again from that day on."""

    resumed_on: Day


class StationClosed(StationEvent):
    """It is closed for good from that day on."""

    town: TownId | None
    """Where it stood last."""
    reason: ClosingReason
    closed_on: Day
    opened: bool = True
    """Whether it ever was open to everybody; false: its plan has ended."""


class CabinPlaced(StationEvent):
    """The cabin stands there from that day on, up to the day before `until`. Entered anew for that day: this holds."""

    town: TownId
    point: Point
    placed_on: Day
    until: Day | None


class CabinRemoved(StationEvent):
    """From that day on it stands there no more: closed, until it is placed anew."""

    town: TownId
    placed_on: Day
    """Since when it stood there."""
    removed_on: Day
