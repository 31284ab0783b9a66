"""Where does an enterprise count from a day on, and how does it leave the list? (迁移、注销、合并、迁出)"""

from collections.abc import Sequence
from datetime import date

from contracts import regions
from contracts.enterprise import EnterpriseClosed, EnterpriseEvent, EnterpriseLeft, EnterpriseMerged, EnterpriseMoved
from contracts.regions import Level
from eventing.dates import must_have_happened
from eventing.moment import Moment
from eventing.places import must_be_a_county
from eventing.refusal import Invalid, NotFound, Refused
from services.enterprise.commands import (
    CloseEnterprise,
    EnterpriseCommand,
    LeaveProvince,
    MergeEnterprise,
    MoveEnterprise,
)
from services.enterprise.decider.enterprise import Enterprise, Gone, Unknown, gone, unknown
from services.enterprise.decider.entry import Entry
from services.enterprise.decider.places import must_be_another, must_found_unions
from services.enterprise.ends import EndEvent


def move(command: MoveEnterprise, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    match state:
        case Unknown():
            raise unknown(command)
        case Gone():
            raise gone(state)
        case _:
            return _move(command, state.entry, moment)


def close(command: CloseEnterprise, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    closed = EnterpriseClosed(enterprise=command.enterprise, reason=command.reason, closed_on=command.closed_on)
    if _is_new(command, state, closed, command.closed_on, "closed_on", moment):
        return [closed]
    return []


def merge(command: MergeEnterprise, state: Enterprise, into: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    merged = EnterpriseMerged(enterprise=command.enterprise, into=command.into, merged_on=command.merged_on)
    must_be_another(command.into, "into", command.enterprise)
    if not _is_new(command, state, merged, command.merged_on, "merged_on", moment):
        return []
    match into:
        case Unknown():
            raise NotFound("enterprise_unknown", "into", enterprise=command.into)
        case Gone():
            raise Refused("merged_into_nothing", "into", into=command.into, ended_on=into.ended_on)
        case _:
            return [merged]


def leave(command: LeaveProvince, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    left = EnterpriseLeft(
        enterprise=command.enterprise, province=command.province, reason=command.reason, left_on=command.left_on
    )
    if not _is_new(command, state, left, command.left_on, "left_on", moment):
        return []
    if regions.level(command.province) is not Level.PROVINCE:
        raise Invalid("not_a_province", "province", province=command.province)
    if not isinstance(state, Unknown) and regions.contains(command.province, state.entry.county):
        raise Refused("same_province", "province", province=command.province, county=state.entry.county)
    return [left]


def responsible_for_the_first(_: EnterpriseCommand, state: Enterprise, __: Enterprise) -> str | None:
    """The union of the enterprise that is changed; the other one stays as it is."""
    return None if isinstance(state, Unknown) else state.entry.union


def _is_new(
    command: EnterpriseCommand, state: Enterprise, end: EndEvent, day: date, field: str, moment: Moment
) -> bool:
    """Whether it may end like that; false: it has done so. Raises `Refused`."""
    match state:
        case Unknown():
            raise unknown(command)
        case Gone() if state.end == end:
            return False
        case Gone():
            raise gone(state)
        case _:
            must_have_happened(day, field, moment)
            _must_not_precede(day, field, state.entry)
            return True


def _move(command: MoveEnterprise, entry: Entry, moment: Moment) -> Sequence[EnterpriseEvent]:
    must_have_happened(command.moved_on, "moved_on", moment)
    if command.county == entry.county:
        if (command.union, command.moved_on) == (entry.union, entry.here_since):
            return []
        raise Refused("here_already", "county", county=entry.county, union=entry.union, since=entry.here_since)
    _must_not_precede(command.moved_on, "moved_on", entry)
    must_be_a_county(command.county, command.moved_on)
    must_found_unions(command.union, command.moved_on, moment)
    if command.county[:2] != entry.county[:2]:
        raise Refused("another_province", "county", county=command.county)
    return [
        EnterpriseMoved(
            enterprise=command.enterprise, county=command.county, union=command.union, moved_on=command.moved_on
        )
    ]


def _must_not_precede(day: date, field: str, entry: Entry) -> None:
    if day < entry.here_since:
        raise Refused("before_its_entry", field, day=day, since=entry.here_since)
