"""When may visits be counted? (客流)"""

from collections.abc import Mapping, Sequence
from datetime import date

from contracts.stations import VisitsCounted
from eventing.dates import must_have_happened
from eventing.decision import Decision, StreamKind, StreamRef
from eventing.moment import Moment
from services.stations.commands import CountVisits
from services.stations.decider.days import must_be_open_on
from services.stations.decider.station import STATION, Station, union_of

Visits = Mapping[date, int]
"""A month's, by day, as entered last."""


def evolve(visits: Visits, event: VisitsCounted) -> Visits:
    return {**visits, event.day: event.visits}


VISITS: StreamKind[Visits] = StreamKind("visits", {}, evolve)


def count(command: CountVisits, visits: Visits, station: Station, moment: Moment) -> Sequence[VisitsCounted]:
    if visits.get(command.day) == command.visits:
        return []
    must_have_happened(command.day, "day", moment)
    must_be_open_on(command, station, command.day, "day")
    return [VisitsCounted(station=command.station, month=command.month, day=command.day, visits=command.visits)]


def owner(_: CountVisits, __: Visits, station: Station) -> str | None:
    return union_of(station)


def _visits(command: CountVisits) -> tuple[StreamRef, ...]:
    """The station's own stream is only read."""
    return VISITS.of(f"{command.station}-{command.month}"), STATION.of(command.station)


DECISIONS = (Decision((CountVisits,), _visits, count, owner),)
