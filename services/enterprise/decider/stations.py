"""Which stations does a town have, and who is told when one closes? (docs/domain.md, 'Across the programmes')"""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.enterprise import (
    NotedStationEvent,
    StationClosingEvent,
    StationClosingSeen,
    StationClosingTold,
    StationGone,
    StationNoted,
)
from eventing.dates import must_have_happened
from eventing.decision import Rows, StreamKind
from eventing.moment import Moment
from eventing.refusal import Refused
from services.enterprise.commands import NoteStation, NoteStationGone, SeeClosing, TellOfClosing
from services.enterprise.decider.baseline import PART
from services.enterprise.decider.enterprise import Enterprise
from services.enterprise.views.enterprises import ENTERPRISES, EnterpriseRow


@dataclass(frozen=True, slots=True)
class NotNoted:
    """Nothing was told of it."""


@dataclass(frozen=True, slots=True)
class Noted:
    """It serves, or served, a town: the latest one."""

    last: StationNoted


@dataclass(frozen=True, slots=True)
class Gone:
    """It is closed for good."""


NotedStation = NotNoted | Noted | Gone


def evolve(state: NotedStation, event: NotedStationEvent) -> NotedStation:
    match state, event:
        case NotNoted() | Noted(), StationNoted():
            return Noted(event)
        case _, StationGone():  # the next part of the list follows the first
            return Gone()
        case _:
            raise ValueError(f"{event!r} can't follow {state}")


NOTED: StreamKind[NotedStation] = StreamKind("noted", NotNoted(), evolve)


@dataclass(frozen=True, slots=True)
class NotTold:
    """The union knows nothing of it."""


@dataclass(frozen=True, slots=True)
class Told:
    """It lies on the desk."""

    told: StationClosingTold


@dataclass(frozen=True, slots=True)
class Seen:
    """It was passed on."""


Closing = NotTold | Told | Seen


def evolve_closing(state: Closing, event: StationClosingEvent) -> Closing:
    match state, event:
        case NotTold(), StationClosingTold():
            return Told(event)
        case Told(), StationClosingSeen():
            return Seen()
        case _:
            raise ValueError(f"{event!r} can't follow {state}")


CLOSING: StreamKind[Closing] = StreamKind("closing", NotTold(), evolve_closing)


def note(command: NoteStation, state: NotedStation, _: Moment) -> Sequence[StationNoted]:
    noted = StationNoted(station=command.station, town=command.town, since=command.since, until=command.until)
    match state:
        case Gone():
            return []
        case Noted(last) if last == noted or noted.since < last.since:
            return []  # a place before this one, entered late
        case _:
            return [noted]


async def unions_of_town(rows: Rows, command: NoteStationGone) -> Sequence[EnterpriseRow]:
    """The enterprises of the town."""
    return await rows.rows(ENTERPRISES, town=command.town)


def note_gone(
    command: NoteStationGone, state: NotedStation, listed: Sequence[EnterpriseRow], _: Moment
) -> Sequence[StationGone]:
    if isinstance(state, Gone):
        return []
    codes = tuple(row.enterprise for row in listed if row.form is not None and row.ended_on is None)
    parts = [codes[at : at + PART] for at in range(0, len(codes), PART)] or [()]
    return [
        StationGone(
            station=command.station,
            town=command.town,
            closed_on=command.closed_on,
            enterprises=part,
            part=number,
            parts=len(parts),
        )
        for number, part in enumerate(parts, 1)
    ]


def tell(command: TellOfClosing, state: Closing, _: Moment) -> Sequence[StationClosingTold]:
    if not isinstance(state, NotTold):
        return []
    return [
        StationClosingTold(
            enterprise=command.enterprise, station=command.station, town=command.town, closed_on=command.closed_on
        )
    ]


def see(command: SeeClosing, state: Closing, _: Enterprise, moment: Moment) -> Sequence[StationClosingSeen]:
    match state:
        case NotTold():
            raise Refused("closing_not_told", "station", station=command.station, enterprise=command.enterprise)
        case Seen():
            return []
        case Told():
            must_have_happened(command.seen_on, "seen_on", moment)
            return [StationClosingSeen(enterprise=command.enterprise, station=command.station, seen_on=command.seen_on)]
