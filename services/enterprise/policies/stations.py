"""What the service of stations says is noted here; when a station closes, the unions of its town are told."""

from contracts.enterprise import StationGone
from contracts.stations import CabinPlaced, CabinRemoved, StationClosed, StationKind, StationOpened
from eventing.policies import Policy
from services.enterprise.commands import NoteStation, NoteStationGone, TellOfClosing


def _note_room(event: StationOpened) -> tuple[NoteStation, ...]:
    """A cabin is noted where it is placed."""
    if event.town is None:
        return ()
    return (NoteStation(station=event.station, town=event.town, since=event.opened_on, until=None),)


def _is_room(event: StationOpened) -> bool:
    return event.kind is StationKind.FIXED


def _note_placed(event: CabinPlaced) -> tuple[NoteStation, ...]:
    return (NoteStation(station=event.station, town=event.town, since=event.placed_on, until=event.until),)


def _note_removed(event: CabinRemoved) -> tuple[NoteStation, ...]:
    return (NoteStation(station=event.station, town=event.town, since=event.placed_on, until=event.removed_on),)


def _note_closed(event: StationClosed) -> tuple[NoteStationGone, ...]:
    if event.town is None:
        return ()  # it stood nowhere
    return (NoteStationGone(station=event.station, town=event.town, closed_on=event.closed_on),)


def _was_open(event: StationClosed) -> bool:
    """A plan that has ended takes nothing from anybody."""
    return event.opened


def _tell(event: StationGone) -> tuple[TellOfClosing, ...]:
    return tuple(
        TellOfClosing(enterprise=enterprise, station=event.station, town=event.town, closed_on=event.closed_on)
        for enterprise in event.enterprises
    )


POLICIES = (Policy("tell-of-closed-station", on=StationGone, then=_tell),)

OF_STATIONS = (
    Policy("note-opened-station", on=StationOpened, then=_note_room, when=_is_room),
    Policy("note-placed-cabin", on=CabinPlaced, then=_note_placed),
    Policy("note-removed-cabin", on=CabinRemoved, then=_note_removed),
    Policy("note-closed-station", on=StationClosed, then=_note_closed, when=_was_open),
)
