"""What a station has and whether it works; faults from report to repair; inspections, visits, titles."""

from typing import Annotated, ClassVar

from pydantic import Field, Strict

from contracts.event import Event
from contracts.stations.words import DismissalReason, Equipment, Symptom, Title
from contracts.vocabulary import ID, Day, Headcount, Month, PublicName, StationId, UnionId

FaultId = Annotated[str, ID, Field(pattern=r"^f-(?:[0-9][a-z]){4,16}$", examples=["f-7f3k9a2c"])]
"""A report, by a number that its reporter gets; it says nothing of them."""


class EquipmentEvent(Event):
    """A fact about what a station has."""

    CONTEXT: ClassVar[str] = "stations"
    STREAM: ClassVar[str] = "equipment-{station}"

    station: StationId
    equipment: Equipment


class EquipmentInstalled(EquipmentEvent):
    """The station has it from that day on."""

    installed_on: Day


class EquipmentRemoved(EquipmentEvent):
    """The station has it no more."""

    removed_on: Day
    faults: tuple[FaultId, ...] = ()
    """The confirmed faults that nobody repairs any more."""


class EquipmentBroken(EquipmentEvent):
    """It doesn't work since that day."""

    fault: FaultId
    symptom: Symptom
    broken_since: Day


class EquipmentRepaired(EquipmentEvent):
    """It works again."""

    fault: FaultId
    repaired_on: Day


class FaultEvent(Event):
    """A fact about one fault."""

    CONTEXT: ClassVar[str] = "stations"
    STREAM: ClassVar[str] = "fault-{fault}"

    fault: FaultId
    station: StationId
    equipment: Equipment


class FaultReported(FaultEvent):
    """Somebody saw it (报修); who isn't asked."""

    symptom: Symptom
    reported_on: Day


class FaultConfirmed(FaultEvent):
    """The host has looked: it is so. To be repaired by that day."""

    confirmed_on: Day
    repair_due_on: Day
    provisional: bool
    """The due day hangs on a year's working days that aren't arranged yet."""


class FaultDismissed(FaultEvent):
    """The host has looked: there is none."""

    reason: DismissalReason
    dismissed_on: Day


class FaultDueMoved(FaultEvent):
    """The arrangement of working days is out: it is due on another day, or that day is sure."""

    repair_due_on: Day
    provisional: bool


class FaultOverdue(FaultEvent):
    """Not repaired by its day: the union next up is told."""

    due_on: Day
    told: UnionId


class FaultRepaired(FaultEvent):
    """It was repaired, in time or late by its day."""

    repaired_on: Day
    due_on: Day


class FaultDropped(FaultEvent):
    """Nobody repairs it any more: the equipment was taken away."""

    dropped_on: Day


class StationInspected(Event):
    """Somebody of the union looked in, at a time at which it should be open; again for that day: this holds."""

    CONTEXT: ClassVar[str] = "stations"
    STREAM: ClassVar[str] = "inspection-{station}-{inspected_on}"

    station: StationId
    inspected_on: Day
    found_open: bool
    points: Annotated[int, Strict(), Field(ge=0, le=100)]
    """Of 100, by the district's own list."""


class VisitsCounted(Event):
    """So many came in on that day, as the host counted; again: the number is another."""

    CONTEXT: ClassVar[str] = "stations"
    STREAM: ClassVar[str] = "visits-{station}-{month}"

    station: StationId
    month: Month
    day: Day
    visits: Headcount


class TitleEvent(Event):
    """A fact about a station's titles."""

    CONTEXT: ClassVar[str] = "stations"
    STREAM: ClassVar[str] = "title-{station}"

    station: StationId
    title: Title
    granted_by: PublicName
    """The body that granted it: the platform grants none itself."""
    granted_on: Day


class TitleGranted(TitleEvent):
    """That body granted it the title on that day (最美…)."""


class TitleWithdrawn(TitleEvent):
    """That body took it back."""

    withdrawn_on: Day
