"""A station's life: planned, open, suspended, closed (规划、启用、暂停、撤站)."""

from pydantic import ConfigDict

from contracts.places import Point
from contracts.stations import Area, ClosingReason, StationKind, SuspensionReason
from contracts.vocabulary import AskedName, Day, StationId, TownId, UnionId
from eventing.decision import Command
from services.stations.commands.place import AskedLatitude, AskedLongitude, Datum


class StationCommand(Command):
    """Asked about one station. Its district is in its id."""

    station: StationId

    @property
    def district(self) -> str:
        return self.station[2:8]


class PlanStation(StationCommand):
    """录入驿站: enter a station that is to come, or, with `opened_on`, one that is in use already."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "station": "s-330110-001",
                    "kind": "fixed",
                    "name": "余杭街道工会驿站",
                    "union": "u-330110",
                    "town": "t-330110-01",
                    "lat": 30.2745,
                    "lon": 119.9801,
                    "datum": "wgs84",
                    "area_m2": 45,
                    "host_body": "余杭街道办事处",
                    "planned_on": "2025-03-03",
                },
                {
                    "station": "s-330110-049",
                    "kind": "mobile",
                    "name": "移动驿站一号",
                    "union": "u-330110",
                    "area_m2": 20,
                    "host_body": "余杭区总工会",
                    "planned_on": "2025-03-03",
                },
            ]
        }
    )

    kind: StationKind
    name: AskedName
    union: UnionId
    """The union that looks after it: the district's, or one below it."""
    town: TownId | None = None
    """Where a room is; a cabin has no place until it is placed: leave out this, `lat`, `lon` and `datum`."""
    lat: AskedLatitude | None = None
    lon: AskedLongitude | None = None
    datum: Datum | None = None
    area_m2: Area
    host_body: AskedName
    planned_on: Day
    opened_on: Day | None = None
    """Since when it is in use; left out: it is to come."""

    @property
    def point(self) -> Point | None:
        """As it stands in events, where all three were given."""
        if self.lat is None or self.lon is None or self.datum is None:
            return None
        return self.datum.means(self.lat, self.lon)


class DescribeStation(StationCommand):
    """变更驿站资料: enter its name, area and host body anew."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "station": "s-330110-001",
                    "name": "余杭街道工会驿站",
                    "area_m2": 50,
                    "host_body": "余杭街道办事处",
                    "described_on": "2025-06-03",
                }
            ]
        }
    )

    name: AskedName
    area_m2: Area
    host_body: AskedName
    described_on: Day


class OpenStation(StationCommand):
    """启用驿站: open it to everybody."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"station": "s-330110-001", "opened_on": "2025-04-01"}]})

    opened_on: Day


class SuspendStation(StationCommand):
    """暂停开放: shut it for a while. With `until` it opens again by itself."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "station": "s-330110-001",
                    "reason": "renovation",
                    "suspended_on": "2025-05-12",
                    "until": "2025-06-01",
                }
            ]
        }
    )

    reason: SuspensionReason
    suspended_on: Day
    until: Day | None = None
    """The first day on which it is open again; left out: not known."""


class ResumeStation(StationCommand):
    """恢复开放: open it again."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"station": "s-330110-001", "resumed_on": "2025-05-26"}]})

    resumed_on: Day


class EndSuspension(StationCommand):
    """到期恢复: the day has come on which it opens again; given by a clock."""

    until: Day


class CloseStation(StationCommand):
    """撤站: close it for good; one that never opened: its plan has ended."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"station": "s-330110-001", "reason": "demolished", "closed_on": "2025-06-20"}]}
    )

    reason: ClosingReason
    closed_on: Day
