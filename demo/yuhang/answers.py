"""What the platform answers of Yuhang's stations: what of it the demo reads (the rest is left alone)."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from demo.freshness import Freshness


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class OfKind(_Answer):
    """Rooms, or cabins, each in one of four states."""

    kind: str
    planned: int
    open: int
    suspended: int
    closed: int
    open_that_day: int


class Goal(_Answer):
    """What the district strives for."""

    count: int
    due_on: date


class Figure(_Answer):
    """How far a target is; null where nobody set one."""

    metric: str
    count: int
    target: Goal | None
    gap: int | None
    needed_per_week: str | None
    had_per_week: str
    forecast_on: date | None
    forecast_reason: str | None
    status: str | None


class Line(_Answer):
    """The district's line of the board."""

    name: str
    stations: tuple[OfKind, ...]
    towns: int
    towns_covered: int
    faults_open: int
    faults_overdue: int
    services: int
    services_per_week: str
    service_visits: int
    visits: int
    visits_per_week: str
    figures: tuple[Figure, ...]

    @property
    def open_that_day(self) -> int:
        return sum(of.open_that_day for of in self.stations)


class Board(_Answer):
    """As of a day; what happened is told since another one."""

    as_of: date
    since: date
    region: Line
    freshness: tuple[Freshness, ...]


class TownLine(_Answer):
    """A town with its cabins, or the way to the nearest open station."""

    town: str
    name: str
    cabins: tuple[str, ...]
    workers: int | None
    nearest: str | None
    metres: int | None


class Suggestion(_Answer):
    """The town for the next cabin, and why."""

    name: str
    reason: str
    workers: int | None
    metres: int | None


class Coverage(_Answer):
    """Which towns have a cabin."""

    covered: int
    towns: tuple[TownLine, ...]
    suggestion: Suggestion | None


class Placement(_Answer):
    """A cabin in a town, up to the day before `until`."""

    station: str
    town: str
    placed_on: date
    until: date | None


class On(_Answer):
    """A service that is on there."""

    kind: str
    starts: str
    ends: str


class Near(_Answer):
    """An open station nearby."""

    name: str
    metres: float
    open_until: datetime
    broken: tuple[str, ...]
    on: tuple[On, ...]


class Told(_Answer):
    """All that the demo shows."""

    board: Board
    months: dict[str, Line]
    coverage: Coverage
    placements: tuple[Placement, ...]
