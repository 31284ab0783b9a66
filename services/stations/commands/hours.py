"""When a station opens (开放时间)."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from contracts.stations import OpeningException, OpeningTime, OpenOn
from contracts.vocabulary import Day, TimeOfDay
from services.stations.commands.stations import StationCommand

Opens = Annotated[str, Field(pattern=r"^(?:[01][0-9]|2[0-3]):[0-5][0-9]$", examples=["08:00"])]
"""A time of day in China at which something begins: 00:00 to 23:59."""


class AskedTime(BaseModel):
    """A time of opening. One that doesn't close after it opens goes on over midnight; 00:00 to 24:00 is all day."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    on: OpenOn
    """One weekday, or China's working days, make-up days among them."""
    opens: Opens
    closes: TimeOfDay

    @property
    def entered(self) -> OpeningTime:
        return OpeningTime(on=self.on, opens=self.opens, closes=self.closes)


class AskedException(BaseModel):
    """One day on which it opens at another time, or, with neither, not at all."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    day: Day
    opens: Opens | None = None
    closes: TimeOfDay | None = None

    @property
    def entered(self) -> OpeningException:
        return OpeningException(day=self.day, opens=self.opens, closes=self.closes)


class SetOpeningHours(StationCommand):
    """开放时间: enter all of its opening hours, in place of those before."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "station": "s-330110-001",
                    "times": [
                        {"on": "working_days", "opens": "08:00", "closes": "20:00"},
                        {"on": "saturday", "opens": "22:00", "closes": "06:00"},
                    ],
                    "exceptions": [{"day": "2025-06-09"}],
                    "since": "2025-06-02",
                }
            ]
        }
    )

    times: Annotated[tuple[AskedTime, ...], Field(max_length=28)]
    exceptions: Annotated[tuple[AskedException, ...], Field(max_length=60)] = ()
    since: Day
