"""A board as of a day, counted again from the facts by docs/domain.md and by no code of the services."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from contracts.event import Event

NON_PUBLIC = {"private", "foreign", "hong_kong_macao_taiwan", "mixed_private_controlled"}
_DAY_OF = (
    "registered_on", "described_on", "moved_on", "surveyed_on", "approved_on", "dissolved_on", "joined_on", "left_on",
    "closed_on", "merged_on", "flagged_on", "rectified_on", "opened_on", "checked_on", "ended_on", "held_on",
    "stated_on", "due_on",
)  # fmt: skip


def board(lives: Iterable[Sequence[Event]], as_of: date) -> dict[str, Counter[str]]:
    """By county, as recorded: each figure of the enterprises with these events; each life in an order of its days."""
    counted: dict[str, Counter[str]] = {}
    for life in lives:
        county, figures = enterprise(life, as_of)
        if figures:
            counted.setdefault(county, Counter()).update(figures)
    return {county: Counter({n: v for n, v in of.items() if v}) for county, of in counted.items() if any(of.values())}


def enterprise(life: Sequence[Event], as_of: date) -> tuple[str, Counter[str]]:
    """Where it counts that day, and for what."""
    figures: Counter[str] = Counter()
    (entry,) = told(life, "EnterpriseRegistered")
    places = [entry, *told(life, "EnterpriseMoved")]
    county: str = last(places, as_of, first=entry).county
    begun = entry.registered_on <= as_of
    ends = [day(end) for kind in ("Closed", "Merged", "Left") for end in told(life, f"Enterprise{kind}")]
    active = begun and not any(end <= as_of for end in ends)
    lists = told(life, "BaselineEntered")
    on_baseline = begun and bool(lists) and lists[0].closed_on <= as_of
    if on_baseline:
        figures["baseline"] += 1
        for metric in rates(life, lists[0].closed_on):
            figures[f"{metric}_baseline"] += 1
    if not active:
        return county, figures
    figures["live"] += 1
    union = running(life, as_of, "EnterpriseUnionized", "UnionDissolved")
    unit = running(life, as_of, "JointUnionJoined", "JointUnionLeft")
    mine, theirs = union_members(life, union, as_of), unit.members if unit else 0
    shell = running(life, as_of, "ShellFlagged", "ShellRectified")
    hollow = union is not None and shell is not None and shell.flagged_on >= union.approved_on
    by_union = covers("own" if union else None, mine)
    by_unit = covers(unit.form.value if unit else None, theirs)
    counts = rates(life, as_of)
    for metric in counts:
        figures[f"{metric}_total"] += 1
        figures[f"{metric}_covered"] += metric in by_union | by_unit
        figures[f"{metric}_hollow"] += metric in by_union - by_unit and hollow
    if on_baseline:
        for metric in set(rates(life, lists[0].closed_on)) & (by_union | by_unit):
            figures[f"{metric}_baseline_covered"] += 1
    figures["derived"] += "small_micro_covered" in counts and counts["small_micro_covered"]
    figures["visits_overdue"] += overdue(life, as_of)
    figures["open_plans"] += running(life, as_of, "PlanOpened", "PlanStruckOff", "PlanLeft") is not None
    figures["alongside"] += walked_with(life, as_of)
    figures["shells"] += hollow
    figures["members"] += mine + theirs
    figures["with_members"] += mine + theirs > 0
    return county, figures


def rates(life: Sequence[Event], as_of: date) -> dict[str, bool]:
    """The rates for which it counts that day; true: by a size class that was derived."""
    (entry,) = told(life, "EnterpriseRegistered")
    ends = [day(end) for kind in ("Closed", "Merged", "Left") for end in told(life, f"Enterprise{kind}")]
    survey = last(told(life, "EnterpriseSurveyed"), as_of)
    description = last([entry, *told(life, "EnterpriseDescribed")], as_of, first=entry)
    if (
        entry.registered_on > as_of
        or any(end <= as_of for end in ends)
        or survey is None
        or description.ownership not in NON_PUBLIC
        or entry.enterprise[:2] in ("92", "93")
    ):
        return {}
    workers, size = survey.labour_contracts, survey.size_class
    found = {"own_union_100": False} if workers >= 100 else {}
    found |= {"union_50": False} if workers >= 50 else {}
    if size in ("small", "micro") or (size is None and workers < 50):
        found["small_micro_covered"] = size is None
    return found


def covers(form: str | None, members: int) -> set[str]:
    if form is None:
        return set()
    found = {"own_union_100", "union_50"} if form == "own" else {"union_50"} if form == "joint" else set()
    return found | ({"small_micro_covered"} if members else set())


def union_members(life: Sequence[Event], union: Any, as_of: date) -> int:
    """By the last month that was reported of that union, else as approved."""
    if union is None:
        return 0
    month_ends = {month_end(report.month): report.members for report in told(life, "MembersReported")}
    known = [(day, members) for day, members in month_ends.items() if union.approved_on <= day <= as_of]
    members: int = max(known)[1] if known else union.members
    return members


def overdue(life: Sequence[Event], as_of: date) -> bool:
    """From the day after the due day until somebody came, another will was said, or a union was there."""
    unions = spells(life, "EnterpriseUnionized", "UnionDissolved")
    settlers = ("VisitHeld", "VisitOverdueWithdrawn", "WillStated")
    for one, until in spells(life, "VisitOverdue", *settlers):
        since = one.due_on + timedelta(days=1)
        founded = any(union.approved_on <= as_of and (end is None or end > since) for union, end in unions)
        if since <= as_of and (until is None or as_of < until) and not founded:
            return True
    return False


def walked_with(life: Sequence[Event], as_of: date) -> bool:
    """The last of the days counts."""
    return any(
        one.approved_on <= as_of and (until is None or as_of <= until)
        for one, until in spells(life, "AccompanimentStarted", "AccompanimentEnded")
    )


def running(life: Sequence[Event], as_of: date, begins: str, *ends: str) -> Any:
    """What has begun by then and not ended; the end's day is none of it any more."""
    return next(
        (one for one, until in spells(life, begins, *ends) if day(one) <= as_of and (until is None or as_of < until)),
        None,
    )


def spells(life: Sequence[Event], begins: str, *ends: str) -> list[tuple[Any, date | None]]:
    """Each beginning with the day of the end that was told next."""
    found: list[tuple[Any, date | None]] = []
    for event in told(life, begins, *ends):
        if type(event).__name__ == begins:
            found.append((event, None))
        elif found and found[-1][1] is None:
            found[-1] = (found[-1][0], day(event))
    return found


def told(life: Sequence[Event], *kinds: str) -> list[Any]:
    return [event for event in life if type(event).__name__ in kinds]


def last(facts: Sequence[Any], as_of: date, first: Any = None) -> Any:
    """Of these the one of the latest day, up to that; of one day, the one told last."""
    known = sorted((fact for fact in facts if day(fact) <= as_of), key=day)
    return known[-1] if known else first


def day(event: Any) -> date:
    found: date
    if type(event).__name__.startswith("Accompaniment"):
        found = event.approved_on if hasattr(event, "approved_on") else event.ended_on
    elif type(event).__name__ == "PlanStruckOff":
        found = event.checked_on
    else:
        found = next(getattr(event, name) for name in _DAY_OF if hasattr(event, name))
    return found


def month_end(month: str) -> date:
    year, number = map(int, month.split("-"))
    return date(year, number, monthrange(year, number)[1])
