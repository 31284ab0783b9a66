"""May somebody be named as a station's host? (docs/domain.md 2; who it is lies in the vault)"""

from collections.abc import Sequence

from contracts.stations import HostNamed, StationClosed, StationEvent
from eventing.dates import must_have_happened
from eventing.decision import Decision, Keeping
from eventing.moment import Moment
from eventing.refusal import Refused
from eventing.vault import Erasure
from services.stations.commands import NameHost
from services.stations.decider.station import Closed, Station, Unknown, closed, only_station, union_of, unknown


def name(command: NameHost, state: Station, moment: Moment) -> Sequence[StationEvent]:
    """The same host on the same day is nothing new; the number given with it takes the place of the one before."""
    match state:
        case Unknown():
            raise unknown(command.station)
        case Closed():
            raise closed(state)
    must_have_happened(command.named_on, "named_on", moment)
    planned_on, known = state.record.planned.planned_on, state.record.host
    if command.named_on < planned_on:
        raise Refused("host_before_station", "named_on", planned_on=planned_on)
    if known is not None and command.named_on < known.named_on:
        raise Refused("newer_host_known", "named_on", known_on=known.named_on)
    event = HostNamed(station=command.station, host=command.host, named_on=command.named_on)
    return [] if event == known else [event]


def owner(command: NameHost, state: Station) -> str | None:
    return union_of(state)


DECISIONS = (Decision((NameHost,), only_station, name, owner, keeps=Keeping(lambda command: command.station)),)

ERASURES = (Erasure((StationClosed,), lambda event: event.station),)
"""A station that is closed for good needs nobody to be reached."""
