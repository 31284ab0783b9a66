"""A policy of its own for each of 100 or more, and the county's work list (一企一策、逐一销号)."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from contracts import unions
from demo import days
from demo.drive.entry import Entry
from demo.drive.listing import officer
from demo.drive.marks import Mark
from demo.drive.steps import LAST, Step, day, surveyed

_PLANNED = ("explain_the_law", "talk_with_management", "talk_with_workers", "find_preparers")


def steps(entry: Entry) -> Iterator[Step]:
    """Who does what by when, the founding planned, and the city's check: struck off, or sent back first.

    Agreed on the entry day after the survey: the plan is opened by itself a moment after that.
    """
    if entry.mark in (Mark.TERM_OVERRUN, Mark.TERM_RENEWED) or not _listed(entry):
        return
    rng, first = Random(f"plan {entry.code}"), surveyed(entry)
    agreed = day(first + 1)
    chosen = rng.sample(_PLANNED, 2)
    for step, weeks in zip(chosen, (1, 3), strict=True):
        due_on = (agreed + timedelta(weeks=weeks)).isoformat()
        facts = {"step": step, "officer": officer(entry, agreed), "due_on": due_on}
        yield Step(agreed, "agree-plan-step", facts)
    planned = entry.life.approved_on or agreed + timedelta(days=120)
    if rng.random() < 0.2:
        planned -= timedelta(days=10)  # it took longer than was planned
    yield Step(agreed, "plan-founding", {"planned_on": max(planned, agreed).isoformat()})
    done = day(first + 2 if rng.random() < 0.8 or entry.approval else first + 6)
    yield Step(done, "do-plan-step", {"step": chosen[0], "done_on": done.isoformat()})
    if rng.random() < 0.6:
        second = day(first + 3)
        yield Step(second, "do-plan-step", {"step": chosen[1], "done_on": second.isoformat()})
    if entry.approval:
        yield from _checked(entry, rng)


def _checked(entry: Entry, rng: Random) -> Iterator[Step]:
    """By the union next up, on one of the entry days after the approval."""
    assert entry.approval is not None
    number = days.index(entry.approval.approved_on) + 1 + rng.randrange(3)
    fate = rng.random()
    city = unions.load().parent(entry.union, days.FIRST)
    if fate < 0.12 and entry.approval.members < 400:
        return
    for later, approved in ((0, False), (3, True)) if fate < 0.24 else ((0, True),):
        if number + later <= LAST:
            on = day(number + later)
            facts = {"approved": approved, "checked_on": on.isoformat()}
            yield Step(on, "check-plan", facts, role="approver", union=city)


def _listed(entry: Entry) -> bool:
    """It stays on the list until it founds: counted once, with 100 or more, and non-public."""
    if entry.mark is Mark.MOVED or len(entry.surveys) != 1 or entry.surveys[0].headcount < 100:
        return False
    return entry.ownership.value not in ("state", "collective") and entry.code[:2] == "91"
