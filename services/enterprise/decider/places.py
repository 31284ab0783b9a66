"""Which county, town and union may an enterprise be entered under?"""

from datetime import date

from contracts import regions
from contracts.regions import Level, UnknownRegion
from contracts.unions import UnionKind, UnknownUnion
from eventing.moment import Moment
from eventing.refusal import Invalid

FOUNDS_NOTHING = frozenset({UnionKind.FEDERATION, UnionKind.JOINT, UnionKind.GRASS_ROOTS})
"""They have no union below them to approve (docs/domain.md 1, 'What counts')."""


def must_be_a_county(county: str, on: date) -> None:
    """Of that day's list of regions. Raises `Invalid`."""
    if regions.level(county) is not Level.COUNTY:
        raise Invalid("not_a_county", "county", county=county)
    try:
        regions.check_region(county, on)
    except UnknownRegion as ended:
        if ended.successor is None:
            raise Invalid("county_not_valid", "county", county=county, on=on) from ended
        raise Invalid(
            "county_replaced", "county", county=county, since=ended.since, successor=ended.successor
        ) from ended


def must_be_in(county: str, town: str | None) -> None:
    """A town, subdistrict or park is of the list of its county. Raises `Invalid`."""
    if town is not None and not town.startswith(f"t-{county}-"):
        raise Invalid("town_elsewhere", "town", town=town, county=county)


def must_found_unions(union: str, on: date, moment: Moment) -> None:
    """Raises `Invalid` for a union that isn't in that day's directory, or that approves none."""
    try:
        kind = moment.unions.get(union, on).kind
    except UnknownUnion as unknown:
        raise Invalid("union_unknown", "union", union=union, on=on) from unknown
    if kind in FOUNDS_NOTHING:
        raise Invalid("union_founds_nothing", "union", union=union)


def must_be_another(other: str | None, field: str, enterprise: str) -> None:
    """An enterprise is neither its own branch nor merged into itself. Raises `Invalid`."""
    if other == enterprise:
        raise Invalid("names_itself", field, enterprise=enterprise)
