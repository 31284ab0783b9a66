"""The clock of the visit stands still and goes on, and what runs out is told one union further up."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from contracts import calendar
from contracts.calendar import WorkingCalendar
from contracts.enterprise import (
    ClosingReason,
    EnterpriseClosed,
    EnterpriseEvent,
    EnterpriseLeft,
    EnterpriseMerged,
    FoundingApplied,
    LeavingReason,
    PauseReason,
    VisitClockResumed,
    VisitDueMoved,
    VisitHeld,
    VisitOverdue,
    VisitOverdueEscalated,
    VisitOverdueWithdrawn,
    Will,
    WillStated,
)
from contracts.event import Event
from eventing.deadlines import Start
from eventing.fold import fold_in_memory
from eventing.moment import CHINA, Moment
from services.enterprise import rules
from services.enterprise.commands import (
    EscalateVisit,
    HoldVisit,
    MarkVisitOverdue,
    MoveVisitDue,
    PauseVisitClock,
    ResumeVisitClock,
    StateWill,
)
from services.enterprise.policies.visits import DEADLINES
from services.enterprise.views.enterprises import ENTERPRISES, EnterpriseRow
from tests.support.enterprises import (
    APPLIED,
    APPROVED,
    BAKERY,
    DUE,
    DUE_AFTER_PAUSE,
    ESCALATED_AFTER,
    MACHINES,
    PAUSED,
    RESUMED,
    SHAANXI,
    STATED,
    TODAY,
    VISITED,
    XIAN,
    a_listed_enterprise,
    a_refusing_enterprise,
    a_surveyed_enterprise,
    a_unionized_enterprise,
    a_willing_enterprise,
    approval,
    escalated,
    given,
    overdue,
    paused,
    resumed,
    unwilling,
    visited,
    willing,
)
from tests.support.given import Asked, noon

A_DAY = timedelta(days=1)
DAYS = calendar.load()
VISIT, ESCALATION = DEADLINES

APPLICATION = FoundingApplied(enterprise=MACHINES, applied_on=APPLIED)


def pause(on: date = PAUSED, reason: PauseReason = PauseReason.STOPPAGE) -> PauseVisitClock:
    return PauseVisitClock(enterprise=MACHINES, reason=reason, paused_on=on)


def resume(on: date = RESUMED) -> ResumeVisitClock:
    return ResumeVisitClock(enterprise=MACHINES, resumed_on=on)


def hold(on: date) -> HoldVisit:
    return HoldVisit(enterprise=MACHINES, held_on=on)


def still_nobody(escalated_after: date = ESCALATED_AFTER) -> EscalateVisit:
    return EscalateVisit(enterprise=MACHINES, escalated_after=escalated_after)


def a_paused_visit(on: date = PAUSED) -> tuple[Event, ...]:
    return (*a_willing_enterprise(), paused(on=on))


def row_after(*events: Event) -> EnterpriseRow:
    row = fold_in_memory(ENTERPRISES, events)[0][MACHINES]
    assert isinstance(row, EnterpriseRow)
    return row


# The due day


@pytest.mark.parametrize(
    ("stated_on", "due_on"),
    [
        (date(2025, 9, 26), date(2025, 10, 10)),  # over National Day, with the make-up Sunday before it
        (date(2025, 1, 22), date(2025, 2, 5)),  # over Spring Festival, likewise
        (date(2026, 2, 9), date(2026, 2, 14)),  # on a make-up Saturday
    ],
)
def test_the_clock_runs_out_on_the_day_that_was_promised(stated_on: date, due_on: date) -> None:
    (said,) = given(*a_surveyed_enterprise()).when(willing_on(stated_on), on=stated_on).decide()
    assert isinstance(said, WillStated)
    assert (said.visit_due_on, said.provisional) == (due_on, False)
    assert VISIT.rule.due(stated_on, DAYS).on == due_on
    late = MarkVisitOverdue(enterprise=MACHINES, due_on=due_on)
    given(*a_surveyed_enterprise(), said).when(late, on=due_on).refused("not_due_yet", "due_on")
    given(*a_surveyed_enterprise(), said).when(late, on=due_on + A_DAY).then(
        VisitOverdue(enterprise=MACHINES, due_on=due_on, told=XIAN)
    )


def test_how_many_days_it_has_is_a_number_of_the_programme(monkeypatch: pytest.MonkeyPatch) -> None:
    five = rules.on(STATED)
    six = five.model_copy(update={"visit_within": 6})
    monkeypatch.setattr(rules.RULES, "by_day", ((STATED, six), (date(1949, 10, 1), five)))
    for stated_on, due_on in [(STATED, DUE + A_DAY), (STATED - A_DAY, DUE - A_DAY)]:
        given(*a_surveyed_enterprise()).when(willing_on(stated_on)).then(willing(on=stated_on, due=due_on))
        assert VISIT.rule.due(stated_on, DAYS).on == due_on


# The arrangement that comes out later

OUT = WorkingCalendar({date(2199, 1, 4): False}, official_years=frozenset({2198, 2199}))


def test_a_due_day_that_was_provisional_moves_when_the_arrangement_is_out() -> None:
    """Without it, only 1 January is foreseen as a holiday."""
    (said,) = given(*a_surveyed_enterprise()).when(willing_on(date(2198, 12, 28)), on=date(2198, 12, 28)).decide()
    assert said == willing(on=date(2198, 12, 28), due=date(2199, 1, 7)).model_copy(update={"provisional": True})
    moved = VisitDueMoved(enterprise=MACHINES, visit_due_on=date(2199, 1, 8), provisional=False)
    promised = (*a_surveyed_enterprise(), said)
    Asked(given(*promised), MoveVisitDue(enterprise=MACHINES), by(OUT)).then(moved)
    Asked(given(*promised, moved), MoveVisitDue(enterprise=MACHINES), by(OUT)).nothing_new()
    row = row_after(*promised, moved)
    assert (row.visit_due_on, row.visit_provisional) == (date(2199, 1, 8), False)
    late = MarkVisitOverdue(enterprise=MACHINES, due_on=date(2199, 1, 8))
    given(*promised, moved).when(late, on=date(2199, 1, 9)).then(...)
    given(*promised, moved).when(hold(date(2199, 1, 8)), on=date(2199, 1, 8)).then(
        VisitHeld(enterprise=MACHINES, held_on=date(2199, 1, 8), due_on=date(2199, 1, 8))
    )


def test_one_that_stays_becomes_certain() -> None:
    said = willing().model_copy(update={"provisional": True})
    certain = VisitDueMoved(enterprise=MACHINES, visit_due_on=DUE, provisional=False)
    given(*a_surveyed_enterprise(), said).when(MoveVisitDue(enterprise=MACHINES)).then(certain)


def test_the_deadline_gives_that_command() -> None:
    assert VISIT.moved is not None
    assert VISIT.moved(MACHINES, DUE) == MoveVisitDue(enterprise=MACHINES)


@pytest.mark.parametrize("since", [(), (paused(),), (visited(),), (overdue(),), (unwilling(on=TODAY),)])
def test_otherwise_nothing_has_moved(since: tuple[Event, ...]) -> None:
    given(*a_willing_enterprise(), *since).when(MoveVisitDue(enterprise=MACHINES)).nothing_new()


def willing_on(stated_on: date) -> StateWill:
    return StateWill(enterprise=MACHINES, will=Will.WILLING, stated_on=stated_on)


def by(days: WorkingCalendar) -> Moment:
    return Moment(datetime(2198, 12, 29, 12, tzinfo=CHINA), calendar=days)


# Pausing


def test_the_clock_stands_still_from_the_day_of_the_pause() -> None:
    given(*a_willing_enterprise()).when(pause(), on=PAUSED).then(paused())
    assert VISIT.closes(paused()) == MACHINES
    given(*a_paused_visit()).when(MarkVisitOverdue(enterprise=MACHINES, due_on=DUE)).nothing_new()


@pytest.mark.parametrize("on", [STATED, DUE])
def test_it_may_be_paused_from_the_day_of_the_will_to_the_due_day(on: date) -> None:
    given(*a_willing_enterprise()).when(pause(on), on=DUE).then(paused(on=on))


def test_before_the_will_no_clock_ran() -> None:
    given(*a_willing_enterprise()).when(pause(STATED - A_DAY), on=DUE).refused(
        "paused_before_will", "paused_on", stated_on=STATED
    )


def test_it_is_not_paused_in_the_future() -> None:
    given(*a_willing_enterprise()).when(pause(PAUSED), on=PAUSED - A_DAY).refused("in_the_future", "paused_on")


@pytest.mark.parametrize("visit", [(), (overdue(),), (overdue(), escalated())])
def test_after_the_due_day_it_is_not_paused_whatever_day_is_entered(visit: tuple[Event, ...]) -> None:
    """Mechanism: today counts, not only the day entered; whether the deadline has fired yet makes no difference."""
    given(*a_willing_enterprise(), *visit).when(pause(), on=DUE + A_DAY).refused(
        "visit_due_passed", "paused_on", due_on=DUE
    )


def test_the_same_pause_again_is_nothing_new_and_another_is_refused() -> None:
    given(*a_paused_visit()).when(pause()).nothing_new()
    given(*a_paused_visit()).when(pause(reason=PauseReason.FORCE_MAJEURE)).refused(
        "visit_clock_paused", "paused_on", paused_on=PAUSED
    )


@pytest.mark.parametrize("history", [a_listed_enterprise(), a_surveyed_enterprise(), a_refusing_enterprise()])
@pytest.mark.parametrize("command", [pause(), resume()])
def test_without_a_will_there_is_no_clock(
    history: tuple[Event, ...], command: PauseVisitClock | ResumeVisitClock
) -> None:
    given(*history).when(command).refused("not_willing")


@pytest.mark.parametrize("command", [pause(), resume()])
def test_after_the_visit_or_the_approval_no_clock_runs(command: PauseVisitClock | ResumeVisitClock) -> None:
    given(*a_willing_enterprise(), visited()).when(command).refused("visit_clock_ended", held_on=VISITED)
    given(*a_unionized_enterprise()).when(command).refused("union_exists", approved_on=APPROVED)


def test_the_clock_of_one_that_has_applied_can_be_paused_and_resumed() -> None:
    applied = (*a_willing_enterprise(), APPLICATION)
    given(*applied).when(pause(), on=DUE).then(paused())
    given(*applied, paused()).when(resume()).then(resumed())


# Resuming


def test_the_days_before_the_pause_count_and_the_rest_runs_from_the_day_after_resuming() -> None:
    """Said on Thursday 8 May, paused on Monday: Friday is used up, four days are left after Tuesday 20 May."""
    given(*a_paused_visit()).when(resume(), on=RESUMED).then(resumed())
    assert DAYS.due(RESUMED, 4).on == DUE_AFTER_PAUSE
    assert VISIT.opens(resumed()) == Start(MACHINES, resumed().counted_from)
    assert VISIT.rule.due(resumed().counted_from, DAYS).on == DUE_AFTER_PAUSE


def test_a_pause_over_national_day() -> None:
    """Said on 26 September; the make-up Sunday and the 29th are used up. Resumed on the holiday's last day but one:
    9, 10 and 11 October (a make-up Saturday) are left."""
    said = willing(on=date(2025, 9, 26), due=date(2025, 10, 10))
    stopped = paused(on=date(2025, 9, 30))
    given(*a_surveyed_enterprise(), said, stopped).when(resume(date(2025, 10, 7)), on=date(2025, 10, 9)).then(
        VisitClockResumed(
            enterprise=MACHINES,
            resumed_on=date(2025, 10, 7),
            counted_from=date(2025, 9, 28),
            visit_due_on=date(2025, 10, 11),
            provisional=False,
        )
    )


def test_one_paused_on_the_last_day_has_the_day_after_resuming() -> None:
    (event,) = given(*a_paused_visit(on=DUE)).when(resume(), on=RESUMED).decide()
    assert isinstance(event, VisitClockResumed)
    assert event.visit_due_on == RESUMED + A_DAY


def test_who_paused_in_time_has_a_day_left_whatever_the_arrangement_says_later() -> None:
    """Mechanism: two days off were made working days after the pause, so more than four would have been used up."""
    later = WorkingCalendar({date(2025, 5, 10): True, date(2025, 5, 11): True})
    (event,) = Asked(given(*a_paused_visit(on=DUE)), resume(), Moment(noon(TODAY).at, calendar=later)).decide()
    assert isinstance(event, VisitClockResumed)
    assert event.visit_due_on == RESUMED + A_DAY


def test_it_goes_on_not_before_it_was_paused_and_not_in_the_future() -> None:
    given(*a_paused_visit()).when(resume(PAUSED - A_DAY)).refused(
        "resumed_before_paused", "resumed_on", paused_on=PAUSED
    )
    given(*a_paused_visit()).when(resume(TODAY + A_DAY)).refused("in_the_future", "resumed_on")


def test_the_same_again_is_nothing_new_and_a_clock_that_runs_is_not_resumed() -> None:
    given(*a_paused_visit(), resumed()).when(resume()).nothing_new()
    given(*a_paused_visit(), resumed()).when(resume(RESUMED + A_DAY)).refused("visit_clock_not_paused")
    given(*a_willing_enterprise()).when(resume()).refused("visit_clock_not_paused")
    given(*a_willing_enterprise(), overdue()).when(resume()).refused("visit_clock_not_paused")


def test_a_resumed_clock_runs_out_and_can_be_paused_again() -> None:
    running = (*a_paused_visit(), resumed())
    given(*running).when(MarkVisitOverdue(enterprise=MACHINES, due_on=DUE_AFTER_PAUSE)).then(
        VisitOverdue(enterprise=MACHINES, due_on=DUE_AFTER_PAUSE, told=XIAN)
    )
    given(*running).when(pause(DUE_AFTER_PAUSE), on=DUE_AFTER_PAUSE).then(paused(on=DUE_AFTER_PAUSE))
    given(*running).when(pause(RESUMED), on=DUE_AFTER_PAUSE).refused(
        "paused_before_resumed", "paused_on", resumed_on=RESUMED
    )


def test_a_clock_from_before_the_pause_changes_nothing() -> None:
    given(*a_paused_visit(), resumed()).when(MarkVisitOverdue(enterprise=MACHINES, due_on=DUE)).nothing_new()


@for_all(
    stated_on=st.dates(date(2024, 1, 1), date(2026, 10, 1)),
    pauses=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 60)), min_size=1, max_size=3),
)
def test_however_often_it_is_paused_five_working_days_are_left_in_all(
    stated_on: date, pauses: list[tuple[int, int]]
) -> None:
    """Counted day by day: a working day is used up when the clock runs on it; the deadline's own rule agrees."""
    said = willing(on=stated_on, due=DAYS.due(stated_on, 5).on)
    history: tuple[Event, ...] = (*a_surveyed_enterprise(), said)
    due_on, running_from, used = DAYS.due(stated_on, 5).on, stated_on + A_DAY, 0
    for after, length in pauses:
        paused_on = min(running_from + after * A_DAY, due_on)
        resumed_on = paused_on + length * A_DAY
        history = (*history, *given(*history).when(pause(paused_on), on=paused_on).decide())
        (event,) = given(*history).when(resume(resumed_on), on=resumed_on).decide()
        assert isinstance(event, VisitClockResumed)
        used += worked(running_from, paused_on - A_DAY)
        due_on, running_from, history = event.visit_due_on, resumed_on + A_DAY, (*history, event)
        assert used + worked(running_from, due_on) == 5
        assert DAYS.is_working_day(due_on)
        assert VISIT.rule.due(event.counted_from, DAYS).on == due_on


