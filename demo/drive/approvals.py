"""The approvals of the synthetic ledger with their document numbers, and the instructors who walk along."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random

from contracts import regions
from demo import days
from demo.drive.entry import Approval, Assignment, Entry
from demo.drive.marks import Mark
from demo.drive.steps import LAST, day, on_or_before, pseudonym

_COMMITTEE_FROM = 25  # members (docs/domain.md 1, [L])
_ALONGSIDE, _EXTENSION = timedelta(days=60), timedelta(days=30)
_UNIONS_AT_ONCE = 10
_ATTENDED = 0.7  # share of the new unions that get an instructor: there are too few of them


def with_approvals(entries: Sequence[Entry], rng: Random) -> tuple[Entry, ...]:
    """The entries, in their order, with an approval where one was planned; each county numbers its documents."""
    numbers: Counter[str] = Counter()
    approved = {}
    for on, entry in _in_order({entry.code: entry.life.approved_on for entry in entries}, entries):
        numbers[entry.union] += 2
        short, number = regions.name(entry.county)[:-1], numbers[entry.union]
        members = max(1, round(entry.surveys[0].headcount * rng.uniform(0.5, 0.97)))
        own_committee = members >= _COMMITTEE_FROM or rng.random() < 0.3
        in_full = rng.random() < (0.4 if entry.surveys[0].headcount >= 100 else 0.06)
        assert entry.life.applied_on is not None
        at = max(days.index(on), days.index(entry.life.applied_on) + 3) if in_full else days.index(on)
        if at > LAST:
            in_full, at = False, days.index(on)
        approval = Approval(
            approved_on=day(at),
            members=members,
            own_committee=own_committee,
            document=f"{short}工发〔{on.year}〕{number}号",
            set_up=f"{short}工发〔{on.year}〕{number - 1}号" if in_full else None,
        )
        life = replace(entry.life, approved_on=day(at))
        approved[entry.code] = replace(entry, life=life, approval=approval)
    return tuple(approved.get(entry.code, entry) for entry in entries)


def with_instructors(entries: Sequence[Entry], rng: Random) -> tuple[Entry, ...]:
    """The entries with an instructor for most of the new unions: assigned on one of the next entry days, of each city
    the first who has room. Where one leaves, or the time is extended, another one comes."""
    attended = [
        entry
        for entry in entries
        if entry.approval
        and entry.approval.approved_on >= days.FIRST
        and (entry.mark in (Mark.EXTENDED, Mark.SUCCESSOR) or rng.random() < _ATTENDED)
    ]
    engaged: defaultdict[str, list[date]] = defaultdict(list)
    found = {}
    for on, entry in _in_order({entry.code: _afterwards(entry, rng) for entry in attended}, attended):
        assert entry.approval is not None
        ends_on = entry.approval.approved_on + _ALONGSIDE
        instructors = [_engaged(engaged, entry.county[:4], on, ends_on)]
        again = days.index(on) + 4 if entry.mark is Mark.SUCCESSOR else on_or_before(ends_on) + 2
        if entry.mark is Mark.SUCCESSOR:
            instructors.append(_engaged(engaged, f"{entry.county[:4]} successors", day(again), ends_on))
        if entry.mark is Mark.EXTENDED:
            instructors.append(_engaged(engaged, f"{entry.county[:4]} again", day(again), ends_on + _EXTENSION))
        found[entry.code] = replace(entry, instructors=tuple(instructors))
    return tuple(found.get(entry.code, entry) for entry in entries)


def _engaged(engaged: defaultdict[str, list[date]], where: str, on: date, until: date) -> Assignment:
    for number in count(1):
        instructor = pseudonym(where, number)
        if sum(other >= on for other in engaged[instructor]) < _UNIONS_AT_ONCE:
            engaged[instructor].append(until)
            return Assignment(instructor, on)
    raise AssertionError("somebody has room")


def _afterwards(entry: Entry, rng: Random) -> date | None:
    """Never on the day of approval: the 60 days begin by themselves a moment after it. None: beyond the end."""
    assert entry.approval is not None
    later = days.index(entry.approval.approved_on) + rng.randrange(1, 4)
    return day(later) if later <= LAST else None


def _in_order(planned: dict[str, date | None], entries: Sequence[Entry]) -> list[tuple[date, Entry]]:
    """Those for which a day is planned, by day and then by code."""
    found = [(on, entry) for entry in entries if (on := planned[entry.code]) is not None]
    return sorted(found, key=lambda each: (each[0], each[1].code))
