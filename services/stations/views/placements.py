"""Where cabins stand and stood (移动驿站投放): one row for each placing."""

from dataclasses import dataclass
from datetime import date

from contracts.stations import CabinPlaced, CabinRemoved
from eventing.fold import Fold, replace


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A cabin stands there from `placed_on` up to the day before `until`."""

    placement: str
    """Station and day: `s-330110-049/2025-05-06`."""
    station: str
    town: str
    lat: float
    """WGS-84."""
    lon: float
    placed_on: date
    until: date | None = None


def _key(event: CabinPlaced | CabinRemoved) -> str:
    return f"{event.station}/{event.placed_on}"


def _apply(row: PlacementRow | None, event: CabinPlaced | CabinRemoved) -> PlacementRow:
    if isinstance(event, CabinPlaced):
        return PlacementRow(
            _key(event), event.station, event.town, event.point.lat, event.point.lon, event.placed_on, event.until
        )
    assert row is not None, "what is taken away was placed"
    return replace(row, until=event.removed_on)


PLACEMENTS = Fold(
    name="placements",
    row=PlacementRow,
    events=(CabinPlaced, CabinRemoved),
    key=_key,
    apply=_apply,
    indexes=(("town", "placed_on"),),
)
