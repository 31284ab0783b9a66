"""Which open stations are nearest to a point, of those that have what is needed?"""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asyncpg import Record

from contracts.calendar import WorkingCalendar
from contracts.places import Point
from contracts.stations import Equipment, ServiceKind
from eventing.columns import Shape
from eventing.moment import CHINA
from eventing.read_models import Reading
from services.stations.finding import Found, find
from services.stations.geography import near_metres
from services.stations.plane import Box, around, no_nearer_than, on_plane, scale
from services.stations.views.nearby_row import NearbyRow, offered

WITHIN = 50_000
"""Metres: a station further away is no answer to somebody on the way (docs/domain.md 2). It bounds what a question
costs that few stations answer."""
_RINGS = (32, 256, 2048, None)
"""So many candidates at first, the nearest ones on the plane; more where these don't settle it; all that there are."""

_ROW = Shape.of(NearbyRow)
_CANDIDATES = f"""
select {", ".join(_ROW.columns)} from {{rows}}
where places && box(point($1::float8, $2::float8), point($3::float8, $4::float8))
    and opened_on <= $5 and (closed_on is null or closed_on > $5) and hours_of_day & $6::bigint <> 0 {{needs}}
order by places <-> point($7::float8, $8::float8) limit {{limit}}
"""


@dataclass(frozen=True, slots=True)
class Sought:
    """Who comes from where, when, and for what."""

    here: Point
    at: datetime
    equipment: frozenset[Equipment]
    """All of these, and working."""
    service: ServiceKind | None
    """On that day, and not over."""
    limit: int

    def fits(self, found: Found) -> bool:
        works = not self.equipment or self.equipment <= set(found.works)
        return works and (self.service is None or any(offer.kind is self.service for offer in found.on))

    def candidates(self, rows: str, limit: int | None) -> tuple[str, tuple[object, ...]]:
        """The query for the nearest rows that may fit as far as their columns tell, and its parameters.

        What isn't needed isn't asked: the planner would take a condition that leaves nothing out for one that does.
        """
        box, there = around(self.here, WITHIN), self.at.astimezone(CHINA)
        values: list[object] = [box.west, box.south, box.east, box.north, there.date(), 1 << there.hour]
        values += on_plane(self.here)
        needs = ""
        if self.equipment:
            values.append(sorted(self.equipment))
            needs += f"and has @> ${len(values)}::text[] "
        if self.service is not None:
            values.append([offered(self.service, there.date())])
            needs += f"and offered @> ${len(values)}::text[] "
        return _CANDIDATES.format(rows=rows, needs=needs, limit="all" if limit is None else limit), tuple(values)


async def nearest(reading: Reading, sought: Sought, calendar: WorkingCalendar) -> list[tuple[float, str, Found]]:
    """With metres and id, the nearest first, of two equally far ones that of the lower id.

    Candidates come in the order of the plane, which is about that of the ground. It is settled when the next one can't
    be nearer on the ground than the last of those that were found.
    """
    for ring in _RINGS:
        # Each anew: equally far ones may change places from ring to ring, so none may be skipped by its number.
        sql, values = sought.candidates(reading.rows, ring)
        records = await reading.fetch(sql, *values)
        found, settled = _among(records, sought, calendar)
        if settled or ring is None or len(records) < ring:
            return found
    raise AssertionError("the last ring is all that there are")


def _among(
    records: Sequence[Record], sought: Sought, calendar: WorkingCalendar
) -> tuple[list[tuple[float, str, Found]], bool]:
    """The nearest of these candidates, and whether no further one can be nearer."""
    found: list[tuple[float, str, Found]] = []
    on_the_ground, (x, y) = scale(sought.here, WITHIN), on_plane(sought.here)
    for record in records:
        least = no_nearer_than(_box(record).metres_from(x, y), on_the_ground)
        if len(found) == sought.limit and least > found[-1][0]:
            return found, True
        row: NearbyRow = _ROW.read(record)
        there = find(row, sought.at, calendar)
        if there is not None and sought.fits(there) and (far := near_metres(sought.here, there.point)) <= WITHIN:
            insort(found, (far, row.station, there))
            del found[sought.limit :]
    return found, False


def _box(record: Record) -> Box:
    return Box(record["west"], record["south"], record["east"], record["north"])
