"""A row of the synthetic ledger (合成台账): one enterprise, and what becomes of it during the drive."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from contracts.enterprise import Ownership, SizeClass, Will

if TYPE_CHECKING:
    from demo.drive.marks import Mark


@dataclass(frozen=True, slots=True)
class Survey:
    """Its workers were counted (摸底). `size_class`: the statistics bureau's, where it is known."""

    headcount: int
    size_class: SizeClass | None
    surveyed_on: date
    dispatched: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """What it said when it was asked (建会意愿)."""

    will: Will
    stated_on: date


@dataclass(frozen=True, slots=True)
class Visit:
    """The deep talk (入企深谈), and the day on which an officer came to enter it."""

    held_on: date
    entered_on: date


@dataclass(frozen=True, slots=True)
class Approval:
    """The union was approved (批复成立). `set_up`: the document that agreed to the setting-up, in the full way."""

    approved_on: date
    members: int
    own_committee: bool
    document: str
    set_up: str | None = None
    term_years: int | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """An instructor walks along (指派优会强会指导员)."""

    instructor: str
    assigned_on: date


@dataclass(frozen=True, slots=True)
class Life:
    """What becomes of an enterprise after it was counted; nothing, if it was never asked."""

    statements: tuple[Statement, ...] = ()
    visit: Visit | None = None
    applied_on: date | None = None
    approved_on: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """The whole row. `surveys` is empty for one that is listed and not counted yet; a second one counts it again.
    `mark`: what special happens to it."""

    code: str
    name: str
    ownership: Ownership
    county: str
    union: str
    registered_on: date
    surveys: tuple[Survey, ...]
    life: Life
    approval: Approval | None = None
    instructors: tuple[Assignment, ...] = ()
    mark: "Mark | None" = None
    other: str | None = None
    """The enterprise that it is merged into, or named like."""
