"""An enterprise on the list: registered, counted, named like another one, moved, gone (摸底)."""

from collections.abc import Iterator
from datetime import date

from contracts import unions
from contracts.regions import children, parent
from demo import days
from demo.drive.entry import Entry, Survey
from demo.drive.marks import Mark
from demo.drive.steps import LAST, Step, day, number_of, pseudonym, surveyed

VERDICTS = {Mark.SAME_NAME: "same", Mark.DIFFERENT_NAME: "different", Mark.BRANCH_NAME: "branch"}

HAND_OVERS = {"610102": (date(2025, 9, 9), "transferred"), "610802": (date(2025, 10, 21), "retired")}
"""In these counties the first officer hands over to the third."""


def steps(entry: Entry) -> Iterator[Step]:
    """What is entered about it on the list, in the order in which it happens."""
    facts: dict[str, object] = {
        "name": entry.name,
        "ownership": entry.ownership.value,
        "county": entry.county,
        "union": entry.union,
        "registered_on": entry.registered_on.isoformat(),
    }
    yield Step(entry.registered_on, "register", facts)
    for survey in entry.surveys:
        yield Step(survey.surveyed_on, "survey", counted(survey))
    if entry.surveys and (entry.life.statements or entry.approval or entry.surveys[0].headcount >= 100):
        on = entry.surveys[0].surveyed_on
        yield Step(on, "assign-officer", {"officer": officer(entry, on), "assigned_on": on.isoformat()})
    if entry.mark in VERDICTS:
        on = day(days.index(entry.registered_on) + 2)
        facts = {"other": entry.other, "verdict": VERDICTS[entry.mark], "evidence": "licence"}
        yield Step(on, "adjudicate-name", facts | {"decided_by": officer(entry, on), "decided_on": on.isoformat()})
    yield from _end(entry)


def counted(survey: Survey) -> dict[str, object]:
    facts: dict[str, object] = {
        "headcount": survey.headcount,
        "size_class": survey.size_class.value if survey.size_class else None,
        "surveyed_on": survey.surveyed_on.isoformat(),
    }
    return facts | ({"dispatched": survey.dispatched} if survey.dispatched else {})


def officer(entry: Entry, on: date) -> str:
    """Who is responsible on that day: the one or the other of the county's officers."""
    number = 1 + number_of(entry) % 2
    gone = HAND_OVERS.get(entry.county)
    return pseudonym("officer", entry.county, 3 if number == 1 and gone and on >= gone[0] else number)


def ended_on(entry: Entry) -> date | None:
    """The day on which it leaves the list for good; nothing is entered about it afterwards."""
    return next((step.day for step in _end(entry) if step.command != "move-enterprise"), None)


def moved(entry: Entry) -> tuple[date, str] | None:
    """From when on it is in another county, and whose union looks after it there."""
    if entry.mark is not Mark.MOVED:
        return None
    on = day(days.index(entry.life.statements[0].stated_on) + 1)
    others = [county for county in children(parent(entry.county) or "", on) if county != entry.county]
    return on, unions.load().of_region(others[number_of(entry) % len(others)], on)


def _end(entry: Entry) -> Iterator[Step]:
    match entry.mark:
        case Mark.CLOSED:
            on = day(min(surveyed(entry) + 20 + number_of(entry) % 12, LAST - 2))
            yield Step(on, "close-enterprise", {"reason": "deregistered", "closed_on": on.isoformat()})
        case Mark.CLOSED_WITH_UNION if entry.approval:
            on = day(days.index(entry.approval.approved_on) + 20)
            yield Step(on, "close-enterprise", {"reason": "bankrupt", "closed_on": on.isoformat()})
        case Mark.MERGED:
            on = day(surveyed(entry) + 24)
            yield Step(on, "merge-enterprise", {"into": entry.other, "merged_on": on.isoformat()})
        case Mark.LEFT:
            on = day(surveyed(entry) + 28)
            facts = {"province": "510000", "reason": "relocated", "left_on": on.isoformat()}
            yield Step(on, "leave-province", facts)
        case Mark.MOVED:
            place = moved(entry)
            assert place is not None
            on, union = place
            yield Step(
                on,
                "move-enterprise",
                {"county": union.removeprefix("u-"), "union": union, "moved_on": on.isoformat()},
                union=entry.union,
            )
        case _:
            return
