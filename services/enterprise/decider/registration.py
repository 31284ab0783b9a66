"""May an enterprise be put on the list, by this union and in this county? (摸底建档)"""

from collections.abc import Sequence
from datetime import date

from contracts import regions
from contracts.enterprise import EnterpriseEvent, EnterpriseRegistered
from contracts.regions import Level, UnknownRegion
from contracts.unions import UnionKind, UnknownUnion
from eventing.moment import Moment
from eventing.refusal import Invalid, Refused
from services.enterprise.commands import RegisterEnterprise
from services.enterprise.decider.dates import must_have_happened
from services.enterprise.decider.enterprise import Enterprise, Unknown

FOUNDS_NOTHING = frozenset({UnionKind.FEDERATION, UnionKind.JOINT, UnionKind.GRASS_ROOTS})
"""They have no union below them to approve (docs/domain.md 1, 'What counts')."""


def register(command: RegisterEnterprise, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    if isinstance(state, Unknown):
        return _register(command, moment)
    if _entry(command, command.registered_on or state.entry.registered_on) == state.entry:
        return []  # asked twice: nothing new happened
    raise Refused("registered_already", "enterprise", union=state.entry.union, registered_on=state.entry.registered_on)


def owner(command: RegisterEnterprise, _: Enterprise) -> str:
    """Nobody puts an enterprise on another's list."""
    return command.union


def _register(command: RegisterEnterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    on = command.registered_on or moment.today
    must_have_happened(on, "registered_on", moment)
    _must_be_a_county(command.county, on)
    _must_found_unions(command.union, on, moment)
    return [_entry(command, on)]


def _entry(command: RegisterEnterprise, on: date) -> EnterpriseRegistered:
    return EnterpriseRegistered(
        enterprise=command.enterprise,
        name=command.name,
        ownership=command.ownership,
        county=command.county,
        union=command.union,
        registered_on=on,
    )


def _must_be_a_county(county: str, on: date) -> None:
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


def _must_found_unions(union: str, on: date, moment: Moment) -> None:
    try:
        kind = moment.unions.get(union, on).kind
    except UnknownUnion as unknown:
        raise Invalid("union_unknown", "union", union=union, on=on) from unknown
    if kind in FOUNDS_NOTHING:
        raise Invalid("union_founds_nothing", "union", union=union)
