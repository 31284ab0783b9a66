"""The plane in which stations are sought: Mercator's, in whole metres, so that an index can say which are nearest.

Mercator's map keeps angles, and enlarges with the latitude: what is near to a point on it is near on the ground, in
about the same order. About isn't enough to answer by; `no_nearer_than` is a bound that holds.
"""

from dataclasses import dataclass
from math import asinh, cos, radians, tan

from contracts.places import Point
from services.stations.geography import Position

_RADIUS = 6378137
"""Metres: the equator's radius, of WGS-84."""
_SMALLEST_RADIUS = 6335439
"""Metres: the smallest radius of curvature anywhere on that ellipsoid, along the meridian at the equator."""
_ROUNDED = 2
"""Metres that two rounded places may lie nearer on the plane than they do."""


@dataclass(frozen=True, slots=True)
class Box:
    """Between two corners on the plane."""

    west: int
    south: int
    east: int
    north: int


def on_plane(place: Position) -> tuple[int, int]:
    """To the east and to the north."""
    return round(_RADIUS * radians(place.lon)), round(_RADIUS * asinh(tan(radians(place.lat))))


def scale(point: Point, within: float) -> float:
    """Metres on the ground for one on the plane, at least, everywhere within so many metres of the point.

    It is least furthest from the equator, and the ellipsoid is nowhere bent more than by its smallest radius.
    """
    furthest = radians(point.lat) + within / _SMALLEST_RADIUS
    return _SMALLEST_RADIUS / _RADIUS * cos(furthest)


def around(point: Point, within: float) -> Box:
    """A box in which everything lies that is within so many metres of the point."""
    x, y = on_plane(point)
    reach = round(within / scale(point, within)) + _ROUNDED
    return Box(x - reach, y - reach, x + reach, y + reach)


def no_nearer_than(on_the_plane: float, scale: float) -> float:
    """What lies so far away on the plane is no nearer than this on the ground, in metres."""
    return max(0.0, on_the_plane - _ROUNDED) * scale
