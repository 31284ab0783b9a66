"""One enterprise's whole history (企业时间线): what happened, when, entered when, by whom, due when, late or not."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from contracts.cloudevent import Recorded
from contracts.enterprise import (
    EnterpriseUnionized,
    FoundingPlanned,
    PlanStepAgreed,
    PlanStepDone,
    ReturnVisitHeld,
    VisitOverdueWithdrawn,
)
from contracts.event import Event
from eventing.identity import Role
from eventing.moment import CHINA
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from services.enterprise.queries.enterprises import get_enterprise

OPEN = ("enterprise", "baseline", "plan", "union", "unit", "member", "accompaniment", "charge")
"""The streams of an enterprise that whoever sees it may read, each `<category>-<credit code>`."""

SUPERVISION = ("supervision",)
"""Those that only officers and approvers read."""

_PROMISES = (
    "due_on",
    "visit_due_on",
    "approval_due_on",
    "next_due_on",
    "ends_on",
    "term_ends_on",
    "planned_on",
    "replace_by",
)
"""Fields of an event that say until when something is promised, not when it happened."""

_PEOPLE = ("officer", "instructor", "decided_by")
"""Fields of an event that name somebody, by a pseudonym."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of the history."""

    event: str
    zh: str
    en: str
    happened_on: date
    """The day of the fact; of an event that names none of its own, the day of its entry."""
    entered_on: date
    """The day on which it was entered, in business time."""
    entered_late: bool
    """After the day of the fact."""
    who: str | None
    """The pseudonym of the officer or instructor whom it names."""
    due_on: date | None
    """Until when what it is about was, or is, to be done."""
    late: bool | None
    """Done after its due day, or missed; null where nothing was due, or it is only promised."""


class Timeline(BaseModel):
    """The history of one enterprise, in the order in which it happened."""

    model_config = ConfigDict(frozen=True)

    enterprise: str
    entries: tuple[Entry, ...]
    freshness: tuple[Freshness, ...]


async def show_timeline(desk: Desk, enterprise: str) -> Timeline:
    """Raises `NotFound`, and `Forbidden` for one of a union outside the actor's subtree."""
    found = await get_enterprise(desk, enterprise)
    supervised = not desk.actor.roles.isdisjoint((Role.OFFICER, Role.APPROVER))
    history = await desk.history(streams(enterprise, supervised))
    return Timeline(enterprise=enterprise, entries=tuple(told(history)), freshness=found.freshness)


def streams(enterprise: str, supervised: bool) -> list[str]:
    """The streams of which the history is made."""
    return [f"{category}-{enterprise}" for category in (*OPEN, *(SUPERVISION if supervised else ()))]


def told(history: Iterable[Recorded]) -> list[Entry]:
    """The history as somebody lives it: by the days of the facts, those of one day as they were entered."""
    return sorted(_entries(history), key=lambda entry: entry.happened_on)


def happened_on(event: Event) -> date | None:
    """The day of the fact: its last day that promises nothing; None for an event that names none of its own."""
    # A withdrawal names the day of the visit, and is a fact of the day on which it was found out.
    return None if isinstance(event, VisitOverdueWithdrawn) else _named_day(event)


def _named_day(event: Event) -> date | None:
    days = [value for name, value in event if name.endswith("_on") and name not in _PROMISES]
    return days[-1] if days else None


def text(event: Event, language: Literal["zh", "en"]) -> str:
    """What the event says, its codes in words."""
    texts, words = _texts(language)
    return texts[type(event).__name__].format_map({name: _shown(value, words) for name, value in event})


def _entries(history: Iterable[Recorded]) -> Iterator[Entry]:
    promised: dict[str, date] = {}
    for recorded in history:
        event, entered_on = recorded.event, recorded.envelope.time.astimezone(CHINA).date()
        day = happened_on(event)
        due_on, late = _due(event, _named_day(event), promised)
        promised |= _promises(event)
        yield Entry(
            event=type(event).__name__,
            zh=text(event, "zh"),
            en=text(event, "en"),
            happened_on=day or entered_on,
            entered_on=entered_on,
            entered_late=day is not None and day < entered_on,
            who=_who(event),
            due_on=due_on,
            late=late,
        )


def _due(event: Event, day: date | None, promised: Mapping[str, date]) -> tuple[date | None, bool | None]:
    """Until when, and whether it came later than that or not at all."""
    until = promised.get(_keeps(event) or "")
    if until is None and not _promises(event):
        until = getattr(event, "due_on", None)
    if until is not None:
        return until, day is None or day > until
    return next((value for name in _PROMISES if (value := getattr(event, name, None)) is not None), None), None


def _promises(event: Event) -> dict[str, date]:
    """What it says will be done, and by when."""
    match event:
        case PlanStepAgreed():
            return {f"step {event.step}": event.due_on}
        case FoundingPlanned():
            return {"founding": event.planned_on}
        case ReturnVisitHeld():
            return {"return visit": event.next_due_on}
        case _:
            return {}


def _keeps(event: Event) -> str | None:
    """What was promised before and is done by it."""
    match event:
        case PlanStepDone():
            return f"step {event.step}"
        case EnterpriseUnionized():
            return "founding"
        case ReturnVisitHeld():
            return "return visit"
        case _:
            return None


def _who(event: Event) -> str | None:
    return next((value for name in _PEOPLE if (value := getattr(event, name, None)) is not None), None)


def _shown(value: object, words: Mapping[str, str]) -> str:
    match value:
        case None:
            return "—"
        case bool():
            return words[str(value).lower()]
        case StrEnum():
            return words.get(value, value.replace("_", " "))
        case tuple():
            return words["between"].join(_shown(one, words) for one in value)
        case _:
            return str(value)


@cache
def _texts(language: Literal["zh", "en"]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Each event's text, and the words for its codes (in English they are the codes themselves)."""
    read = tomllib.loads((Path(__file__).parent.parent / f"timeline.{language}.toml").read_text("utf-8"))
    return read["events"], read["words"]
