"""The enterprises to which something special happens: a small share of the ledger, drawn by its seed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from random import Random

from contracts.creditcode import OwnerKind, owner_kind
from contracts.enterprise import Ownership, Will
from demo import days
from demo.drive.entry import Entry

_LAST = len(days.entry_days()) - 1


class Mark(StrEnum):
    """What happens, beside the ordinary; each enterprise has one at most."""

    SAME_NAME = "same_name"
    DIFFERENT_NAME = "different_name"
    BRANCH_NAME = "branch_name"
    CLOSED = "closed"
    CLOSED_WITH_UNION = "closed_with_union"
    MERGED = "merged"
    MOVED = "moved"
    LEFT = "left"
    RECOUNTED = "recounted"
    PAUSED = "paused"
    TALKS = "talks"
    STILL_REFUSING = "still_refusing"
    NO_CAUSE = "no_cause"
    WILLING_AFTER_ALL = "willing_after_all"
    SUPERVISED = "supervised"
    EXTENDED = "extended"
    SUCCESSOR = "successor"
    SHELL = "shell"
    SHELL_RECTIFIED = "shell_rectified"
    SHELL_DISSOLVED = "shell_dissolved"
    CHAIR_VACANT = "chair_vacant"
    CHAIR_ELECTED = "chair_elected"
    TERM_OVERRUN = "term_overrun"
    TERM_RENEWED = "term_renewed"
    UNIT = "unit"
    UNIT_GROWN = "unit_grown"
    UNIT_LEFT = "unit_left"
    MEMBER = "member"
    MEMBER_LEFT = "member_left"


@dataclass(frozen=True, slots=True)
class _Draw:
    """So many of those that can have it get the mark."""

    mark: Mark
    count: int
    can: Callable[[Entry], bool]


def _idle(entry: Entry) -> bool:
    """On the list and counted once, and nothing more has come of it."""
    return _counted_once(entry) and entry.life.applied_on is None and len(entry.life.statements) == 0


def _counted_once(entry: Entry) -> bool:
    return len(entry.surveys) == 1 and entry.ownership not in (Ownership.STATE, Ownership.COLLECTIVE) and _counts(entry)


def _counts(entry: Entry) -> bool:
    return owner_kind(entry.code) not in (OwnerKind.SOLE_PROPRIETOR, OwnerKind.COOPERATIVE)


def _small(entry: Entry) -> bool:
    return entry.surveys[0].headcount < 100


def _refusing(entry: Entry) -> bool:
    said = entry.life.statements
    return _counted_once(entry) and bool(said) and said[-1].will is Will.REFUSING and _by(entry, 16)


def _by(entry: Entry, left: int) -> bool:
    """Whether so many entry days are left after the last that was said."""
    return days.index(entry.life.statements[-1].stated_on) + left <= _LAST


def _awaits_visit(entry: Entry) -> bool:
    """Willing from the first, and nothing more than a visit to come."""
    said, life = entry.life.statements, entry.life
    return _counted_once(entry) and _small(entry) and len(said) == 1 and life.visit is not None and not life.applied_on


def _founded(within: int) -> Callable[[Entry], bool]:
    """Its union approved so early that as many entry days are left."""

    def can(entry: Entry) -> bool:
        approval = entry.approval
        return approval is not None and _counted_once(entry) and days.index(approval.approved_on) + within <= _LAST

    return can


def _grows(entry: Entry) -> bool:
    """Counted again with 100 or more, and not on its way to a union."""
    counts = [survey.headcount for survey in entry.surveys]
    grown = len(counts) == 2 and counts[0] < 100 <= counts[1] and entry.surveys[1].surveyed_on > days.entry_days()[20]
    return grown and entry.life.applied_on is None


def _recounted(entry: Entry) -> bool:
    """Of Xi'an, on the list since spring, and near 100."""
    there = _idle(entry) and entry.county[:4] == "6101" and entry.surveys[0].surveyed_on < date(2025, 7, 1)
    return there and 50 <= entry.surveys[0].headcount < 100


_DRAWS = (
    _Draw(Mark.UNIT_GROWN, 2, _grows),
    _Draw(Mark.EXTENDED, 4, _founded(32)),
    _Draw(Mark.SUCCESSOR, 4, _founded(20)),
    _Draw(Mark.SHELL, 3, _founded(32)),
    _Draw(Mark.SHELL_RECTIFIED, 4, _founded(38)),
    _Draw(Mark.SHELL_DISSOLVED, 3, _founded(38)),
    _Draw(Mark.CHAIR_VACANT, 2, _founded(12)),
    _Draw(Mark.CHAIR_ELECTED, 3, _founded(18)),
    _Draw(Mark.CLOSED_WITH_UNION, 2, lambda entry: _founded(24)(entry) and _small(entry)),
    _Draw(Mark.MOVED, 6, _awaits_visit),
    _Draw(Mark.PAUSED, 5, lambda entry: _awaits_visit(entry) and _by(entry, 8)),
    _Draw(Mark.TALKS, 4, _refusing),
    _Draw(Mark.STILL_REFUSING, 3, _refusing),
    _Draw(Mark.NO_CAUSE, 2, _refusing),
    _Draw(Mark.WILLING_AFTER_ALL, 3, _refusing),
    _Draw(Mark.SUPERVISED, 4, _refusing),
    _Draw(Mark.RECOUNTED, 4, _recounted),
    _Draw(Mark.CLOSED, 5, _idle),
    _Draw(Mark.MERGED, 3, _idle),
    _Draw(Mark.LEFT, 4, _idle),
)


def with_marks(entries: Sequence[Entry], rng: Random) -> tuple[Entry, ...]:
    """The entries, in their order; some of them marked."""
    marked: dict[str, Mark] = {}
    for draw in _DRAWS:
        able = [entry.code for entry in entries if entry.code not in marked and draw.can(entry)]
        marked |= dict.fromkeys(rng.sample(able, min(draw.count, len(able))), draw.mark)
    return tuple(replace(entry, mark=marked.get(entry.code, entry.mark)) for entry in entries)
