"""How many came in (客流): one row for each station and day."""

from dataclasses import dataclass
from datetime import date

from contracts.stations import VisitsCounted
from eventing.fold import Fold


@dataclass(frozen=True, slots=True)
class VisitsRow:
    """As counted last for that day."""

    count: str
    """Station and day: `s-330110-001/2025-05-16`."""
    station: str
    day: date
    visits: int


def _key(event: VisitsCounted) -> str:
    return f"{event.station}/{event.day}"


def _apply(_: VisitsRow | None, event: VisitsCounted) -> VisitsRow:
    return VisitsRow(_key(event), event.station, event.day, event.visits)


VISITS = Fold(
    name="visits",
    row=VisitsRow,
    events=(VisitsCounted,),
    key=_key,
    apply=_apply,
    indexes=(("station", "day"),),
)
