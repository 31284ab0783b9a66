"""May the clock of the visit stand still, and when is the visit due once it goes on? (中止、恢复)"""

from collections.abc import Sequence
from datetime import date

from contracts.calendar import Due
from contracts.enterprise import EnterpriseEvent, VisitClockPaused, VisitClockResumed
from eventing.dates import must_have_happened
from eventing.moment import Moment
from eventing.refusal import Refused
from services.enterprise import rules
from services.enterprise.commands import PauseVisitClock, ResumeVisitClock
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
from services.enterprise.decider.visit_clock import Awaited, Escalated, Held, Overdue, Paused, Visit


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


def resumed(visit: Paused, on: date, moment: Moment) -> VisitClockResumed:
    """Neither the day of the pause nor that of the resumption is used up (docs/domain.md 1, 'Counting days')."""
    within = rules.on(visit.stated_on).visit_within
    # An arrangement published meanwhile may have made more days working ones: one is left to whoever paused in time.
    used = min(moment.calendar.between(visit.counted_from, visit.pause.paused_on), within - 1)
    counted_from = moment.calendar.counted_from(on, used)
    due = promised(counted_from, moment)
    return VisitClockResumed(
        enterprise=visit.pause.enterprise,
        resumed_on=on,
        counted_from=counted_from,
        visit_due_on=due.on,
        provisional=due.provisional,
    )


def promised(counted_from: date, moment: Moment) -> Due:
    """As the deadline's own rule says."""
    return moment.calendar.due(counted_from, rules.on(counted_from).visit_within)


def _awaited_visit(command: PauseVisitClock | ResumeVisitClock, state: Enterprise) -> Visit:
    """The visit of an enterprise that still waits for it: an application doesn't do away with it."""
    match state:
        case Unknown():
            raise unknown(command)
        case Gone():
            raise gone(state)
        case Listed() | Surveyed() | Reluctant():
            raise Refused("not_willing")
        case Unionized(approval=approval):
            raise Refused("union_exists", approved_on=approval.approved_on)
        case Willing() | Applied():
            return state.visit


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
    return [resumed(visit, command.resumed_on, moment)]
