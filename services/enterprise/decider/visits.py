"""When is the visit to a willing enterprise in time, and who is told when it isn't? (入企深谈)"""

from collections.abc import Sequence
from datetime import date

from contracts.enterprise import (
    EnterpriseEvent,
    VisitClockPaused,
    VisitClockResumed,
    VisitHeld,
    VisitOverdue,
    VisitOverdueEscalated,
    VisitOverdueWithdrawn,
)
from contracts.unions import UnknownUnion
from eventing.moment import Moment
from eventing.refusal import Refused
from services.enterprise import rules
from services.enterprise.commands import (
    EscalateVisit,
    HoldVisit,
    MarkVisitOverdue,
    PauseVisitClock,
    ResumeVisitClock,
)
from services.enterprise.decider.dates import must_have_happened
from services.enterprise.decider.enterprise import (
    Applied,
    Enterprise,
    Listed,
    Reluctant,
    Surveyed,
    Unionized,
    Unknown,
    Willing,
    unknown,
)
from services.enterprise.decider.visit_clock import Awaited, Escalated, Held, Overdue, Paused, Visit


def hold(command: HoldVisit, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    match state:
        case Unknown():
            raise unknown(command)
        case Listed() | Surveyed():
            raise Refused("not_willing")
        case Reluctant(said=said) if command.held_on > said.stated_on:
            raise Refused("not_willing")
        case Unionized(approval=approval) if command.held_on > approval.approved_on:
            raise Refused("union_exists", approved_on=approval.approved_on)
        case Reluctant() | Willing() | Applied() | Unionized():
            return _hold(command, state.visit, moment)


def pause(command: PauseVisitClock, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    visit = _awaited_visit(command, state)
    match visit:
        case Awaited():
            return _pause(command, visit, moment)
        case Paused(pause=paused) if (command.reason, command.paused_on) == (paused.reason, paused.paused_on):
            return []
        case Paused(pause=paused):
            raise Refused("visit_clock_paused", "paused_on", paused_on=paused.paused_on)
        case Overdue(due_on=due_on) | Escalated(due_on=due_on):
            raise Refused("visit_due_passed", "paused_on", due_on=due_on)
        case Held(held_on):
            raise Refused("visit_clock_ended", held_on=held_on)


def resume(command: ResumeVisitClock, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    visit = _awaited_visit(command, state)
    match visit:
        case Paused():
            return _resume(command, visit, moment)
        case Awaited(resumed_on=resumed_on) if command.resumed_on == resumed_on:
            return []
        case Awaited() | Overdue() | Escalated():
            raise Refused("visit_clock_not_paused")
        case Held(held_on):
            raise Refused("visit_clock_ended", held_on=held_on)


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


def _awaited_visit(command: PauseVisitClock | ResumeVisitClock, state: Enterprise) -> Visit:
    """The visit of an enterprise that still waits for it: an application doesn't do away with it."""
    match state:
        case Unknown():
            raise unknown(command)
        case Listed() | Surveyed() | Reluctant():
            raise Refused("not_willing")
        case Unionized(approval=approval):
            raise Refused("union_exists", approved_on=approval.approved_on)
        case Willing() | Applied():
            return state.visit


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
        return _resumed(visit, held_on, moment).visit_due_on
    return visit.due_on


def _withdrawn(held: VisitHeld) -> VisitOverdueWithdrawn:
    return VisitOverdueWithdrawn(enterprise=held.enterprise, held_on=held.held_on, due_on=held.due_on)


def _pause(command: PauseVisitClock, visit: Awaited, moment: Moment) -> Sequence[EnterpriseEvent]:
    if visit.resumed_on is not None and command.paused_on <= visit.resumed_on:
        raise Refused("paused_before_resumed", "paused_on", resumed_on=visit.resumed_on)
    if command.paused_on < visit.stated_on:
        raise Refused("paused_before_will", "paused_on", stated_on=visit.stated_on)
    must_have_happened(command.paused_on, "paused_on", moment)
    if moment.today > visit.due_on:  # whatever day is entered: no visit is made to have been in time by a pause
        raise Refused("visit_due_passed", "paused_on", due_on=visit.due_on)
    return [VisitClockPaused(enterprise=command.enterprise, reason=command.reason, paused_on=command.paused_on)]


def _resume(command: ResumeVisitClock, visit: Paused, moment: Moment) -> Sequence[EnterpriseEvent]:
    if command.resumed_on < visit.pause.paused_on:
        raise Refused("resumed_before_paused", "resumed_on", paused_on=visit.pause.paused_on)
    must_have_happened(command.resumed_on, "resumed_on", moment)
    return [_resumed(visit, command.resumed_on, moment)]


def _resumed(visit: Paused, on: date, moment: Moment) -> VisitClockResumed:
    """Neither the day of the pause nor that of the resumption is used up (docs/domain.md 1, 'Counting days')."""
    within = rules.on(visit.stated_on).visit_within
    # An arrangement published meanwhile may have made more days working ones: one is left to whoever paused in time.
    used = min(moment.calendar.between(visit.counted_from, visit.pause.paused_on), within - 1)
    counted_from = moment.calendar.counted_from(on, used)
    # By the number that the deadline's own rule takes for that day.
    due = moment.calendar.due(counted_from, rules.on(counted_from).visit_within)
    return VisitClockResumed(
        enterprise=visit.pause.enterprise,
        resumed_on=on,
        counted_from=counted_from,
        visit_due_on=due.on,
        provisional=due.provisional,
    )


def _mark_overdue(command: MarkVisitOverdue, visit: Awaited, union: str, moment: Moment) -> Sequence[EnterpriseEvent]:
    if command.due_on <= (visit.resumed_on or visit.stated_on):
        return []  # an earlier clock's: it was paused since, or the enterprise has changed its mind twice
    if command.due_on >= moment.today:
        raise Refused("not_due_yet", "due_on", due_on=command.due_on)
    return [VisitOverdue(enterprise=command.enterprise, due_on=command.due_on, told=_next_up(union, moment))]


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
            told=_next_up(visit.told, moment),
        )
    ]


def _next_up(union: str, moment: Moment) -> str:
    """Where nobody is above, or the union has ended meanwhile, it is told itself."""
    try:
        return moment.unions.parent(union, moment.today) or union
    except UnknownUnion:
        return union
