"""When is the visit to a willing enterprise in time, and who is told when it isn't? (入企深谈)"""

from collections.abc import Sequence
from datetime import date

from contracts.enterprise import (
    EnterpriseEvent,
    VisitDueMoved,
    VisitHeld,
    VisitOverdue,
    VisitOverdueEscalated,
    VisitOverdueWithdrawn,
)
from eventing.dates import must_have_happened
from eventing.moment import Moment
from eventing.refusal import Refused
from eventing.superiors import next_up
from services.enterprise.commands import (
    EscalateVisit,
    HoldVisit,
    MarkVisitOverdue,
    MoveVisitDue,
)
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
    unknown,
)
from services.enterprise.decider.pauses import promised, resumed
from services.enterprise.decider.visit_clock import Awaited, Escalated, Held, Overdue, Paused, Visit


def hold(command: HoldVisit, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    match state:
        case Unknown():
            raise unknown(command)
        case Gone():
            raise gone(state)
        case Listed() | Surveyed():
            raise Refused("not_willing")
        case Reluctant(said=said) if command.held_on > said.stated_on:
            raise Refused("not_willing")
        case Unionized(approval=approval) if command.held_on > approval.approved_on:
            raise Refused("union_exists", approved_on=approval.approved_on)
        case Reluctant() | Willing() | Applied() | Unionized():
            return _hold(command, state.visit, moment)


def move_due(command: MoveVisitDue, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    match state:
        case Unknown():
            raise unknown(command)
        case Willing(visit=Awaited() as visit) | Applied(visit=Awaited() as visit):
            due = promised(visit.counted_from, moment)
            if (due.on, due.provisional) == (visit.due_on, visit.provisional):
                return []
            return [VisitDueMoved(enterprise=command.enterprise, visit_due_on=due.on, provisional=due.provisional)]
        case _:
            return []


def mark_overdue(command: MarkVisitOverdue, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    match state:
        case Unknown():
            raise unknown(command)
        case Willing(visit=Awaited() as visit) | Applied(visit=Awaited() as visit):
            return _mark_overdue(command, visit, state.entry.union, moment)
        case _:
            return []  # visited, or no longer waited for


def escalate(command: EscalateVisit, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    match state:
        case Unknown():
            raise unknown(command)
        case Willing(visit=Overdue() as visit) | Applied(visit=Overdue() as visit):
            return _escalate(command, visit, moment)
        case _:
            return []  # visited, no longer waited for, or told already


def _hold(command: HoldVisit, visit: Visit | None, moment: Moment) -> Sequence[EnterpriseEvent]:
    match visit:
        case Awaited() | Paused() | Overdue() | Escalated():
            if command.held_on < visit.stated_on:
                raise Refused("visited_before_will", "held_on", stated_on=visit.stated_on)
            must_have_happened(command.held_on, "held_on", moment)
            due_on = _due_on(visit, command.held_on, moment)
            held = VisitHeld(enterprise=command.enterprise, held_on=command.held_on, due_on=due_on)
            if isinstance(visit, Overdue | Escalated) and command.held_on <= due_on:
                return [held, _withdrawn(held)]
            return [held]
        case Held(held_on) if held_on == command.held_on:
            return []
        case Held(held_on):
            raise Refused("visited_already", "held_on", held_on=held_on)
        case None:
            raise Refused("not_willing")


def _due_on(visit: Awaited | Paused | Overdue | Escalated, held_on: date, moment: Moment) -> date:
    """A visit that is held while the clock stands still makes it go on that day, and is in time."""
    if isinstance(visit, Paused) and held_on >= visit.pause.paused_on:
        return resumed(visit, held_on, moment).visit_due_on
    return visit.due_on


def _withdrawn(held: VisitHeld) -> VisitOverdueWithdrawn:
    return VisitOverdueWithdrawn(enterprise=held.enterprise, held_on=held.held_on, due_on=held.due_on)


def _mark_overdue(command: MarkVisitOverdue, visit: Awaited, union: str, moment: Moment) -> Sequence[EnterpriseEvent]:
    if command.due_on <= (visit.resumed_on or visit.stated_on):
        return []  # an earlier clock's: it was paused since, or the enterprise has changed its mind twice
    if command.due_on >= moment.today:
        raise Refused("not_due_yet", "due_on", due_on=command.due_on)
    return [VisitOverdue(enterprise=command.enterprise, due_on=command.due_on, told=next_up(union, moment))]


def _escalate(command: EscalateVisit, visit: Overdue, moment: Moment) -> Sequence[EnterpriseEvent]:
    if command.escalated_after <= visit.due_on:
        return []  # an earlier clock's
    if command.escalated_after >= moment.today:
        raise Refused("not_due_yet", "escalated_after", due_on=command.escalated_after)
    return [
        VisitOverdueEscalated(
            enterprise=command.enterprise,
            due_on=visit.due_on,
            escalated_after=command.escalated_after,
            told=next_up(visit.told, moment),
        )
    ]
