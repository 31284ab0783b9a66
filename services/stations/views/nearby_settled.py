"""What a station is sought by, as it follows from what is known of it."""

from datetime import date

from eventing.fold import replace
from services.stations.open_hours import open_hours
from services.stations.plane import on_plane
from services.stations.views.nearby_row import NearbyRow, offered


def settled(row: NearbyRow) -> NearbyRow:
    """The row with the columns that follow from the others."""
    across, up = zip(*map(on_plane, row.stays), strict=True) if row.stays else ((), ())
    return replace(
        row,
        changes=tuple(sorted(_changes(row))),
        west=min(across, default=None),
        south=min(up, default=None),
        east=max(across, default=None),
        north=max(up, default=None),
        open_hours=_open_hours(row),
        has=tuple(sorted({piece.equipment.value for piece in row.pieces})),
        offered=tuple(offered(offer.kind, offer.held_on) for offer in row.offers),
    )


def _changes(row: NearbyRow) -> set[date]:
    days = {
        *row.hours_since,
        *(pause.since for pause in row.pauses),
        row.closed_on,
        *(stay.until for stay in row.stays),
    }
    return {day for day in days if day is not None}


def _open_hours(row: NearbyRow) -> tuple[int, ...]:
    if row.opened_on is None:
        return ()
    return open_hours(row.hours, ((each.day, each.spans) for each in row.single))
