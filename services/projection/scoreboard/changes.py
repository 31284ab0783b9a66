"""What each event changes in an enterprise's facts, in whatever order they are entered."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from contracts.enterprise import (
    AccompanimentEnded,
    AccompanimentStarted,
    BaselineEntered,
    EnterpriseClosed,
    EnterpriseDescribed,
    EnterpriseLeft,
    EnterpriseMerged,
    EnterpriseMoved,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    JointUnionJoined,
    JointUnionLeft,
    MembersReported,
    PlanLeft,
    PlanOpened,
    PlanStruckOff,
    ShellFlagged,
    ShellRectified,
    UnionDissolved,
    VisitHeld,
    VisitOverdue,
    VisitOverdueWithdrawn,
    WillStated,
)
from contracts.event import Event
from eventing.fold import replace
from services.projection.scoreboard.counting import Lasting, OfDay
from services.projection.scoreboard.row import (
    Counted,
    Described,
    EnterpriseRow,
    Membership,
    Placed,
    Reported,
    Spell,
)

_NEXT = timedelta(days=1)


def entered(facts: tuple[OfDay, ...], fact: OfDay) -> tuple[OfDay, ...]:
    """With this one in its place by its day; what was told of that day before is replaced."""
    if not facts or facts[-1].day < fact.day:
        return (*facts, fact)
    return tuple(sorted([*(one for one in facts if one.day != fact.day), fact], key=lambda one: one.day))


def ended(spells: tuple[Lasting, ...], on: date) -> tuple[Lasting, ...]:
    """With what goes on ended by that day; one that had not begun by then was never there."""
    if not spells or spells[-1].until is not None:
        return spells
    return (*spells[:-1], replace(spells[-1], until=max(on, spells[-1].since)))


def begun(spells: tuple[Lasting, ...], spell: Lasting) -> tuple[Lasting, ...]:
    """With this one, in the place of what went on before."""
    return (*ended(spells, spell.since), spell)


def _registered(row: EnterpriseRow, event: EnterpriseRegistered) -> EnterpriseRow:
    day = event.registered_on
    goes_on = bool(row.listed) and row.listed[-1].until is None
    listed = (*(row.listed[:-1] if goes_on else row.listed), Spell(day, None))
    described = entered(row.described, Described(day, event.name, event.ownership))
    placed = entered(row.placed, Placed(day, event.county, event.union))
    return replace(row, listed=listed, described=described, placed=placed, union_id=placed[-1].union)


def _moved(row: EnterpriseRow, event: EnterpriseMoved) -> EnterpriseRow:
    placed = entered(row.placed, Placed(event.moved_on, event.county, event.union))
    return replace(row, placed=placed, union_id=placed[-1].union)


def _described(row: EnterpriseRow, event: EnterpriseDescribed) -> EnterpriseRow:
    described = Described(event.described_on, event.name, event.ownership)
    return replace(row, described=entered(row.described, described))


def _surveyed(row: EnterpriseRow, event: EnterpriseSurveyed) -> EnterpriseRow:
    counted = Counted(event.surveyed_on, event.labour_contracts, event.dispatched, event.size_class)
    return replace(row, counted=entered(row.counted, counted))


def _unionized(row: EnterpriseRow, event: EnterpriseUnionized) -> EnterpriseRow:
    return replace(row, unions=begun(row.unions, Membership(event.approved_on, None, event.form, event.members)))


def _joined(row: EnterpriseRow, event: JointUnionJoined) -> EnterpriseRow:
    return replace(row, units=begun(row.units, Membership(event.joined_on, None, event.form, event.members)))


def _reported(row: EnterpriseRow, event: MembersReported) -> EnterpriseRow:
    year, month = map(int, event.month.split("-"))
    reported = Reported(date(year, month, monthrange(year, month)[1]), event.members)
    return replace(row, reported=entered(row.reported, reported))


def _no_longer_listed(row: EnterpriseRow, on: date) -> EnterpriseRow:
    return replace(row, listed=ended(row.listed, on))


def _visit_settled(row: EnterpriseRow, on: date) -> EnterpriseRow:
    """A visit or another will: a visit held in time was never overdue."""
    return replace(row, overdue=ended(row.overdue, on)) if row.overdue else row


CHANGES: Mapping[type[Event], Callable[[EnterpriseRow, Any], EnterpriseRow]] = {
    EnterpriseRegistered: _registered,
    EnterpriseDescribed: _described,
    EnterpriseMoved: _moved,
    EnterpriseClosed: lambda row, event: _no_longer_listed(row, event.closed_on),
    EnterpriseMerged: lambda row, event: _no_longer_listed(row, event.merged_on),
    EnterpriseLeft: lambda row, event: _no_longer_listed(row, event.left_on),
    EnterpriseSurveyed: _surveyed,
    EnterpriseUnionized: _unionized,
    UnionDissolved: lambda row, event: replace(row, unions=ended(row.unions, event.dissolved_on)),
    JointUnionJoined: _joined,
    JointUnionLeft: lambda row, event: replace(row, units=ended(row.units, event.left_on)),
    MembersReported: _reported,
    ShellFlagged: lambda row, event: replace(row, shells=begun(row.shells, Spell(event.flagged_on, None))),
    ShellRectified: lambda row, event: replace(row, shells=ended(row.shells, event.rectified_on)),
    BaselineEntered: lambda row, event: replace(row, baseline_on=event.closed_on),
    VisitOverdue: lambda row, event: replace(row, overdue=begun(row.overdue, Spell(event.due_on + _NEXT, None))),
    VisitHeld: lambda row, event: _visit_settled(row, event.held_on),
    VisitOverdueWithdrawn: lambda row, event: _visit_settled(row, event.held_on),
    WillStated: lambda row, event: _visit_settled(row, event.stated_on),
    PlanOpened: lambda row, event: replace(row, plans=begun(row.plans, Spell(event.opened_on, None))),
    PlanStruckOff: lambda row, event: replace(row, plans=ended(row.plans, event.checked_on)),
    PlanLeft: lambda row, event: replace(row, plans=ended(row.plans, event.left_on)),
    AccompanimentStarted: lambda row, event: replace(
        row, alongside=begun(row.alongside, Spell(event.approved_on, None))
    ),
    AccompanimentEnded: lambda row, event: replace(row, alongside=ended(row.alongside, event.ended_on + _NEXT)),
}
"""The last of the 60 days counts; so does no day on which an overdue visit was held."""
