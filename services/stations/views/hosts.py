"""Who keeps each station, by pseudonym; how to reach them lies in the vault."""

from dataclasses import dataclass
from datetime import date

from contracts.stations import HostNamed, StationClosed
from eventing.fold import Fold


@dataclass(frozen=True, slots=True)
class HostRow:
    """The host of a station that isn't closed."""

    station: str
    host: str
    named_on: date


def _apply(_: HostRow | None, event: HostNamed | StationClosed) -> HostRow | None:
    return HostRow(event.station, event.host, event.named_on) if isinstance(event, HostNamed) else None


HOSTS = Fold(
    name="hosts", row=HostRow, events=(HostNamed, StationClosed), key=lambda event: event.station, apply=_apply
)
