"""Which region may be asked about, and where a county counts today that was recorded under an earlier code."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from contracts import regions
from contracts.region_list import codes_below, successors
from contracts.regions import UnknownRegion
from contracts.unions import UnknownUnion
from eventing.identity import Actor
from eventing.moment import Moment
from eventing.refusal import Forbidden, Invalid
from services.projection.scoreboard import city_of


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


@lru_cache(maxsize=512)
def lines(region: str, on: date) -> Mapping[str, str]:
    """Every code under which something may have been recorded that counts in the region on that day, and the line of
    its board that it belongs to: the region right below, or the region itself for what was recorded there.

    Everywhere a county goes by the code that it has become: nothing vanishes with an ended code, and the children add
    up to the region (but for what was recorded at the region itself).
    """
    found = {}
    for code in {*codes_below(region[:2]), *successors()}:
        if _counts_somewhere(code, on) and regions.contains(region, county := counts_in(code, on)):
            found[code] = child_with(region, county) or region
    return found


@lru_cache(maxsize=512)
def summed(region: str, on: date) -> Mapping[str, str]:
    """The same lines by the places of the cells that a board adds up: a city's, where all that may have been recorded
    under its digits counts in one line; else its counties'."""
    found: dict[str, str] = {}
    cities = defaultdict[str, dict[str, str]](dict)
    for code, line in lines(region, on).items():
        cities[city_of(code)][code] = line
    for city, of in cities.items():
        whole = of.keys() == {code for code in codes_below(city) if _counts_somewhere(code, on)}
        found |= {city: next(iter(of.values()))} if whole and len(set(of.values())) == 1 else of
    return found


def child_with(region: str, inner: str) -> str | None:
    """The region right below `region` in which `inner` lies, standing or ended; None if it lies in none."""
    at = inner
    while at != region and (above := regions.parent(at)) is not None:
        if above == region:
            return at
        at = above
    return None


def _counts_somewhere(code: str, on: date) -> bool:
    try:
        return bool(counts_in(code, on))
    except UnknownRegion:
        return False  # a collective heading


def _area(union: str, moment: Moment) -> str:
    try:
        area = moment.unions.get(union, moment.today).area
    except UnknownUnion as unknown:
        raise Forbidden("your_union_unknown", union=union, on=moment.today) from unknown
    if area is None:
        raise Forbidden("union_without_area", union=union)
    return counts_in(area, moment.today)
