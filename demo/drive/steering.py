"""What unions do for the drive as a whole: targets, closed surveys, hand-overs, reports, a ledger brought in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from contracts import regions
from demo import days
from demo.action import AFTERNOON, Action, Role, Sheet
from demo.drive.cities import CITIES, PROVINCE
from demo.drive.entry import Entry
from demo.drive.listing import HAND_OVERS
from demo.drive.marks import Mark
from demo.drive.steps import day, pseudonym

_SURVEYED = 14
MONTHS = ("2025-05", "2025-06", "2025-07", "2025-08", "2025-09", "2025-10", "2025-11")
RETURNED = ("610800", "2025-07")
"""The report that the province sends back once."""

RECOUNTED_ON = date(2025, 7, 30)
_BROUGHT_IN = date(2025, 8, 19)
"""After July's report was sealed."""


def actions(entries: Sequence[Entry]) -> Iterator[Action]:
    """All of them, in no particular order."""
    yield from _targets()
    for city in CITIES:
        for county in regions.children(city.code, days.FIRST):
            on = day(_SURVEYED)
            facts = {"county": county, "closed_on": on.isoformat()}
            yield _asked(county, on, f"u-{county}", "officer", "close-survey", facts, "closed")
    for county, (on, reason) in HAND_OVERS.items():
        facts = {
            "officer": pseudonym("officer", county, 1),
            "successor": pseudonym("officer", county, 3),
            "union": f"u-{county}",
            "reason": reason,
            "handed_over_on": on.isoformat(),
        }
        yield _asked(county, on, f"u-{county}", "officer", "hand-over-desk", facts, "handed-over")
    for month in MONTHS:
        for region in (PROVINCE, *(city.code for city in CITIES)):
            yield from _report(region, month)
    yield _brought_in([entry for entry in entries if entry.mark is Mark.RECOUNTED])


def _targets() -> Iterator[Action]:
    """The province shares its targets out, two cities theirs; one is lowered in autumn, with a reason."""
    due = days.LAST.isoformat()
    for city in CITIES:
        for metric, percent in (("own_union_100", city.of_100 - 2), ("union_50", city.of_50 - 2)):
            if (city.code, metric) not in _SOONER:
                yield _target(city.code, metric, percent, due, "shared_out", f"u-{PROVINCE}", 2)
    for (region, metric), (percent, sooner) in _SOONER.items():
        yield _target(region, metric, percent, sooner, "shared_out", f"u-{PROVINCE}", 2)
    for code in ("610100", "610300"):
        for county in regions.children(code, days.FIRST)[:2]:
            yield _target(county, "union_50", 60, due, "shared_out", f"u-{code}", 3)
    yield _target("610900", "own_union_100", 70, due, "circumstances", f"u-{PROVINCE}", 40)


_SOONER = {("610800", "union_50"): (40, "2025-10-31"), ("611000", "union_50"): (90, "2025-11-28")}
"""Due before the end of the year: one is met, one is missed."""


def _target(region: str, metric: str, percent: int, due: str, reason: str, by: str, number: int) -> Action:
    facts = {"region": region, "metric": metric, "percent": percent, "due_on": due, "cascades": True, "reason": reason}
    return _asked(region, day(number), by, "approver", "set-target", facts, f"{metric}:{number}")


def _report(region: str, month: str) -> Iterator[Action]:
    """Sealed on the second entry day after the month, answered on the next one by the union next up."""
    number = days.index(date(2025, int(month[-2:]) + 1, 1)) + 1
    next_up = "u-acftu" if region == PROVINCE else f"u-{PROVINCE}"
    yield _reported(region, month, number, f"u-{region}", "", {}, 1)
    if (region, month) == RETURNED:
        reason = {"edition": 1, "reason": "entries_missing"}
        yield _reported(region, month, number + 1, next_up, "/return", reason, 1)
        yield _reported(region, month, number + 2, f"u-{region}", "", {}, 2)
        yield _reported(region, month, number + 3, next_up, "/accept", {"edition": 2}, 2)
    else:
        yield _reported(region, month, number + 1, next_up, "/accept", {"edition": 1}, 1)


def _reported(
    region: str, month: str, number: int, union: str, what: str, facts: dict[str, object], edition: int
) -> Action:
    return Action(
        about=f"report {region}",
        day=day(number),
        union=union,
        role="approver" if what else "officer",
        path=f"/api/projection/reports/{month}{what}",
        body={"region": region, **facts},
        key=f"demo:report:{region}:{month}{what}:{edition}",
        hour=AFTERNOON,
    )


def _brought_in(recounted: Sequence[Entry]) -> Action:
    """A filled-in ledger of headcounts, counted before July's report was sealed and brought in after it."""
    header = ("统一社会信用代码", "劳动合同职工数", "劳务派遣人数", "企业规模", "摸底日期")
    day = f"{RECOUNTED_ON:%Y年%-m月%-d日}"
    rows = [(entry.code, entry.surveys[0].headcount + 55, 6, None, day) for entry in recounted]
    return Action(
        about="headcounts",
        day=_BROUGHT_IN,
        union="u-610100",
        role="officer",
        path="/api/enterprise/ledgers/headcount/import",
        body=Sheet((header, *rows)),
        key="demo:headcounts",
        hour=AFTERNOON,
    )


def _asked(about: str, on: date, union: str, role: Role, command: str, facts: Mapping[str, object], key: str) -> Action:
    path = f"/api/enterprise/{command}"
    return Action(about, on, union, role, path, facts, f"demo:{about}:{command}:{key}", AFTERNOON)
