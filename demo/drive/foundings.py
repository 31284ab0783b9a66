"""The approvals of the synthetic ledger with their document numbers, and the instructors who walk along."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import count
from random import Random
from string import ascii_lowercase

from contracts import regions
from demo import days
from demo.drive.entry import Approval, Assignment, Entry

_COMMITTEE_FROM = 25  # members (docs/domain.md 1, [L])
_ALONGSIDE = timedelta(days=60)
_UNIONS_AT_ONCE = 10
_ATTENDED = 0.4  # share of the new unions that get an instructor: there are too few of them


def with_foundings(entries: Sequence[Entry], rng: Random) -> tuple[Entry, ...]:
    """The entries, in their order, with an approval where one was planned, and with an instructor for some of them."""
    approved = _approved(entries, rng)
    attended = _attended([entry for entry in approved.values() if rng.random() < _ATTENDED], rng)
    return tuple(attended.get(entry.code, approved.get(entry.code, entry)) for entry in entries)


def _approved(entries: Sequence[Entry], rng: Random) -> dict[str, Entry]:
    """Each county union numbers its documents in the order of its approvals."""
    numbers: Counter[str] = Counter()
    approved = {}
    for on, entry in _in_order({entry.code: entry.life.approved_on for entry in entries}, entries):
        numbers[entry.union] += 1
        document = f"{regions.name(entry.county)[:-1]}工发〔{on.year}〕{numbers[entry.union]}号"
        members = max(1, round(entry.surveys[0].headcount * rng.uniform(0.5, 0.97)))
        own_committee = members >= _COMMITTEE_FROM or rng.random() < 0.3
        approved[entry.code] = replace(entry, approval=Approval(on, members, own_committee, document))
    return approved


def _attended(approved: Sequence[Entry], rng: Random) -> dict[str, Entry]:
    """Assigned on one of the next entry days, each county's first instructor who has room."""
    assigned_on = {entry.code: _afterwards(entry, rng) for entry in approved}
    engaged: defaultdict[str, list[date]] = defaultdict(list)
    attended = {}
    for on, entry in _in_order(assigned_on, approved):
        for number in count(1):
            instructor = _pseudonym(entry.county, number)
            if sum(until >= on for until in engaged[instructor]) < _UNIONS_AT_ONCE:
                break
        assert entry.approval is not None
        engaged[instructor].append(entry.approval.approved_on + _ALONGSIDE)
        attended[entry.code] = replace(entry, assignment=Assignment(instructor, on))
    return attended


def _pseudonym(county: str, number: int) -> str:
    """Digit and letter in turn, as pseudonyms are; the same each time."""
    digest = sha256(f"{county} {number}".encode()).digest()
    return "p-" + "".join(f"{byte % 10}{ascii_lowercase[byte // 10]}" for byte in digest[:4])


def _afterwards(entry: Entry, rng: Random) -> date | None:
    """Never on the day of approval: the 60 days begin by themselves a moment after it. None: beyond the end."""
    assert entry.approval is not None
    later = days.index(entry.approval.approved_on) + rng.randrange(1, 4)
    return days.entry_days()[later] if later < len(days.entry_days()) else None


def _in_order(planned: dict[str, date | None], entries: Sequence[Entry]) -> list[tuple[date, Entry]]:
    """Those for which a day is planned, by day and then by code."""
    found = [(on, entry) for entry in entries if (on := planned[entry.code]) is not None]
    return sorted(found, key=lambda each: (each[0], each[1].code))
