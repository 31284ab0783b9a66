"""A union that was founded: walked with for 60 days, visited again and again, its members, chair, term (优会强会)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from demo import days
from demo.drive.entry import Approval, Entry
from demo.drive.marks import Mark
from demo.drive.steps import LAST, Step, day, on_or_before

_CHECK_INS, _ALONGSIDE, _EXTENSION = (7, 15, 30, 45, 60), 60, 30
_RETURN = timedelta(days=90)
"""Officers know the rules that they keep or miss (docs/domain.md 1, 'Deadlines')."""

_STANDS = ("plate", "seal", "room", "money", "member_register", "committee", "rules_and_files")
_MISSED, _LATE = 0.05, 0.04
_SHELLS = (Mark.SHELL, Mark.SHELL_RECTIFIED, Mark.SHELL_DISSOLVED)
_BEFORE = (Mark.TERM_OVERRUN, Mark.TERM_RENEWED)


def steps(entry: Entry) -> Iterator[Step]:
    """From the entry day after the approval on: what the approval brings with it begins by itself a moment later."""
    approval = entry.approval
    if approval is None:
        return
    rng = Random(f"union {entry.code}")
    if entry.mark in _BEFORE:
        yield from _long_there(entry, approval, rng)
        return
    visited = tuple(_visited(entry, approval.approved_on, rng))
    end = next((step.day for step in visited if step.command == "dissolve-union"), None)
    yield from (step for step in _accompanied(entry, approval, rng) if end is None or step.day < end)
    yield from visited


def _accompanied(entry: Entry, approval: Approval, rng: Random) -> Iterator[Step]:
    yield from _instructed(entry)
    yield from _checked_in(approval, rng)
    yield from _assessed(entry, approval, rng)
    yield from _members(approval, rng)
    yield from _chaired(entry, approval)


def _instructed(entry: Entry) -> Iterator[Step]:
    for at, assigned in enumerate(entry.instructors):
        if at and entry.mark is Mark.SUCCESSOR:
            before, left = entry.instructors[at - 1], day(days.index(assigned.assigned_on) - 1)
            yield Step(left, "withdraw-instructor", {"instructor": before.instructor, "left_on": left.isoformat()})
        facts = {"instructor": assigned.instructor, "assigned_on": assigned.assigned_on.isoformat()}
        yield Step(assigned.assigned_on, "assign-instructor", facts)


def _checked_in(approval: Approval, rng: Random) -> Iterator[Step]:
    """Nearly all of them in time; a few late, a few never."""
    begun, before = approval.approved_on, approval.approved_on
    for number in _CHECK_INS:
        due = begun + timedelta(days=number)
        in_time = [on for on in days.entry_days() if before < on <= due][-2:]
        later = [on for on in days.entry_days() if due < on <= begun + timedelta(days=_ALONGSIDE)][:1]
        fate = rng.random()
        chosen = later if _MISSED <= fate < _MISSED + _LATE or not in_time else in_time
        if chosen and fate >= _MISSED:
            held = rng.choice(chosen)
            yield Step(held, "hold-check-in", {"day": number, "held_on": held.isoformat()})
        before = due


def _assessed(entry: Entry, approval: Approval, rng: Random) -> Iterator[Step]:
    """On the entry day after the last of the 60 days. What doesn't stand is extended where it is marked."""
    ends = approval.approved_on + timedelta(days=_ALONGSIDE)
    number = on_or_before(ends) + 1
    if number > LAST:
        return
    lacking = {rng.choice(_STANDS)} if entry.mark is Mark.EXTENDED or rng.random() < 0.04 else set[str]()
    there = {name: name not in lacking for name in _STANDS}
    yield Step(day(number), "assess-accompaniment", there | {"assessed_on": day(number).isoformat()})
    if entry.mark is Mark.EXTENDED:
        yield Step(day(number), "extend-accompaniment", {})


def _visited(entry: Entry, known: date, rng: Random) -> Iterator[Step]:
    """Before the interval is over; some later, some never. Marked ones turn out to be shells at the first visit."""
    shell = entry.mark in _SHELLS
    while (due := known + _RETURN) <= days.LAST:
        number, fate = on_or_before(due) - rng.randrange(2), rng.random()
        if not shell and fate < 0.08:
            if fate < 0.04 or number + 4 > LAST:
                return
            number += 4
        held = day(number)
        facts: dict[str, object] = {"held_on": held.isoformat()}
        yield Step(held, "hold-return-visit", facts | ({"signs": ["no_activity", "no_dues"]} if shell else {}))
        if shell:
            yield from _no_more_a_shell(entry, number)
            return
        known = held


def _no_more_a_shell(entry: Entry, flagged: int) -> Iterator[Step]:
    on = day(min(flagged + 5, LAST - 1))
    if entry.mark is Mark.SHELL_RECTIFIED:
        yield Step(on, "rectify-shell", {"rectified_on": on.isoformat()})
    elif entry.mark is Mark.SHELL_DISSOLVED:
        yield Step(on, "dissolve-union", {"reason": "shell", "dissolved_on": on.isoformat()}, role="approver")


def _members(approval: Approval, rng: Random) -> Iterator[Step]:
    """One month's report, entered in the next; some report December on its last day."""
    months = [f"2025-{number:02}" for number in range(approval.approved_on.month, 12)]
    members = approval.members + rng.randrange(6)
    if months and rng.random() < 0.8:
        month = rng.choice(months)
        after = days.index(date(2025, int(month[-2:]) + 1, 1))
        yield _report(day(after), month, members)
    if approval.approved_on < days.LAST and rng.random() < 0.2:
        yield _report(days.LAST, "2025-12", members + rng.randrange(-1, 5))


def _report(on: date, month: str, members: int) -> Step:
    members = max(members, 0)
    among = {"women": members * 2 // 5, "migrant": members // 3, "new_forms": members // 20}
    return Step(on, "report-members", {"month": month, "members": members, **among})


def _chaired(entry: Entry, approval: Approval) -> Iterator[Step]:
    if entry.mark not in (Mark.CHAIR_VACANT, Mark.CHAIR_ELECTED):
        return
    number = days.index(approval.approved_on) + 8
    vacant, elected = day(number), day(number + 6) if number + 6 <= LAST else None
    yield Step(vacant, "vacate-chair", {"reason": "left_enterprise", "vacant_on": vacant.isoformat()})
    if entry.mark is Mark.CHAIR_ELECTED and elected:
        yield Step(elected, "elect-chair", {"chair_post": "specialist", "elected_on": elected.isoformat()})


def _long_there(entry: Entry, approval: Approval, rng: Random) -> Iterator[Step]:
    """Founded years before the drive: visited at last, and its committee's term ends."""
    visits: Sequence[int] = (9, 9 + 24)
    for number in visits:
        yield Step(day(number), "hold-return-visit", {"held_on": day(number).isoformat()})
    yield _report(day(days.index(date(2025, 6, 3))), "2025-05", approval.members + rng.randrange(5))
    if entry.mark is Mark.TERM_RENEWED:
        elected = day(24)
        yield Step(elected, "renew-term", {"elected_on": elected.isoformat(), "term_years": 3})
