"""Which branch of Yuhang's stations happened how often, told from the events of the log."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from contracts.event import Event


def _any(_: Any) -> bool:
    return True


_BRANCHES: dict[str, Callable[[Any], bool]] = {
    "TownListed subdistrict": lambda e: e.kind.value == "subdistrict",
    "TownListed town": lambda e: e.kind.value == "town",
    "TownListed platform": lambda e: e.kind.value == "platform",
    "OutdoorWorkersCounted": _any,
    "StationPlanned room": lambda e: e.kind.value == "fixed",
    "StationPlanned cabin": lambda e: e.kind.value == "mobile",
    "StationDescribed": _any,
    "StationOpened": _any,
    "StationSuspended renovation": lambda e: e.reason.value == "renovation",
    "StationSuspended weather": lambda e: e.reason.value == "weather",
    "StationSuspended equipment": lambda e: e.reason.value == "equipment",
    "StationSuspended host": lambda e: e.reason.value == "host",
    "StationSuspended safety": lambda e: e.reason.value == "safety",
    "StationSuspended no end known": lambda e: e.until is None,
    "StationResumed": _any,
    "StationClosed replaced": lambda e: e.reason.value == "replaced",
    "HostNamed": _any,
    "OpeningHoursSet on working days": lambda e: any(time.on.value == "working_days" for time in e.times),
    "OpeningHoursSet over midnight": lambda e: any(time.closes < time.opens for time in e.times),
    "OpeningHoursSet day and night": lambda e: any(time.closes == "24:00" for time in e.times),
    "OpeningHoursSet a day shut": lambda e: any(one.opens is None for one in e.exceptions),
    "OpeningHoursSet a day otherwise": lambda e: any(one.opens is not None for one in e.exceptions),
    "CabinPlaced with an end": lambda e: e.until is not None,
    "CabinPlaced no end known": lambda e: e.until is None,
    "CabinRemoved": _any,
    "EquipmentInstalled": _any,
    "EquipmentRemoved": lambda e: not e.faults,
    "EquipmentRemoved with a fault": lambda e: bool(e.faults),
    "EquipmentBroken": _any,
    "EquipmentRepaired": _any,
    "FaultReported": _any,
    "FaultConfirmed": _any,
    "FaultDismissed works": lambda e: e.reason.value == "works",
    "FaultDismissed known_already": lambda e: e.reason.value == "known_already",
    "FaultOverdue": _any,
    "FaultRepaired in time": lambda e: e.repaired_on <= e.due_on,
    "FaultRepaired late": lambda e: e.repaired_on > e.due_on,
    "FaultDropped": _any,
    "StationInspected open": lambda e: e.found_open,
    "StationInspected shut": lambda e: not e.found_open,
    "VisitsCounted": _any,
    "TitleGranted most_beautiful": lambda e: e.title.value == "most_beautiful",
    "TitleGranted model": lambda e: e.title.value == "model",
    "TitleWithdrawn": _any,
    "ServicePlanned haircut": lambda e: e.kind.value == "haircut",
    "ServicePlanned repairs": lambda e: e.kind.value == "repairs",
    "ServicePlanned legal_advice": lambda e: e.kind.value == "legal_advice",
    "ServicePlanned film": lambda e: e.kind.value == "film",
    "ServicePlanned market": lambda e: e.kind.value == "market",
    "ServiceCancelled weather": lambda e: e.reason.value == "weather",
    "ServiceCancelled too_few": lambda e: e.reason.value == "too_few",
    "TicketBooked": _any,
    "TicketReturned": _any,
    "ServiceHeld": _any,
    "ServiceHeld with no-shows": lambda e: e.no_shows > 0,
    "StationTargetSet": _any,
}
"""By the event's name, and where there are several kinds of it, words that tell them apart."""


def branches(events: Sequence[Event]) -> Counter[str]:
    """How often each happened; what never did is there with 0."""
    found: Counter[str] = Counter(dict.fromkeys(_BRANCHES, 0))
    for event in events:
        name = type(event).__name__
        found.update(one for one, happened in _BRANCHES.items() if one.split()[0] == name and happened(event))
    found["a cabin placed anew, for longer"] = _again(events, "CabinPlaced", "station", "placed_on")
    found["a service planned again, with more places"] = _again(events, "ServicePlanned", "service")
    found["hours set anew"] = _again(events, "OpeningHoursSet", "station")
    return found


def _again(events: Sequence[Event], kind: str, *subject: str) -> int:
    """How many of these events are about what another of them was about."""
    about = [tuple(getattr(event, name) for name in subject) for event in events if type(event).__name__ == kind]
    return len(about) - len(set(about))
