"""What officers ask of this service: monthly reports (月报)."""

from typing import Annotated

from pydantic import ConfigDict, Field

from contracts.projection import Edition, LateChange, ReturnReason, SealedFigure, SourceRead
from contracts.vocabulary import Month, RegionCode
from eventing.decision import Command


class SealAsked(Command):
    """Whose report of the month in the address is sealed, and how fresh the board has to be."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"region": "610102"}]})

    region: RegionCode
    at_least: str | None = None
    """Wait until what this command did is in it: its `position`."""


class AcceptAsked(Command):
    """Whose report, and which edition of it is accepted: the one that was read."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"region": "610102", "edition": 1}]})

    region: RegionCode
    edition: Edition


class ReturnAsked(AcceptAsked):
    """Whose report is returned, in which edition, and why."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"region": "610102", "edition": 1, "reason": "entries_missing"}]}
    )

    reason: ReturnReason


class ReportCommand(Command):
    """Asked about one region's report of one month."""

    region: RegionCode
    month: Month


class SealReport(ReportCommand):
    """封存月报: freeze the board as it stands in the read model.

    The board is added at the desk and no part of what was asked: a repeat gets the first answer whatever the figures
    are by then (docs/adr/0016).
    """

    sources: Annotated[tuple[SourceRead, ...], Field(exclude=True)]
    figures: Annotated[tuple[SealedFigure, ...], Field(exclude=True)]
    since: Annotated[tuple[LateChange, ...], Field(exclude=True)]


class ReturnReport(ReportCommand):
    """退回: send it back to the region's union."""

    edition: Edition
    reason: ReturnReason


class AcceptReport(ReportCommand):
    """验收: close the month."""

    edition: Edition
