"""Points on the map: latitude and longitude by WGS-84, as they stand in events."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, Strict

_DIGITS = 6
"""Of a degree: 0.1 m."""


def _rounded(degrees: float) -> float:
    return round(degrees, _DIGITS)


Latitude = Annotated[float, Strict(False), Field(ge=3.0, le=54.0, allow_inf_nan=False), AfterValidator(_rounded)]
"""Degrees north. China's end before 54, its longitudes begin after 73: one that was swapped is outside."""

Longitude = Annotated[float, Strict(False), Field(ge=73.0, le=136.0, allow_inf_nan=False), AfterValidator(_rounded)]
"""Degrees east."""


class Point(BaseModel):
    """A place, by WGS-84 to six digits."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    lat: Latitude
    lon: Longitude
