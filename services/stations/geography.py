"""Where a point is: from one datum to the other, and how far from another point."""

from math import cos, degrees, hypot, pi, radians, sin, sqrt
from typing import Protocol

from geographiclib.geodesic import Geodesic

from contracts.places import Point

_AXIS, _ECCENTRICITY_SQUARED = 6378245.0, 0.00669342162296594323
"""Krasovsky's ellipsoid (1940), which GCJ-02 (火星坐标) is worked out on."""
_WGS84_AXIS, _WGS84_ECCENTRICITY_SQUARED = 6378137.0, 0.00669437999014


class Position(Protocol):
    """By WGS-84, in degrees."""

    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


def metres(one: Position, other: Position) -> float:
    """Along the ground, on the ellipsoid of WGS-84."""
    return float(Geodesic.WGS84.Inverse(one.lat, one.lon, other.lat, other.lon, Geodesic.DISTANCE)["s12"])


def near_metres(one: Position, other: Position) -> float:
    """The same for places that lie near to each other: true to 0.01 % up to 60 km, at a fiftieth of the cost."""
    middle = radians((one.lat + other.lat) / 2)
    bent = 1.0 - _WGS84_ECCENTRICITY_SQUARED * sin(middle) ** 2
    along_parallel = _WGS84_AXIS / sqrt(bent)
    along_meridian = along_parallel * (1.0 - _WGS84_ECCENTRICITY_SQUARED) / bent
    north, east = radians(other.lat - one.lat), radians(other.lon - one.lon)
    return hypot(along_meridian * north, along_parallel * cos(middle) * east)


def to_gcj02(place: Position) -> Point:
    """The same place on Chinese maps, some 500 m away."""
    lat, lon = _shifted(place.lat, place.lon)
    return _point(lat, lon)


def from_gcj02(lat: float, lon: float) -> Point:
    """The place that Chinese maps show there; found by going back until its own shift leads there (to 0.1 m)."""
    there = lat, lon
    for _ in range(8):
        shown = _shifted(*there)
        there = there[0] + lat - shown[0], there[1] + lon - shown[1]
    return _point(*there)


def _point(lat: float, lon: float) -> Point:
    """A shift may lead out of what a point takes. There is no land of China there: it stays at the edge."""
    return Point(lat=min(max(lat, 3.0), 54.0), lon=min(max(lon, 73.0), 136.0))


def _shifted(lat: float, lon: float) -> tuple[float, float]:
    x, y = lon - 105.0, lat - 35.0
    waves = 20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    north += 2.0 / 3.0 * (waves + 20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi))
    north += 2.0 / 3.0 * (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y / 30.0 * pi))
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east += 2.0 / 3.0 * (waves + 20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi))
    east += 2.0 / 3.0 * (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi))
    bent = 1.0 - _ECCENTRICITY_SQUARED * sin(radians(lat)) ** 2
    along_meridian = _AXIS * (1.0 - _ECCENTRICITY_SQUARED) / (bent * sqrt(bent))
    along_parallel = _AXIS / sqrt(bent) * cos(radians(lat))
    return lat + degrees(north / along_meridian), lon + degrees(east / along_parallel)
