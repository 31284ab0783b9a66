"""May an enterprise be put on the list, by this union and in this county, and described anew? (摸底建档、变更)"""

from collections.abc import Sequence
from datetime import date

from contracts.enterprise import EnterpriseDescribed, EnterpriseEvent, EnterpriseRegistered
from eventing.dates import must_have_happened
from eventing.moment import Moment
from eventing.places import must_be_a_county, must_be_in
from eventing.refusal import Refused
from services.enterprise.commands import DescribeEnterprise, RegisterEnterprise
from services.enterprise.decider.enterprise import Enterprise, Gone, Unknown, gone, unknown
from services.enterprise.decider.entry import Entry
from services.enterprise.decider.places import must_be_another, must_found_unions


def register(command: RegisterEnterprise, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    if isinstance(state, Unknown):
        return _register(command, moment)
    entry = state.entry
    if _entry(command, command.registered_on or entry.registered_on) == entry.registered:
        return []  # asked twice: nothing new happened
    raise Refused(
        "registered_already",
        "enterprise",
        enterprise=command.enterprise,
        union=entry.union,
        registered_on=entry.registered_on,
    )


def describe(command: DescribeEnterprise, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    match state:
        case Unknown():
            raise unknown(command)
        case Gone():
            raise gone(state)
        case _:
            return _describe(command, state.entry, moment)


def owner(command: RegisterEnterprise, _: Enterprise) -> str:
    """Nobody puts an enterprise on another's list."""
    return command.union


def described(entry: Entry, on: date) -> EnterpriseDescribed:
    """The particulars of the entry, as said on that day."""
    return EnterpriseDescribed(
        enterprise=entry.enterprise,
        name=entry.name,
        ownership=entry.ownership,
        industry=entry.industry,
        town=entry.town,
        parent=entry.parent,
        described_on=on,
    )


def _register(command: RegisterEnterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    on = command.registered_on or moment.today
    must_have_happened(on, "registered_on", moment)
    must_be_a_county(command.county, on)
    must_found_unions(command.union, on, moment)
    must_be_in(command.county, command.town)
    must_be_another(command.parent, "parent", command.enterprise)
    return [_entry(command, on)]


def _entry(command: RegisterEnterprise, on: date) -> EnterpriseRegistered:
    return EnterpriseRegistered(
        enterprise=command.enterprise,
        name=command.name,
        ownership=command.ownership,
        county=command.county,
        union=command.union,
        registered_on=on,
        industry=command.industry,
        town=command.town,
        parent=command.parent,
    )


def _describe(command: DescribeEnterprise, entry: Entry, moment: Moment) -> Sequence[EnterpriseEvent]:
    anew = EnterpriseDescribed(
        enterprise=command.enterprise,
        name=command.name,
        ownership=command.ownership,
        industry=command.industry,
        town=command.town,
        parent=command.parent,
        described_on=command.described_on,
    )
    if anew == described(entry, command.described_on):
        return []  # it is so already
    must_have_happened(command.described_on, "described_on", moment)
    if command.described_on < entry.described_on:
        raise Refused("newer_particulars_known", "described_on", known_on=entry.described_on)
    must_be_in(entry.county, command.town)
    must_be_another(command.parent, "parent", command.enterprise)
    return [anew]
