"""An inspection of a station (巡查)."""

from typing import Annotated

from pydantic import ConfigDict, Field, Strict

from contracts.vocabulary import Day
from services.stations.commands.stations import StationCommand


class InspectStation(StationCommand):
    """巡查驿站: enter what was found at a time at which it should be open; again for that day: this holds."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"station": "s-330110-001", "inspected_on": "2025-05-16", "found_open": True, "points": 92}]
        }
    )

    inspected_on: Day
    found_open: bool
    points: Annotated[int, Strict(), Field(ge=0, le=100)]
    """Of 100, by the district's own list."""
