"""When is a founded union visited again, and what if it looks like a shell? (回访、空壳工会)"""

from collections.abc import Collection, Sequence
from datetime import date

from contracts.calendar import calendar_days
from contracts.enterprise import (
    ReturnVisitHeld,
    ReturnVisitMissed,
    ShellFlagged,
    ShellRectified,
    ShellSign,
    UnionEvent,
)
from eventing.dates import must_have_happened
from eventing.moment import Moment
from eventing.refusal import Refused
from eventing.superiors import next_up
from services.enterprise import rules
from services.enterprise.commands import HoldReturnVisit, MarkReturnVisitMissed, RectifyShell
from services.enterprise.decider.enterprise import Enterprise, responsible
from services.enterprise.decider.own_union import Established, OwnUnion, existing


def hold(command: HoldReturnVisit, state: OwnUnion, _: Enterprise, moment: Moment) -> Sequence[UnionEvent]:
    union, signs = existing(command, state), _in_order(command.signs)
    visit = ReturnVisitHeld(
        enterprise=command.enterprise, held_on=command.held_on, next_due_on=next_due(command.held_on)
    )
    if union.visited == visit:
        if signs == _signs_found(union, command.held_on):
            return []
        raise Refused("return_visit_known", "signs", held_on=command.held_on)
    known_on = union.visited.held_on if union.visited else union.begun.approved_on
    if command.held_on < known_on:
        raise Refused("return_visit_older_than_known", "held_on", known_on=known_on)
    must_have_happened(command.held_on, "held_on", moment)
    if not signs:
        return [visit]
    return [visit, ShellFlagged(enterprise=command.enterprise, signs=signs, flagged_on=command.held_on)]


def mark_missed(
    command: MarkReturnVisitMissed, state: OwnUnion, enterprise: Enterprise, moment: Moment
) -> Sequence[UnionEvent]:
    """It stays due; the union above the one that should have come is told."""
    whose = responsible(command, enterprise)
    if whose is None or not isinstance(state, Established) or command.due_on != _due(state):
        return []  # visited, or ended
    if state.missed is not None and state.missed.due_on == command.due_on:
        return []
    if command.due_on >= moment.today:
        raise Refused("not_due_yet", "due_on", due_on=command.due_on)
    return [ReturnVisitMissed(enterprise=command.enterprise, due_on=command.due_on, told=next_up(whose, moment))]


def rectify(command: RectifyShell, state: OwnUnion, _: Enterprise, moment: Moment) -> Sequence[UnionEvent]:
    rectified = ShellRectified(enterprise=command.enterprise, rectified_on=command.rectified_on)
    match existing(command, state).shell:
        case ShellRectified() as known if known == rectified:
            return []
        case ShellFlagged(flagged_on=flagged_on):
            if command.rectified_on < flagged_on:
                raise Refused("rectified_before_flagged", "rectified_on", flagged_on=flagged_on)
            must_have_happened(command.rectified_on, "rectified_on", moment)
            return [rectified]
        case _:
            raise Refused("no_shell")


def next_due(since: date) -> date:
    """An interval after the approval or the last visit; calendar days, [D]."""
    return calendar_days(since, rules.on(since).return_visit_every)


def _due(union: Established) -> date:
    return union.visited.next_due_on if union.visited else next_due(union.begun.approved_on)


def _in_order(signs: Collection[ShellSign]) -> tuple[ShellSign, ...]:
    return tuple(sign for sign in ShellSign if sign in signs)


def _signs_found(union: Established, on: date) -> tuple[ShellSign, ...]:
    match union.shell:
        case ShellFlagged(flagged_on=flagged_on, signs=signs) if flagged_on == on:
            return signs
        case _:
            return ()
