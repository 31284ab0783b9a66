"""What unions in enterprises are told of the rest stations (工会驿站) of their town."""

from typing import Annotated, ClassVar

from pydantic import Field, Strict

from contracts.event import Event
from contracts.vocabulary import CreditCode, Day, StationId, TownId

Part = Annotated[int, Strict(), Field(ge=1, le=10_000)]


class NotedStationEvent(Event):
    """A fact about a station, as far as enterprises go by it."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "noted-{station}"

    station: StationId
    town: TownId


class StationNoted(NotedStationEvent):
    """It serves that town from that day on, up to the day before `until`; in place of what was noted before."""

    since: Day
    until: Day | None


class StationGone(NotedStationEvent):
    """It is closed for good from that day on."""

    closed_on: Day
    enterprises: tuple[CreditCode, ...]
    """Those of its town that had a union of their own when this was noted: the unions that are told."""
    part: Part
    """1, 2, 3…: a long list comes in parts, each of which is told by itself."""
    parts: Part


class StationClosingEvent(Event):
    """A fact about one closed station and the union of one enterprise of its town."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "closing-{enterprise}-{station}"

    enterprise: CreditCode
    station: StationId


class StationClosingTold(StationClosingEvent):
    """The union is told that the station of its town is closed from that day on."""

    town: TownId
    closed_on: Day


class StationClosingSeen(StationClosingEvent):
    """Who is responsible for the enterprise has passed it on: it leaves the desk."""

    seen_on: Day