def worked(first: date, last: date) -> int:
    return sum(DAYS.is_working_day(first + n * A_DAY) for n in range((last - first).days + 1))


# What else may happen while it stands still


def test_a_visit_held_during_the_pause_is_held_and_in_time() -> None:
    """As if the clock had gone on that day."""
    (held,) = given(*a_paused_visit()).when(hold(RESUMED), on=RESUMED).decide()
    assert held == visited(on=RESUMED).model_copy(update={"due_on": DUE_AFTER_PAUSE})


def test_a_visit_held_before_the_pause_is_due_when_it_was() -> None:
    given(*a_paused_visit()).when(hold(PAUSED - A_DAY)).then(visited(on=PAUSED - A_DAY))


def test_who_changes_their_mind_while_it_stands_still_has_no_clock_any_more() -> None:
    changed = (*a_paused_visit(), unwilling(Will.HESITANT, on=RESUMED))
    given(*changed).when(resume()).refused("not_willing")
    given(*changed).when(hold(RESUMED), on=RESUMED).then(...)
    again = willing(on=RESUMED + A_DAY, due=DUE_AFTER_PAUSE + A_DAY)
    given(*changed, again).when(pause(RESUMED + A_DAY), on=RESUMED + A_DAY).then(paused(on=RESUMED + A_DAY))


