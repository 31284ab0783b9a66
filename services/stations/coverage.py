"""Where should the next cabin stand? Of the towns without one, where most workers have the longest way to a station."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from contracts.places import Point
from services.stations.geography import metres


class Why(StrEnum):
    """What a suggestion goes by: as much as is known."""

    WORKERS_AND_WAY = "workers_and_way"
    """The most workers times metres to the nearest open station."""
    WORKERS = "workers"
    """The most workers: no station is open in the district."""
    WAY = "way"
    """The longest way: nobody has counted the outdoor workers of the towns without a cabin."""


@dataclass(frozen=True, slots=True)
class OpenStation:
    """A station that is in use on the day, where it stands then."""

    station: str
    point: Point


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A town without a cabin; `nearest` is the open station nearest to its centre, `metres` the way there."""

    town: str
    name: str
    workers: int | None
    nearest: str | None
    metres: int | None

    @property
    def worker_metres(self) -> int:
        return (self.workers or 0) * (self.metres or 0)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The town in which to place the next cabin, and why."""

    town: str
    name: str
    reason: Why
    workers: int | None
    nearest: str | None
    metres: int | None


def uncovered(town: str, name: str, workers: int | None, centre: Point, stations: Sequence[OpenStation]) -> Uncovered:
    ways = [(metres(centre, each.point), each.station) for each in stations]
    if not ways:
        return Uncovered(town, name, workers, None, None)
    way, nearest = min(ways)
    return Uncovered(town, name, workers, nearest, round(way))


def suggest(towns: Sequence[Uncovered]) -> Suggestion | None:
    """None: every town has one, or nothing is known to choose by. Of equal ones, the first by its id."""
    by_id = sorted(towns, key=lambda town: town.town)
    for reason, weight in _WEIGHTS.items():
        best = max(by_id, key=weight, default=None)
        if best is not None and weight(best):
            return Suggestion(best.town, best.name, reason, best.workers, best.nearest, best.metres)
    return None


_WEIGHTS: Mapping[Why, Callable[[Uncovered], int]] = {
    Why.WORKERS_AND_WAY: lambda town: town.worker_metres,
    Why.WORKERS: lambda town: town.workers or 0,
    Why.WAY: lambda town: town.metres or 0,
}
