"""What inspections found (巡查): one row for each station and day."""

from dataclasses import dataclass
from datetime import date

from contracts.stations import StationInspected
from eventing.fold import Fold


@dataclass(frozen=True, slots=True)
class InspectionRow:
    """As entered last for that day."""

    inspection: str
    """Station and day: `s-330110-001/2025-05-16`."""
    station: str
    inspected_on: date
    found_open: bool
    points: int


def _key(event: StationInspected) -> str:
    return f"{event.station}/{event.inspected_on}"


def _apply(_: InspectionRow | None, event: StationInspected) -> InspectionRow:
    return InspectionRow(_key(event), event.station, event.inspected_on, event.found_open, event.points)


INSPECTIONS = Fold(
    name="inspections",
    row=InspectionRow,
    events=(StationInspected,),
    key=_key,
    apply=_apply,
    indexes=(("station", "inspected_on"),),
)
