"""Which open stations are nearest to a point, of those that have what is needed?"""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass

from asyncpg import Record

from contracts.places import Point
from contracts.stations import Equipment, ServiceKind
from eventing.columns import Shape
from eventing.views import Glance
from services.stations.finding import Found, find
from services.stations.geography import near_metres
from services.stations.hours import Instant
from services.stations.open_hours import asked_hours
from services.stations.plane import around, no_nearer_than, on_plane, scale
from services.stations.views.nearby_row import Known, offered

WITHIN = 50_000
"""Metres: a station further away is no answer to somebody on the way (docs/domain.md 2). It bounds what a question
costs that few stations answer."""
_RINGS = (24, 192, 1536, None)
"""So many candidates at first, the nearest ones on the plane; more where these don't settle it; all that there are."""

_KNOWN = Shape.of(Known)
_CANDIDATES = f"""
select {", ".join(_KNOWN.columns)}, places <-> point($1::float8, $2::float8) as on_the_plane from {{rows}}
where places && box(point($3::float8, $4::float8), point($5::float8, $6::float8))
    and (closed_on is null or closed_on > $7)
    and (open_hours[$8::int] | open_hours[$9::int] | open_hours[$10::int]) & $11::bigint <> 0 {{needs}}
order by places <-> point($1::float8, $2::float8) limit {{limit}}
"""


@dataclass(frozen=True, slots=True)
class Sought:
    """Who comes from where, when, and for what."""

    here: Point
    then: Instant
    equipment: frozenset[Equipment]
    """All of these, and working."""
    service: ServiceKind | None
    """On that day, and not over."""
    limit: int

    def fits(self, found: Found) -> bool:
        if self.equipment and not self.equipment.issubset(found.equipment[0]):
            return False
        return self.service is None or any(offer.kind is self.service for offer in found.on)

    def candidates(self, rows: str, limit: int | None) -> tuple[str, tuple[object, ...]]:
        """The query for the nearest rows that may fit as far as their columns tell, and its parameters.

        What isn't needed isn't asked: the planner would take a condition that leaves nothing out for one that does, and
        plan each question anew in place of keeping one plan for all, which costs a fifth more.
        """
        box, day = around(self.here, WITHIN), self.then.today
        values: list[object] = [*on_plane(self.here), box.west, box.south, box.east, box.north, day]
        values += asked_hours(self.then)
        needs = ""
        if self.equipment:
            values.append(sorted(self.equipment))
            needs += f"and has @> ${len(values)}::text[] "
        if self.service is not None:
            values.append([offered(self.service, day)])
            needs += f"and offered @> ${len(values)}::text[] "
        return _CANDIDATES.format(rows=rows, needs=needs, limit="all" if limit is None else limit), tuple(values)


async def nearest(glance: Glance, sought: Sought) -> list[tuple[float, str, Found]]:
    """With metres and id, the nearest first, of two equally far ones that of the lower id.

    Candidates come in the order of the plane, which is about that of the ground. It is settled when the next one can't
    be nearer on the ground than the last of those that were found.
    """
    for ring in _RINGS:
        # Each anew: what a glance saw before was another instant, and equally far ones may have changed places.
        sql, values = sought.candidates(glance.rows, ring)
        records = await glance.fetch(sql, *values)
        found, settled = _among(records, sought)
        if settled or ring is None or len(records) < ring:
            return found
    raise AssertionError("the last ring is all that there are")


def _among(records: Sequence[Record], sought: Sought) -> tuple[list[tuple[float, str, Found]], bool]:
    """The nearest of these candidates, and whether no further one can be nearer."""
    found: list[tuple[float, str, Found]] = []
    on_the_ground = scale(sought.here, WITHIN)
    for record in records:
        least = no_nearer_than(record["on_the_plane"], on_the_ground)
        if len(found) == sought.limit and least > found[-1][0]:
            return found, True
        known: Known = _KNOWN.read(record)
        there = find(known, sought.then)
        if there is not None and sought.fits(there) and (far := near_metres(sought.here, there.place)) <= WITHIN:
            insort(found, (far, known.station, there))
            del found[sought.limit :]
    return found, False
