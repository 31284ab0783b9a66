"""A service's numbers that are data: what holds on a day, changed with a reason code, by whom, since when."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, Strict

from contracts.calendar import Due, WorkingCalendar, calendar_days
from contracts.vocabulary import Day, UnionId

Count = Annotated[int, Strict(), Field(ge=1, le=1000)]


class Numbers(BaseModel):
    """What a service's numbers are called; each names its own in a model of this kind, beside its `rules.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


Named = TypeVar("Named", bound=Numbers)


class Reason(StrEnum):
    """Why a number is what it is."""

    STATED = "stated"
    DEFAULT = "default"
    RESOLVED = "resolved"
    TRIAL = "trial"


class Change(BaseModel):
    """Some numbers, from `since` on."""

    model_config = ConfigDict(frozen=True, extra="allow")

    since: Day
    reason: Reason
    set_by: UnionId


@dataclass(eq=False)
class Rules(Generic[Named]):
    """A service's numbers by day, from its `rules.toml`: a list of `[[change]]`, the first of which names them all."""

    numbers: type[Named]
    path: Path

    def on(self, day: date) -> Named:
        """The numbers that hold on that day; on one before the first, those that hold first."""
        return next((numbers for since, numbers in self.by_day if since <= day), self.by_day[-1][1])

    def load(self) -> tuple[tuple[date, Named], ...]:
        """What the file says; each service's `app.py` asks for it, so that what is wrong stops the start."""
        return self.by_day

    @cached_property
    def by_day(self) -> tuple[tuple[date, Named], ...]:
        return self.read(self.path.read_text("utf-8"))

    def read(self, text: str) -> tuple[tuple[date, Named], ...]:
        """What holds from each day on, the latest first. Raises pydantic's error for a number that is missing or
        wrong."""
        return tuple(reversed(list(self._held(text))))

    def _held(self, text: str) -> Iterator[tuple[date, Named]]:
        held: dict[str, object] = {}
        changes = map(Change.model_validate, tomllib.loads(text)["change"])
        for change in sorted(changes, key=lambda each: each.since):
            held |= change.model_extra or {}
            yield change.since, self.numbers.model_validate(held)


@dataclass(frozen=True, slots=True)
class WorkingDaysOf:
    """A deadline's rule: so many working days as the number of that name says on the day of the fact."""

    rules: Rules[Any]
    number: str

    def due(self, start: date, days: WorkingCalendar) -> Due:
        return days.due(start, getattr(self.rules.on(start), self.number))


@dataclass(frozen=True, slots=True)
class CalendarDaysOf:
    """A deadline's rule: so many calendar days as the number of that name says on the day of the fact."""

    rules: Rules[Any]
    number: str

    def due(self, start: date, days: WorkingCalendar) -> Due:
        return Due(calendar_days(start, getattr(self.rules.on(start), self.number)), provisional=False)
