"""The programme's numbers that are data: what holds on a day, changed with a reason code, by whom, since when."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, Strict

from contracts.calendar import Due, WorkingCalendar, calendar_days
from contracts.vocabulary import Day, UnionId

Count = Annotated[int, Strict(), Field(ge=1, le=1000)]


class Reason(StrEnum):
    """Why a number is what it is."""

    STATED = "stated"
    DEFAULT = "default"
    RESOLVED = "resolved"
    TRIAL = "trial"


class Rules(BaseModel):
    """All numbers as they hold on a day (docs/domain.md 1, [S] and [D]); what each means is said in `rules.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    visit_within: Count
    escalate_within: Count
    refusal_contacts: Count
    simplified: Annotated[bool, Strict()]
    simplified_within: Count
    alongside_days: Count
    check_in_days: tuple[Count, ...]
    extension_days: Count
    instructor_load: Count
    replace_instructor_within: Count
    return_visit_every: Count


class Change(BaseModel):
    """Some numbers, from `since` on."""

    model_config = ConfigDict(frozen=True, extra="allow")

    since: Day
    reason: Reason
    set_by: UnionId


def read(text: str) -> tuple[tuple[date, Rules], ...]:
    """What holds from each day on, the latest first. Raises pydantic's error for a number that is missing or wrong."""
    held: dict[str, object] = {}
    changes = []
    for change in sorted(map(Change.model_validate, tomllib.loads(text)["change"]), key=lambda each: each.since):
        held |= change.model_extra or {}
        changes.append((change.since, Rules.model_validate(held)))
    return tuple(reversed(changes))


def on(day: date) -> Rules:
    """The numbers that hold on that day."""
    return _holding(load(), day)


def _holding(changes: Iterable[tuple[date, Rules]], day: date) -> Rules:
    return next(rules for since, rules in changes if since <= day)


@cache
def load() -> tuple[tuple[date, Rules], ...]:
    """What `rules.toml` says."""
    return read(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class WorkingDaysOf:
    """A deadline's rule: so many working days as the number of that name says on the day of the fact."""

    number: str

    def due(self, start: date, days: WorkingCalendar) -> Due:
        return days.due(start, getattr(on(start), self.number))


@dataclass(frozen=True, slots=True)
class CalendarDaysOf:
    """A deadline's rule: so many calendar days as the number of that name says on the day of the fact."""

    number: str

    def due(self, start: date, days: WorkingCalendar) -> Due:
        return Due(calendar_days(start, getattr(on(start), self.number)), provisional=False)
