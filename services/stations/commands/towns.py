"""The district's own list of towns, subdistricts and platforms (镇街/平台)."""

from typing import Annotated

from pydantic import ConfigDict, Field, Strict

from contracts.stations import TownKind
from contracts.vocabulary import AskedName, Day, Headcount, TownId
from eventing.decision import Command
from services.stations.commands.place import Place


class TownCommand(Command):
    """Asked about one town. Its district is in its id."""

    town: TownId

    @property
    def district(self) -> str:
        return self.town[2:8]


class ListTown(TownCommand):
    """列入镇街名单: put it on the district's list, or enter its particulars anew."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "town": "t-330110-01",
                    "name": "余杭街道",
                    "kind": "subdistrict",
                    "centre": {"lat": 30.2741, "lon": 119.9785, "datum": "wgs84"},
                    "reach_m": 9000,
                    "listed_on": "2025-01-06",
                }
            ]
        }
    )

    name: AskedName
    kind: TownKind
    centre: Place
    reach_m: Annotated[int, Strict(), Field(ge=100, le=60_000)]
    """Metres from its centre within which all of it lies."""
    listed_on: Day


class DelistTown(TownCommand):
    """移出镇街名单: take it off the list."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"town": "t-330110-01", "delisted_on": "2025-06-30"}]})

    delisted_on: Day


class CountOutdoorWorkers(TownCommand):
    """户外劳动者人数: enter how many work outdoors there."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"town": "t-330110-01", "workers": 1200, "counted_on": "2025-03-31"}]}
    )

    workers: Headcount
    counted_on: Day
