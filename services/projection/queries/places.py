"""Which region may be asked about, and where a county counts today that was recorded under an earlier code."""

from datetime import date

from contracts import regions
from contracts.regions import UnknownRegion
from contracts.unions import UnknownUnion
from eventing.identity import Actor
from eventing.moment import Moment
from eventing.refusal import Forbidden, Invalid


def must_be_yours(region: str, actor: Actor, moment: Moment) -> None:
    """Raises `Invalid` for what is no region today, `Forbidden` for one outside the area of the actor's union."""
    try:
        regions.check_region(region, moment.today)
    except UnknownRegion as wrong:
        # The shell has a text for each reason.
        raise Invalid(f"region_{wrong.reason}", "region", since=wrong.since, successor=wrong.successor) from wrong
    area = _area(actor.union, moment)
    if not regions.contains(area, region):
        raise Forbidden("not_your_region", "region", region=region, union=actor.union, area=area)


def counts_in(county: str, on: date) -> str:
    """The code under which a county counts on that day: its own, or that of the one region that came in its place."""
    return regions.successor(county, on) or county


def child_with(region: str, inner: str) -> str | None:
    """The region right below `region` in which `inner` lies, standing or ended; None if it lies in none."""
    at = inner
    while at != region and (above := regions.parent(at)) is not None:
        if above == region:
            return at
        at = above
    return None


def prefix(region: str) -> str:
    """What the codes in a region begin with. By digit pairs: 500000 ends in five zeros and yet begins with 50."""
    while region.endswith("00") and len(region) > 2:
        region = region[:-2]
    return region


def _area(union: str, moment: Moment) -> str:
    try:
        area = moment.unions.get(union, moment.today).area
    except UnknownUnion as unknown:
        raise Forbidden("your_union_unknown", union=union, on=moment.today) from unknown
    if area is None:
        raise Forbidden("union_without_area", union=union)
    return counts_in(area, moment.today)
