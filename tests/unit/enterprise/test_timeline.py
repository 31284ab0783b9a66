"""One enterprise's history as it is told: the days, who, when due, late or not, in both languages."""

import string
import tomllib
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args
from uuid import uuid4

import pytest

from contracts.cloudevent import Envelope, Recorded
from contracts.enterprise import (
    EVENTS,
    CheckInHeld,
    CheckInMissed,
    FoundingPlanned,
    PlanStep,
    PlanStepAgreed,
    PlanStepDone,
    ReturnVisitHeld,
    ShellFlagged,
    ShellSign,
    VisitOverdueWithdrawn,
)
from contracts.event import Event
from services.enterprise import app
from services.enterprise.queries.timeline import OPEN, SUPERVISION, Entry, happened_on, streams, text, told
from tests.support.enterprises import (
    APPROVED,
    DUE,
    LI,
    MACHINES,
    REGISTERED,
    STATED,
    VISITED,
    a_listed_enterprise,
    approval,
    overdue,
    visited,
    willing,
)
from tests.support.given import noon
from tests.support.joint import in_charge
from tests.support.sample_events import SAMPLES

TOLD = [kind for kind in EVENTS if kind.STREAM.partition("-")[0] in (*OPEN, *SUPERVISION)]
FILES = {
    language: tomllib.loads((Path(app.__file__).parent / f"timeline.{language}.toml").read_text("utf-8"))
    for language in ("zh", "en")
}


def entered(*events: Event, on: date) -> list[Recorded]:
    at = noon(on).at
    return [Recorded(event, Envelope(uuid4(), "/regions/610000/enterprise", at, at, 1, "c", "c")) for event in events]


def entry(event: Event, on: date) -> Entry:
    (one,) = told(entered(event, on=on))
    return one


def codes(hint: Any) -> set[str]:
    """The codes that a field of this type may hold."""
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return set(hint)
    return {code for inner in get_args(hint) for code in codes(inner)}