def test_an_approval_ends_a_clock_that_stands_still() -> None:
    founded = (*a_paused_visit(), APPLICATION, approval())
    given(*founded).when(resume()).refused("union_exists")
    given(*founded).when(hold(APPROVED)).then(...)


# One union further up


def test_after_five_more_working_days_the_union_above_is_told() -> None:
    assert ESCALATION.opens(overdue()) == Start(MACHINES, DUE)
    assert ESCALATION.rule.due(DUE, DAYS).on == ESCALATED_AFTER
    assert ESCALATION.then(MACHINES, ESCALATED_AFTER) == still_nobody()
    given(*a_willing_enterprise(), overdue()).when(still_nobody(), on=ESCALATED_AFTER + A_DAY).then(escalated())


def test_not_before_they_are_over() -> None:
    given(*a_willing_enterprise(), overdue()).when(still_nobody(), on=ESCALATED_AFTER).refused(
        "not_due_yet", "escalated_after"
    )


def test_it_is_the_union_above_the_one_that_was_told() -> None:
    """Not above the one that looks after the enterprise: it may have moved meanwhile."""
    told = VisitOverdue(enterprise=MACHINES, due_on=DUE, told="u-xpcc-8")
    given(*a_willing_enterprise(), told).when(still_nobody()).then(
        VisitOverdueEscalated(enterprise=MACHINES, due_on=DUE, escalated_after=ESCALATED_AFTER, told="u-xpcc")
    )


