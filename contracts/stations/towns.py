"""A district's own list of towns, subdistricts and platforms (镇街/平台), and who works outdoors there."""

from typing import Annotated, ClassVar

from pydantic import Field, Strict

from contracts.event import Event
from contracts.places import Point
from contracts.stations.words import TownKind
from contracts.vocabulary import Day, Headcount, PublicName, RegionCode, TownId, UnionId


class TownEvent(Event):
    """A fact about one town of a district's list."""

    CONTEXT: ClassVar[str] = "stations"
    STREAM: ClassVar[str] = "town-{town}"

    town: TownId


class TownListed(TownEvent):
    """The district keeps it on its list from that day on; entered anew: these particulars hold."""

    district: RegionCode
    union: UnionId
    """The district's union, which keeps the list."""
    name: PublicName
    kind: TownKind
    centre: Point
    reach_m: Annotated[int, Strict(), Field(ge=100, le=60_000)]
    """Metres from its centre within which all of it lies: a place further away isn't there."""
    listed_on: Day


class TownDelisted(TownEvent):
    """It is on the list no more."""

    delisted_on: Day


class OutdoorWorkersCounted(TownEvent):
    """So many work outdoors there (户外劳动者): couriers, riders, drivers, sanitation, traffic, urban management."""

    workers: Headcount
    counted_on: Day
