"""What the demo tells of Yuhang's stations, counted again from the events of the log and by no code of the services."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal
from functools import cached_property
from math import asin, cos, hypot, radians, sin, sqrt
from typing import Any

from contracts import regions
from contracts.event import Event
from tests.support import station_recount
from tests.support.station_recount import WEEKS, told

_CHAINS = {
    "station": ("Station", "Cabin", "OpeningHours", "HostNamed"),
    "town": ("TownListed", "TownDelisted", "OutdoorWorkersCounted"),
    "fault": ("Fault",),
    "service": ("ServiceHeld",),
    "visits": ("VisitsCounted",),
}
_NOT_OF_A_LIFE = ("StationInspected", "StationTargetSet")
_HUNDREDTH = Decimal("0.01")
_EARTH_M = 6_371_009


@dataclass(frozen=True)
class Recount:
    """`today`: when it was asked. All of one district."""

    events: Sequence[Event]
    district: str
    today: date

    @cached_property
    def chains(self) -> Mapping[str, Sequence[Sequence[Event]]]:
        """By what they are about, each with its events in the order of entry."""
        found: dict[str, dict[str, list[Event]]] = {what: {} for what in _CHAINS}
        for event in self.events:
            name = type(event).__name__
            for what, begins in _CHAINS.items():
                if name.startswith(begins) and name not in _NOT_OF_A_LIFE:
                    found[what].setdefault(_id(what, event), []).append(event)
        return {what: tuple(lives.values()) for what, lives in found.items()}

    def line(self, as_of: date) -> dict[str, Any]:
        """The district's line of the board."""
        counted = self._counted(as_of)
        services, visits = counted["services"], counted["visits"]
        return {
            "code": self.district,
            "name": regions.name(self.district),
            "stations": [
                {"kind": kind}
                | {state: counted[f"{kind}.{state}"] for state in ("planned", "open", "suspended", "closed")}
                | {"open_that_day": counted[f"{kind}.open_that_day"]}
                for kind in ("fixed", "mobile")
            ],
            **{name: counted[name] for name in ("towns", "towns_covered", "faults_open", "faults_overdue")},
            "services": services,
            "services_per_week": _weekly(services),
            "service_visits": counted["service_visits"],
            "visits": visits,
            "visits_per_week": _weekly(visits),
            "figures": [self._figure(metric, as_of) for metric in ("towns_with_cabin", "stations_open")],
        }

    def _counted(self, as_of: date) -> Counter[str]:
        lives = [chain for chains in self.chains.values() for chain in chains]
        return station_recount.board(lives, as_of).get(self.district, Counter())

    def _number(self, metric: str, as_of: date) -> int:
        counted = self._counted(as_of)
        if metric == "towns_with_cabin":
            return counted["towns_covered"]
        return counted["fixed.open_that_day"] + counted["mobile.open_that_day"]

    def _figure(self, metric: str, as_of: date) -> dict[str, Any]:
        """Raises `IndexError` where no target was set by then."""
        set_: list[Any] = [one for one in told(self.events, "StationTargetSet") if one.metric.value == metric]
        target = [one for one in set_ if one.set_on <= as_of][-1]
        now = self._number(metric, as_of)
        had, gap = now - self._number(metric, as_of - WEEKS), max(0, target.count - now)
        over = target.due_on < self.today and target.due_on <= as_of
        at_due = self._number(metric, target.due_on) if over else None
        left = max((target.due_on - as_of).days, 1)
        days = -(-gap * WEEKS.days // had) if gap and had > 0 and not over else None
        on = None if days is None else as_of + timedelta(days=days)
        return {
            "metric": metric,
            "count": now,
            "target": {
                "count": target.count,
                "due_on": f"{target.due_on}",
                "set_by": target.set_by,
                "set_on": f"{target.set_on}",
            },
            "reached": now >= target.count,
            "status": "running" if at_due is None else "met" if at_due >= target.count else "missed",
            "at_due_day": at_due,
            "gap": gap,
            "needed_per_week": None if over else f"{(Decimal(gap * 7) / left).quantize(_HUNDREDTH, ROUND_CEILING)}",
            "had": had,
            "had_per_week": _weekly(had),
            "forecast_on": None if on is None else f"{on}",
            "forecast_reason": _why(gap, over, on, target.due_on),
        }

    def towns(self, on: date) -> list[dict[str, Any]]:
        """By id, with the cabins that stand there, or the way from its centre to the nearest station in use."""
        found = []
        for chain in self.chains["town"]:
            listed, count = told(chain, "TownListed")[-1], told(chain, "OutdoorWorkersCounted")[-1]
            cabins = [station for station, town in self.cabins(on).items() if town == listed.town]
            ways = [(metres(listed.centre, point), station) for station, point in self.in_use(on).items()]
            far, nearest = min(ways)
            found.append(
                {
                    "town": listed.town,
                    "name": listed.name,
                    "kind": listed.kind.value,
                    "cabins": cabins,
                    "workers": count.workers,
                    "counted_on": f"{count.counted_on}",
                    "nearest": None if cabins else nearest,
                    "metres": None if cabins else far,
                }
            )
        return sorted(found, key=lambda town: str(town["town"]))

    def cabins(self, on: date) -> dict[str, str | None]:
        """By id: where each that is opened and not closed stands."""
        found = {}
        for chain in self.chains["station"]:
            state, town = station_recount.station(chain, on)
            if _first(chain).kind.value == "mobile" and state in ("open", "suspended"):
                found[_first(chain).station] = town
        return dict(sorted(found.items()))

    def in_use(self, on: date) -> dict[str, Any]:
        """By id: the points of the stations that are open on the day and stand somewhere."""
        found = {}
        for chain in self.chains["station"]:
            state, town = station_recount.station(chain, on)
            if state == "open" and town is not None:
                placed = [one for one in told(chain, "CabinPlaced") if one.town == town and one.placed_on <= on]
                found[_first(chain).station] = _first(chain).point or placed[-1].point
        return found

    def placements(self) -> list[dict[str, Any]]:
        """By cabin and day; the end is the one said last."""
        found = {}
        for chain in self.chains["station"]:
            for placed in told(chain, "CabinPlaced"):
                gone = [one for one in told(chain, "CabinRemoved") if one.placed_on == placed.placed_on]
                until = gone[-1].removed_on if gone else placed.until
                found[placed.station, f"{placed.placed_on}"] = {
                    "town": placed.town,
                    "lat": placed.point.lat,
                    "lon": placed.point.lon,
                    "until": None if until is None else f"{until}",
                }
        return [{"station": of, "placed_on": on, **rest} for (of, on), rest in sorted(found.items())]

    def named(self) -> dict[str, str]:
        """The stations' names, by id."""
        return {_first(chain).station: _first(chain).name for chain in self.chains["station"]}


def metres(one: Any, other: Any) -> float:
    """On a sphere (haversine): within 0.5 % of the way on the ellipsoid."""
    north, east = radians(other.lat - one.lat), radians(other.lon - one.lon)
    bent = sqrt(cos(radians(one.lat)) * cos(radians(other.lat))) * sin(east / 2)
    return 2 * _EARTH_M * asin(hypot(sin(north / 2), bent))


def _first(chain: Sequence[Event]) -> Any:
    return chain[0]


def _id(what: str, event: Any) -> str:
    return f"{event.station}-{event.month}" if what == "visits" else str(getattr(event, what))


def _weekly(number: int) -> str:
    return f"{(Decimal(number * 7) / WEEKS.days).quantize(_HUNDREDTH, ROUND_DOWN)}"


def _why(gap: int, over: bool, on: date | None, due_on: date) -> str | None:
    if not gap:
        return "reached"
    if over:
        return "over"
    if on is None:
        return "no_progress"
    return None if on <= due_on else "too_slow"