@pytest.mark.parametrize(
    "since",
    [
        (overdue(), escalated()),
        (overdue(), visited(on=TODAY)),
        (overdue(), unwilling(on=TODAY)),
        (overdue(), APPLICATION, approval()),
        (),
    ],
)
def test_once_and_only_while_somebody_waits(since: tuple[Event, ...]) -> None:
    given(*a_willing_enterprise(), *since).when(still_nobody()).nothing_new()


def test_a_clock_of_an_earlier_overdue_visit_changes_nothing() -> None:
    again = willing(on=TODAY - 30 * A_DAY, due=TODAY - 20 * A_DAY)
    late = VisitOverdue(enterprise=MACHINES, due_on=TODAY - 20 * A_DAY, told=XIAN)
    given(*a_willing_enterprise(), overdue(), unwilling(on=DUE), again, late).when(still_nobody()).nothing_new()


def test_a_visit_held_in_time_and_entered_after_both_were_told_withdraws_both() -> None:
    withdrawn = VisitOverdueWithdrawn(enterprise=MACHINES, held_on=VISITED, due_on=DUE)
    told = (*a_willing_enterprise(), overdue(), escalated())
    given(*told).when(hold(VISITED)).then(visited(), withdrawn)
    row = row_after(*told, visited(), withdrawn)
    assert (row.visit_told, row.visit_escalated_to, row.visit_overdue) == (None, None, False)


