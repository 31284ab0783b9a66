"""Which county and town may a fact be entered under?"""

from datetime import date

from contracts import regions
from contracts.regions import Level, UnknownRegion
from eventing.refusal import Invalid


def must_be_a_county(county: str, on: date, field: str = "county") -> None:
    """Of that day's list of regions. Raises `Invalid`."""
    if regions.level(county) is not Level.COUNTY:
        raise Invalid("not_a_county", field, county=county)
    try:
        regions.check_region(county, on)
    except UnknownRegion as ended:
        if ended.successor is None:
            raise Invalid("county_not_valid", field, county=county, on=on) from ended
        raise Invalid("county_replaced", field, county=county, since=ended.since, successor=ended.successor) from ended


def must_be_in(county: str, town: str | None, field: str = "town") -> None:
    """A town, subdistrict or park is of the list of its county. Raises `Invalid`."""
    if town is not None and not town.startswith(f"t-{county}-"):
        raise Invalid("town_elsewhere", field, town=town, county=county)
