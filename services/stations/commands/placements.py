"""Where a cabin stands, from when to when (移动驿站投放)."""

from pydantic import ConfigDict

from contracts.places import Point
from contracts.vocabulary import Day, TownId
from services.stations.commands.place import AskedLatitude, AskedLongitude, Datum
from services.stations.commands.stations import StationCommand


class PlaceCabin(StationCommand):
    """投放小木屋: place a cabin in a town, or enter that placing anew (same town, same day)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "station": "s-330110-049",
                    "town": "t-330110-01",
                    "lat": 30.2745,
                    "lon": 119.9801,
                    "datum": "gcj02",
                    "placed_on": "2025-05-06",
                    "until": "2025-09-01",
                }
            ]
        }
    )

    town: TownId
    lat: AskedLatitude
    lon: AskedLongitude
    datum: Datum
    placed_on: Day
    until: Day | None = None
    """The first day on which it stands there no more; left out: not known."""

    @property
    def point(self) -> Point:
        """As it stands in events."""
        return self.datum.means(self.lat, self.lon)


class RemoveCabin(StationCommand):
    """撤走小木屋: it stands there no more; closed until it is placed anew."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"station": "s-330110-049", "removed_on": "2025-06-16"}]})

    removed_on: Day
    town: TownId | None = None
    """Where it stands; needed only to take it away again from where it came on the very day that it left another."""
