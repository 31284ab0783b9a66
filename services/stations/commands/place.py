"""A place as somebody gives it: by latitude, longitude, and the datum that these go by."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from contracts.places import Latitude, Longitude, Point
from services.stations.geography import from_gcj02


class Datum(StrEnum):
    """What positions go by."""

    WGS84 = "wgs84"
    """GPS, as stored."""
    GCJ02 = "gcj02"
    """Chinese maps (火星坐标)."""


class Place(BaseModel):
    """The datum is never guessed: the two lie some 500 m apart."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    lat: Latitude
    lon: Longitude
    datum: Datum

    @property
    def point(self) -> Point:
        """As it stands in events."""
        if self.datum is Datum.GCJ02:
            return from_gcj02(self.lat, self.lon)
        return Point(lat=self.lat, lon=self.lon)
