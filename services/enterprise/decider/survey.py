"""How many workers has it, and does it want a union? (全面摸底、宣传动员)"""

from collections.abc import Sequence

from contracts.enterprise import EnterpriseEvent, EnterpriseSurveyed, Will, WillStated
from eventing.dates import must_have_happened
from eventing.moment import Moment
from eventing.refusal import Refused
from services.enterprise import rules
from services.enterprise.commands import StateWill, SurveyEnterprise
from services.enterprise.decider.enterprise import (
    Applied,
    Dissolved,
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
from services.enterprise.decider.entry import Counts


def count(command: SurveyEnterprise, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    match state:
        case Unknown():
            raise unknown(command)
        case Listed():
            return _count(command, None, moment)
        case Gone() if command.surveyed_on >= state.ended_on:
            raise gone(state)
        case Surveyed() | Reluctant() | Willing() | Applied() | Unionized() | Gone():
            return _count(command, state.survey, moment)


def state_will(command: StateWill, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    match state:
        case Unknown():
            raise unknown(command)
        case Gone():
            raise gone(state)
        case Listed():
            raise Refused("survey_first")
        case Dissolved(dissolution=end) if command.stated_on < end.dissolved_on:
            raise Refused("will_before_dissolution", "stated_on", dissolved_on=end.dissolved_on)
        case Surveyed():
            return _state(command, moment)
        case Reluctant() | Willing():
            return _state_again(command, state.said, moment)
        case Applied() | Unionized() if command.will is Will.WILLING:
            return []  # it has gone further than saying so
        case Applied():
            raise Refused("application_pending", "will", applied_on=state.application.applied_on)
        case Unionized():
            raise Refused("union_exists", approved_on=state.approval.approved_on)


def _count(command: SurveyEnterprise, counts: Counts | None, moment: Moment) -> Sequence[EnterpriseEvent]:
    """Of whatever day: what was counted last holds, and another count of the same day replaces the first one."""
    surveyed = EnterpriseSurveyed(
        enterprise=command.enterprise,
        labour_contracts=command.headcount,
        dispatched=command.dispatched,
        size_class=command.size_class,
        surveyed_on=command.surveyed_on,
    )
    if counts is not None and surveyed in counts.by_day:
        return []
    must_have_happened(command.surveyed_on, "surveyed_on", moment)
    return [surveyed]


def _state(command: StateWill, moment: Moment) -> Sequence[EnterpriseEvent]:
    must_have_happened(command.stated_on, "stated_on", moment)
    # Counted from the day it was said: a clock that ran from the entry would make every late entry a visit in time.
    within = rules.on(command.stated_on).visit_within
    due = moment.calendar.due(command.stated_on, within) if command.will is Will.WILLING else None
    return [
        WillStated(
            enterprise=command.enterprise,
            will=command.will,
            stated_on=command.stated_on,
            visit_due_on=due.on if due else None,
            provisional=due.provisional if due else False,
        )
    ]


def _state_again(command: StateWill, said: WillStated, moment: Moment) -> Sequence[EnterpriseEvent]:
    if command.stated_on < said.stated_on:
        raise Refused("will_older_than_known", "stated_on", known_on=said.stated_on)
    if command.will is said.will:
        return []  # the clock runs from the day on which it was first said
    return _state(command, moment)
