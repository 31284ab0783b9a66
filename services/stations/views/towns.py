"""The districts' lists of towns (镇街/平台名单), with who works outdoors there."""

from dataclasses import dataclass
from datetime import date

from contracts.stations import OutdoorWorkersCounted, TownDelisted, TownEvent, TownKind, TownListed
from eventing.fold import Fold, replace


@dataclass(frozen=True, slots=True)
class TownRow:
    """One town, as entered last."""

    town: str
    district: str
    union_id: str
    name: str
    kind: TownKind
    lat: float
    """WGS-84."""
    lon: float
    reach_m: int
    listed_on: date
    """Since when it is on the list; after it was taken off, since it came back."""
    delisted_on: date | None = None
    workers: int | None = None
    """Who works outdoors there, by the count of the latest day."""
    counted_on: date | None = None


def _key(event: TownEvent) -> str:
    return event.town


def _apply(row: TownRow | None, event: TownEvent) -> TownRow:
    if isinstance(event, TownListed):
        return TownRow(
            event.town,
            event.district,
            event.union,
            event.name,
            event.kind,
            event.centre.lat,
            event.centre.lon,
            event.reach_m,
            event.listed_on if row is None or row.delisted_on is not None else row.listed_on,
            workers=None if row is None else row.workers,
            counted_on=None if row is None else row.counted_on,
        )
    assert row is not None, "a town's first event lists it"
    match event:
        case TownDelisted():
            return replace(row, delisted_on=event.delisted_on)
        case OutdoorWorkersCounted() if row.counted_on is None or event.counted_on >= row.counted_on:
            return replace(row, workers=event.workers, counted_on=event.counted_on)
        case _:
            return row  # an older count, entered late


TOWNS = Fold(
    name="towns",
    row=TownRow,
    events=(TownListed, TownDelisted, OutdoorWorkersCounted),
    key=_key,
    apply=_apply,
    indexes=(("district", "town"),),
    version=2,
)
