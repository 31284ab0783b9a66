"""How many come in (客流)."""

from pydantic import ConfigDict

from contracts.vocabulary import Day, Headcount
from services.stations.commands.stations import StationCommand


class CountVisits(StationCommand):
    """客流计数: so many came in on that day; again for that day: this number holds."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"station": "s-330110-001", "day": "2025-05-16", "visits": 84}]}
    )

    day: Day
    visits: Headcount

    @property
    def month(self) -> str:
        return f"{self.day:%Y-%m}"
