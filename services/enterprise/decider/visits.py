"""When is the visit to a willing enterprise in time, and who is told when it isn't? (入企深谈)"""

from collections.abc import Sequence
from datetime import date

from contracts.enterprise import EnterpriseEvent, VisitHeld, VisitOverdue, VisitOverdueWithdrawn
from contracts.unions import UnknownUnion
from eventing.moment import Moment
from eventing.refusal import Refused
from services.enterprise.commands import HoldVisit, MarkVisitOverdue
from services.enterprise.decider.dates import must_have_happened
from services.enterprise.decider.enterprise import (
    Applied,
    Awaited,
    Enterprise,
    Gone,
    Held,
    Listed,
    Overdue,
    Reluctant,
    Surveyed,
    Unionized,
    Unknown,
    Visit,
    Willing,
    gone,
    unknown,
)


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


def mark_overdue(command: MarkVisitOverdue, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    match state:
        case Unknown():
            raise unknown(command)
        case Willing(visit=Awaited(since)) | Applied(visit=Awaited(since)):
            return _mark_overdue(command, since, state.entry.union, moment)
        case _:
            return []  # visited, or no longer waited for


def _hold(command: HoldVisit, visit: Visit | None, moment: Moment) -> Sequence[EnterpriseEvent]:
    match visit:
        case Awaited(since, due_on) | Overdue(since, due_on):
            if command.held_on < since:
                raise Refused("visited_before_will", "held_on", stated_on=since)
            must_have_happened(command.held_on, "held_on", moment)
            held = VisitHeld(enterprise=command.enterprise, held_on=command.held_on, due_on=due_on)
            if isinstance(visit, Overdue) and command.held_on <= due_on:
                return [held, _withdrawn(held)]
            return [held]
        case Held(held_on) if held_on == command.held_on:
            return []
        case Held(held_on):
            raise Refused("visited_already", "held_on", held_on=held_on)
        case None:
            raise Refused("not_willing")


def _withdrawn(held: VisitHeld) -> VisitOverdueWithdrawn:
    return VisitOverdueWithdrawn(enterprise=held.enterprise, held_on=held.held_on, due_on=held.due_on)


def _mark_overdue(command: MarkVisitOverdue, since: date, union: str, moment: Moment) -> Sequence[EnterpriseEvent]:
    if command.due_on <= since:
        return []  # an earlier clock's: the enterprise has changed its mind twice since
    if command.due_on >= moment.today:
        raise Refused("not_due_yet", "due_on", due_on=command.due_on)
    return [VisitOverdue(enterprise=command.enterprise, due_on=command.due_on, told=_next_up(union, moment))]


def _next_up(union: str, moment: Moment) -> str:
    """Where nobody is above, or the union has ended meanwhile, it is told itself."""
    try:
        return moment.unions.parent(union, moment.today) or union
    except UnknownUnion:
        return union
