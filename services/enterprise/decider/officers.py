"""Which officer is responsible (责任人) for an enterprise?"""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.enterprise import OfficerAssigned
from eventing.dates import must_have_happened
from eventing.decision import StreamKind
from eventing.moment import Moment
from eventing.refusal import Refused
from services.enterprise.commands import AssignOfficer
from services.enterprise.decider.enterprise import (
    Applied,
    Enterprise,
    Gone,
    Listed,
    Reluctant,
    Surveyed,
    Unionized,
    Unknown,
    Willing,
    gone,
    responsible,
    unknown,
)
from services.enterprise.decider.entry import Entry


@dataclass(frozen=True, slots=True)
class Unassigned:
    """Nobody in particular."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """The officer named last, by the union that looked after the enterprise then."""

    last: OfficerAssigned


Charge = Unassigned | Assigned


def evolve(_: Charge, event: OfficerAssigned) -> Charge:
    return Assigned(event)


CHARGE: StreamKind[Charge] = StreamKind("charge", Unassigned(), evolve)


def assign(command: AssignOfficer, state: Charge, enterprise: Enterprise, moment: Moment) -> Sequence[OfficerAssigned]:
    """Also reads the enterprise: the officer answers to the union that looks after it now."""
    entry = _entry(command, enterprise)
    if command.instead_of is not None and not _is_in_charge(command.instead_of, state, entry):
        return []  # it has gone to somebody else meanwhile
    match state:
        case Unassigned():
            return _assign(command, entry, moment)
        case Assigned(last):
            if _is_in_charge(command.officer, state, entry):
                return []
            if command.assigned_on < last.assigned_on:
                raise Refused("officer_assigned_later", "assigned_on", assigned_on=last.assigned_on)
            return _assign(command, entry, moment)


def owner(command: AssignOfficer, _: Charge, enterprise: Enterprise) -> str | None:
    """The union that looks after the enterprise."""
    return responsible(command, enterprise)


def _is_in_charge(officer: str, state: Charge, entry: Entry) -> bool:
    """Whoever was responsible in another county, from which it moved away, is it no more."""
    return isinstance(state, Assigned) and (state.last.officer, state.last.union) == (officer, entry.union)


def _entry(command: AssignOfficer, enterprise: Enterprise) -> Entry:
    match enterprise:
        case Unknown():
            raise unknown(command)
        case Gone():
            raise gone(enterprise)
        case Listed() | Surveyed() | Reluctant() | Willing() | Applied() | Unionized():
            return enterprise.entry


def _assign(command: AssignOfficer, entry: Entry, moment: Moment) -> Sequence[OfficerAssigned]:
    must_have_happened(command.assigned_on, "assigned_on", moment)
    return [
        OfficerAssigned(
            enterprise=command.enterprise,
            officer=command.officer,
            union=entry.union,
            assigned_on=command.assigned_on,
        )
    ]
