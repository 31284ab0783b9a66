"""A board of stations as of a day, counted again from the facts by docs/domain.md and by no code of the services."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from contracts.event import Event

WEEKS = timedelta(days=28)


def board(chains: Sequence[Sequence[Event]], as_of: date) -> dict[str, Counter[str]]:
    """By district, the numbers that aren't 0."""
    found: dict[str, Counter[str]] = {}
    covered = {town for chain in chains if chain and (town := covered_by(chain, as_of))}
    for chain in chains:
        if not chain:
            continue
        counted = numbers(chain, as_of, covered)
        found.setdefault(district(chain[0]), Counter()).update(counted)
    return {place: Counter({n: v for n, v in of.items() if v}) for place, of in found.items() if any(of.values())}


def numbers(chain: Sequence[Event], as_of: date, covered: set[str]) -> Counter[str]:
    match type(chain[0]).__name__:
        case "TownListed":
            on = listed(chain, as_of)
            town: Any = chain[0]
            return Counter(towns=on, towns_covered=on and town.town in covered)
        case "FaultReported":
            return fault(chain, as_of)
        case "StationPlanned":
            state, town = station(chain, as_of)
            first: Any = chain[0]
            if state is None:
                return Counter()
            open_that_day = state == "open" and town is not None
            return Counter({f"{first.kind}.{state}": 1, f"{first.kind}.open_that_day": open_that_day})
        case _:
            return happened(chain, as_of)


def station(chain: Sequence[Event], as_of: date) -> tuple[str | None, str | None]:
    """Its state, and the town where it stands."""
    (planned,) = told(chain, "StationPlanned")
    if as_of < planned.planned_on:
        return None, None
    town = planned.town or cabin_town(chain, as_of)
    closed, opened = told(chain, "StationClosed"), told(chain, "StationOpened")
    if closed and closed[0].closed_on <= as_of:
        return "closed", town
    if not opened or as_of < opened[0].opened_on:
        return "planned", town
    pauses, resumed = told(chain, "StationSuspended"), told(chain, "StationResumed")
    if pauses:
        until = resumed[0].resumed_on if resumed else pauses[-1].until
        if pauses[-1].suspended_on <= as_of and (until is None or as_of < until):
            return "suspended", town
    return "open", town


def cabin_town(chain: Sequence[Event], as_of: date) -> str | None:
    for placed in told(chain, "CabinPlaced"):
        removed = [one.removed_on for one in told(chain, "CabinRemoved") if one.placed_on == placed.placed_on]
        until = removed[0] if removed else placed.until
        if placed.placed_on <= as_of and (until is None or as_of < until):
            town: str = placed.town
            return town
    return None


def covered_by(chain: Sequence[Event], as_of: date) -> str | None:
    first: Any = chain[0]
    if type(first).__name__ != "StationPlanned" or first.kind != "mobile":
        return None
    state, town = station(chain, as_of)
    return town if state in ("open", "suspended") else None


def listed(chain: Sequence[Event], as_of: date) -> bool:
    first: Any = chain[0]
    ended = [one.delisted_on for one in told(chain, "TownDelisted")]
    return bool(first.listed_on <= as_of and not (ended and ended[0] <= as_of))


def fault(chain: Sequence[Event], as_of: date) -> Counter[str]:
    first: Any = chain[0]
    ends = [one.dismissed_on for one in told(chain, "FaultDismissed")]
    ends += [one.repaired_on for one in told(chain, "FaultRepaired")]
    ends += [one.dropped_on for one in told(chain, "FaultDropped")]
    is_open = first.reported_on <= as_of and not (ends and ends[0] <= as_of)
    due = [one.repair_due_on for one in told(chain, "FaultConfirmed")]
    return Counter(faults_open=is_open, faults_overdue=is_open and bool(due) and due[0] < as_of)


def happened(chain: Sequence[Event], as_of: date) -> Counter[str]:
    """Over four weeks; of a day that was counted twice, the last number."""
    last = {day(one): one for one in chain}
    these: list[Any] = [one for day, one in last.items() if as_of - WEEKS < day <= as_of]
    came = sum(one.visits for one in these)
    if type(chain[0]).__name__ == "ServiceHeld":
        return Counter(services=len(these), service_visits=came)
    return Counter(visits=came)


def day(event: Any) -> date:
    found: date = event.held_on if hasattr(event, "held_on") else event.day
    return found


def district(event: Any) -> str:
    subject: str = event.town if type(event).__name__ == "TownListed" else event.station
    return subject.split("-")[1]


def told(chain: Sequence[Event], kind: str) -> list[Any]:
    return [event for event in chain if type(event).__name__ == kind]
