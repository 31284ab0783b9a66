"""What the projection service publishes: monthly reports (月报), sealed, and returned or accepted."""

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, Strict

from contracts.enterprise import Metric
from contracts.event import Event
from contracts.vocabulary import CODE, Day, Month, RegionCode, UnionId

Count = Annotated[int, Strict(), Field(ge=0, le=100_000_000)]
Edition = Annotated[int, Strict(), Field(ge=1, le=1000)]

Source = Annotated[
    str, CODE, Field(pattern=r"^/regions/[1-9][0-9]{5}/[a-z]{1,40}$", examples=["/regions/610000/enterprise"])
]
"""A log, by its CloudEvents `source`."""


class ReturnReason(StrEnum):
    """Why a report was sent back (退回)."""

    ENTRIES_MISSING = "entries_missing"
    FIGURES_DOUBTED = "figures_doubted"
    CLASSES_UNCHECKED = "classes_unchecked"
    """Too many count as small or micro by their headcount alone."""
    TARGET_UNCLEAR = "target_unclear"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)


class SourceRead(_Part):
    """How far a log had been read."""

    source: Source
    sequence: Annotated[int, Strict(), Field(ge=0)]
    """The last event of it that is in the figures."""
    parked: Count
    """Streams of it whose last events aren't, because one of them couldn't be applied."""


class SealedFigure(_Part):
    """A rate in a region, and the target that held for it."""

    region: RegionCode
    metric: Metric
    total: Count
    covered: Count
    derived: Count
    """Those of `total` that count as small or micro by their headcount, for want of the bureau's size class."""
    percent: Annotated[int, Strict(), Field(ge=1, le=100)] | None
    """The target on the last day of the month; null where nobody had set one."""
    due_on: Day | None


class LateChange(_Part):
    """What has changed in an earlier month's figure since it was sealed, by facts that were entered late."""

    month: Month
    region: RegionCode
    metric: Metric
    total_sealed: Count
    covered_sealed: Count
    total: Count
    covered: Count


class _Report(Event):
    CONTEXT: ClassVar[str] = "projection"
    STREAM: ClassVar[str] = "report-{region}-{month}"

    region: RegionCode
    month: Month
    edition: Edition
    """1, and one more each time that it was sealed again after a return."""


class ReportSealed(_Report):
    """封存月报: the board of a region and those right below it, as of the month's last day, is frozen."""

    union: UnionId
    """The region's union, which answers for it."""
    sent_to: UnionId
    """The union next up, which accepts or returns it."""
    sources: tuple[SourceRead, ...]
    figures: tuple[SealedFigure, ...]
    since: tuple[LateChange, ...]
    """What was different by then in the months sealed before."""
    sealed_on: Day


class ReportReturned(_Report):
    """退回: it is to be sealed again, once what was wrong is mended."""

    reason: ReturnReason
    by: UnionId
    returned_on: Day


class ReportAccepted(_Report):
    """验收: the union next up stands by it; the month is closed."""

    by: UnionId
    accepted_on: Day


ReportEvent = ReportSealed | ReportReturned | ReportAccepted

EVENTS: tuple[type[Event], ...] = (ReportSealed, ReportReturned, ReportAccepted)