ENDS: tuple[EnterpriseEvent, ...] = (
    EnterpriseClosed(enterprise=MACHINES, reason=ClosingReason.DEREGISTERED, closed_on=TODAY),
    EnterpriseMerged(enterprise=MACHINES, into=BAKERY, merged_on=TODAY),
    EnterpriseLeft(enterprise=MACHINES, province="510000", reason=LeavingReason.RELOCATED, left_on=TODAY),
)


@pytest.mark.parametrize("event", [visited(), unwilling(), approval(), *ENDS])
def test_what_settles_the_visit_stops_both_clocks(event: Event) -> None:
    assert VISIT.closes(event) == ESCALATION.closes(event) == MACHINES


@pytest.mark.parametrize("event", [*a_willing_enterprise(), resumed(), overdue(), escalated()])
def test_nothing_else_stops_them(event: Event) -> None:
    assert VISIT.closes(event) is None
    assert ESCALATION.closes(event) is None


# What the ledger shows


def test_the_ledger_shows_both_days_of_the_pause() -> None:
    still = row_after(*a_paused_visit())
    assert (still.visit_due_on, still.visit_paused_on, still.visit_resumed_on) == (None, PAUSED, None)
    assert still.visit_pause_reason is PauseReason.STOPPAGE
    running = row_after(*a_paused_visit(), resumed())
    assert (running.visit_due_on, running.visit_paused_on, running.visit_resumed_on) == (
        DUE_AFTER_PAUSE,
        PAUSED,
        RESUMED,
    )


def test_the_ledger_shows_who_was_told() -> None:
    row = row_after(*a_willing_enterprise(), overdue(), escalated())
    assert (row.visit_told, row.visit_escalated_to) == (XIAN, SHAANXI)


def test_with_another_will_the_ledger_begins_anew() -> None:
    before = (*a_paused_visit(), resumed(), overdue(), escalated())
    row = row_after(*before, unwilling(on=TODAY))
    assert row == row_after(*a_surveyed_enterprise(), unwilling(on=TODAY))
