"""When may an inspection be entered? (巡查)"""

from collections.abc import Sequence

from contracts.stations import StationInspected
from eventing.dates import must_have_happened
from eventing.decision import Decision, StreamKind, StreamRef
from eventing.moment import Moment
from services.stations.commands import InspectStation
from services.stations.decider.days import must_be_open_on
from services.stations.decider.station import STATION, Station, union_of

Inspection = StationInspected | None
"""What was found on that day, as entered last."""


def evolve(_: Inspection, event: StationInspected) -> Inspection:
    return event


INSPECTION: StreamKind[Inspection] = StreamKind("inspection", None, evolve)


def inspect(command: InspectStation, known: Inspection, station: Station, moment: Moment) -> Sequence[StationInspected]:
    must_have_happened(command.inspected_on, "inspected_on", moment)
    inspected = StationInspected(**command.model_dump())
    if inspected == known:
        return []
    must_be_open_on(command, station, command.inspected_on, "inspected_on")
    return [inspected]


def owner(_: InspectStation, __: Inspection, station: Station) -> str | None:
    return union_of(station)


def _inspection(command: InspectStation) -> tuple[StreamRef, ...]:
    """The station's own stream is only read."""
    return INSPECTION.of(f"{command.station}-{command.inspected_on}"), STATION.of(command.station)


DECISIONS = (Decision((InspectStation,), _inspection, inspect, owner),)
