"""A place as somebody gives it: by latitude, longitude, and the datum that these go by."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from contracts.places import Latitude, Longitude, Point
from services.stations.geography import Position, from_gcj02, to_gcj02


class Swapped(ValueError):
    """A longitude stands where the latitude should, or the other way round."""

    reason = "swapped"


def _no_longitude(degrees: object) -> object:
    return _unlike(degrees, 73.0, 136.0)


def _no_latitude(degrees: object) -> object:
    return _unlike(degrees, 3.0, 54.0)


def _unlike(degrees: object, least: float, most: float) -> object:
    """China's latitudes end before its longitudes begin: a number within the other's bounds was swapped."""
    try:
        swapped = least <= float(degrees) <= most  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return degrees  # no number: the field itself says so
    if swapped:
        raise Swapped
    return degrees


AskedLatitude = Annotated[Latitude, BeforeValidator(_no_longitude)]
"""Degrees north, as somebody gives it: a longitude is refused as swapped."""

AskedLongitude = Annotated[Longitude, BeforeValidator(_no_latitude)]
"""Degrees east, as somebody gives it: a latitude is refused as swapped."""


class Datum(StrEnum):
    """What positions go by."""

    WGS84 = "wgs84"
    """GPS, as stored."""
    GCJ02 = "gcj02"
    """Chinese maps (火星坐标)."""

    def shows(self, place: Position) -> Position:
        """The place as maps of this datum show it."""
        return to_gcj02(place) if self is Datum.GCJ02 else place

    def means(self, lat: float, lon: float) -> Point:
        """The place that these degrees mean, as it stands in events."""
        return from_gcj02(lat, lon) if self is Datum.GCJ02 else Point(lat=lat, lon=lon)


class Place(BaseModel):
    """The datum is never guessed: the two lie some 500 m apart."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    lat: AskedLatitude
    lon: AskedLongitude
    datum: Datum

    @property
    def point(self) -> Point:
        """As it stands in events."""
        return self.datum.means(self.lat, self.lon)