@pytest.mark.parametrize("kind", TOLD, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_event_of_an_enterprise_has_a_text_made_of_its_own_fields(kind: type[Event], language: str) -> None:
    said = FILES[language]["events"][kind.__name__]
    assert {name for _, name, _, _ in string.Formatter().parse(said) if name} <= set(kind.model_fields)


def test_nothing_else_has_a_text() -> None:
    names = {kind.__name__ for kind in TOLD}
    assert set(FILES["zh"]["events"]) == set(FILES["en"]["events"]) == names


def test_every_code_has_a_chinese_word_and_nothing_else_has() -> None:
    said = {code for kind in TOLD for field in kind.model_fields.values() for code in codes(field.annotation)}
    assert set(FILES["zh"]["words"]) == said | set(FILES["en"]["words"])


NAMES_NO_DAY = {
    "VisitDueMoved",
    "VisitOverdue",
    "VisitOverdueEscalated",
    "PlanStepAgreed",
    "FoundingPlanned",
    "MembersReported",
    "ReturnVisitMissed",
    "CheckInMissed",
    "AccompanimentExtended",
    "VisitOverdueWithdrawn",
}


@pytest.mark.parametrize("event", [one for one in SAMPLES if type(one) in TOLD], ids=lambda one: type(one).__name__)
def test_every_event_tells_its_day_unless_it_names_none(event: Event) -> None:
    assert (happened_on(event) is None) is (type(event).__name__ in NAMES_NO_DAY)
    assert "{" not in text(event, "zh") + text(event, "en")


def test_a_code_is_said_in_words() -> None:
    flagged = ShellFlagged(enterprise=MACHINES, signs=(ShellSign.NO_ACTIVITY, ShellSign.NO_DUES), flagged_on=VISITED)
    assert text(flagged, "zh") == "疑似空壳：无活动、无会费"
    assert text(flagged, "en") == "looks like a shell: no activity, no dues"


def test_a_visit_tells_whether_it_was_late_and_whether_it_was_entered_late() -> None:
    in_time = entry(visited(), on=DUE)
    assert (in_time.happened_on, in_time.entered_on, in_time.entered_late) == (VISITED, DUE, True)
    assert (in_time.due_on, in_time.late) == (DUE, False)
    late = entry(visited(on=date(2025, 5, 16)), on=date(2025, 5, 16))
    assert (late.late, late.entered_late) == (True, False)


def test_what_was_missed_is_late_and_stands_where_it_was_found_out() -> None:
    after = date(2025, 5, 16)
    missed = entry(overdue(), on=after)
    assert (missed.happened_on, missed.due_on, missed.late, missed.entered_late) == (after, DUE, True, False)
    check_in = CheckInMissed(enterprise=MACHINES, day=7, due_on=date(2025, 5, 27))
    assert entry(check_in, on=date(2025, 5, 28)).late
    withdrawn = VisitOverdueWithdrawn(enterprise=MACHINES, held_on=VISITED, due_on=DUE)
    assert entry(withdrawn, on=after).late is False


def test_what_is_promised_is_not_late() -> None:
    promise = entry(willing(), on=STATED)
    assert (promise.happened_on, promise.due_on, promise.late) == (STATED, DUE, None)
    (registered,) = told(entered(*a_listed_enterprise(), on=REGISTERED))
    assert (registered.due_on, registered.late) == (None, None)


def test_a_step_of_the_plan_is_measured_by_the_day_that_was_agreed() -> None:
    agreed = PlanStepAgreed(enterprise=MACHINES, step=PlanStep.TALK_WITH_WORKERS, officer=LI, due_on=DUE)
    other = PlanStepAgreed(enterprise=MACHINES, step=PlanStep.FIND_PREPARERS, officer=LI, due_on=VISITED)
    done = PlanStepDone(enterprise=MACHINES, step=PlanStep.TALK_WITH_WORKERS, done_on=date(2025, 5, 16))
    *promised, kept = told(entered(agreed, other, on=STATED) + entered(done, on=date(2025, 5, 16)))
    assert [(one.who, one.due_on, one.late) for one in promised] == [(LI, DUE, None), (LI, VISITED, None)]
    assert (kept.due_on, kept.late) == (DUE, True)


def test_a_founding_by_the_day_for_which_it_was_planned() -> None:
    planned = FoundingPlanned(enterprise=MACHINES, planned_on=APPROVED)
    _, founded = told(entered(planned, on=STATED) + entered(approval(), on=APPROVED))
    assert (founded.due_on, founded.late) == (APPROVED, False)


def test_a_return_visit_by_the_day_that_the_last_one_named() -> None:
    first = ReturnVisitHeld(enterprise=MACHINES, held_on=VISITED, next_due_on=APPROVED)
    second = ReturnVisitHeld(enterprise=MACHINES, held_on=date(2025, 5, 21), next_due_on=date(2025, 8, 19))
    one, two = told(entered(first, second, on=date(2025, 5, 21)))
    assert (one.due_on, one.late) == (APPROVED, None)
    assert (two.due_on, two.late) == (APPROVED, True)


def test_a_check_in_by_its_own_due_day() -> None:
    held = CheckInHeld(enterprise=MACHINES, day=7, due_on=date(2025, 5, 27), held_on=date(2025, 5, 27))
    assert entry(held, on=date(2025, 5, 27)).late is False


def test_it_is_told_in_the_order_in_which_it_happened() -> None:
    """Not in that of entry: the visit of the 13th was entered after what was done on the 20th."""
    history = entered(*a_listed_enterprise(), willing(), on=STATED) + entered(approval(), visited(), on=APPROVED)
    assert [one.event for one in told(history)] == [
        "EnterpriseRegistered",
        "WillStated",
        "VisitHeld",
        "EnterpriseUnionized",
    ]


def test_what_withdraws_stands_after_what_it_withdraws() -> None:
    """Mechanism: a withdrawal is a fact of the day of its entry; the day that it names is that of the visit before."""
    overdue_on, told_on = date(2025, 5, 15), date(2025, 5, 26)
    withdrawn = VisitOverdueWithdrawn(enterprise=MACHINES, held_on=VISITED, due_on=DUE)
    history = (
        entered(willing(), on=STATED) + entered(overdue(), on=overdue_on) + entered(visited(), withdrawn, on=told_on)
    )
    entries = told(history)
    assert [one.event for one in entries] == ["WillStated", "VisitHeld", "VisitOverdue", "VisitOverdueWithdrawn"]
    assert (entries[-1].happened_on, entries[-1].late, entries[-1].entered_late) == (told_on, False, False)


def test_it_says_who_by_pseudonym() -> None:
    assert entry(in_charge(), on=APPROVED).who == LI
    assert entry(approval(), on=APPROVED).who is None


def test_supervision_is_read_only_by_those_who_may() -> None:
    assert f"supervision-{MACHINES}" not in streams(MACHINES, supervised=False)
    assert set(streams(MACHINES, supervised=True)) - set(streams(MACHINES, supervised=False)) == {
        f"supervision-{MACHINES}"
    }
