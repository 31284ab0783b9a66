"""驿站台账: the stations of a district, those that are in use and those to come."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from contracts.stations import StationKind
from eventing.ledger.kinds import Choice, Code, Day, Text, Whole
from eventing.ledger.ledger import Becomes, Column, Export, Ledger, Page
from services.stations.commands import PlanStation
from services.stations.commands.place import Datum
from services.stations.ledgers.columns import DATUM, LAT, LON, STATION, TOWN
from services.stations.queries.stations import StationsAsked, list_stations
from services.stations.views.stations import StationRow, StationState

if TYPE_CHECKING:
    from eventing.shell.desk import Desk

KIND = Choice({StationKind.FIXED: "固定", StationKind.MOBILE: "移动"})
STATE = Choice(
    {
        StationState.PLANNED: "规划",
        StationState.OPEN: "启用",
        StationState.SUSPENDED: "暂停",
        StationState.CLOSED: "撤站",
    }
)


@dataclass(frozen=True, slots=True)
class StationLine:
    """A station as a line of the ledger: a cabin has no place of its own, where it is placed stands beside."""

    station: str
    kind: StationKind
    name: str
    union_id: str
    town: str | None
    lat: float | None
    lon: float | None
    datum: Datum | None
    area_m2: int
    host_body: str
    planned_on: date
    opened_on: date | None
    state: StationState
    placed_in: str | None
    placed_on: date | None
    placed_until: date | None
    closed_on: date | None


def _line(row: StationRow, datum: Datum) -> StationLine:
    stays = row.kind is StationKind.FIXED
    return StationLine(
        row.station,
        row.kind,
        row.name,
        row.union_id,
        row.town if stays else None,
        row.lat if stays else None,
        row.lon if stays else None,
        datum if stays else None,
        row.area_m2,
        row.host_body,
        row.planned_on,
        row.opened_on,
        row.state,
        None if stays else row.town,
        row.placed_on,
        row.placed_until,
        row.closed_on,
    )


async def _page(desk: "Desk", asked: StationsAsked) -> Page:
    found = await list_stations(desk, asked)
    return Page(tuple(_line(row, found.datum) for row in found.stations), found.next, found.freshness)


STATIONS = Ledger(
    name="stations",
    zh="驿站台账",
    en="Stations",
    columns=(
        STATION,
        Column("kind", "类型", "Kind", KIND, StationKind.FIXED, "固定或移动（小木屋）。", "A room, or a cabin."),
        Column("name", "驿站名称", "Name", Text(), "余杭街道工会驿站", "对外公布的名称。", "As it is made public."),
        Column(
            "union",
            "负责的工会",
            "Union that looks after it",
            Code(lower=True),
            "u-330110",
            "工会名录中的编号。",
            "Its id in the union directory.",
            shown="union_id",
        ),
        replace(TOWN, explained_zh="固定驿站必填；移动驿站不填。", explained_en="Of a room; a cabin has none."),
        replace(LAT, explained_zh="固定驿站必填；移动驿站不填。", explained_en="Of a room; a cabin has none."),
        replace(LON, explained_zh="固定驿站必填；移动驿站不填。", explained_en="Of a room; a cabin has none."),
        DATUM,
        Column("area_m2", "面积（平方米）", "Area in m²", Whole(), 45, "整数平方米。", "Whole square metres."),
        Column(
            "host_body",
            "承办单位",
            "Host body",
            Text(),
            "余杭街道办事处",
            "单位名称，不填个人姓名。",
            "An organisation, never a person.",
        ),
        Column(
            "planned_on", "规划日期", "Planned on", Day(), date(2025, 3, 3), "列入规划的日期。", "The day of the plan."
        ),
        Column(
            "opened_on",
            "启用日期",
            "Opened on",
            Day(),
            date(2025, 4, 1),
            "尚未启用的不填。",
            "Left empty while it is to come.",
        ),
    ),
    becomes=(Becomes(PlanStation, "plan-station"),),
    export=Export(StationsAsked, _page),
    also=(
        Column("state", "状态", "State", STATE),
        Column("placed_in", "投放镇街", "Placed in", Code()),
        Column("placed_on", "投放日期", "Placed on", Day()),
        Column("placed_until", "投放截止", "Placed until", Day()),
        Column("closed_on", "撤站日期", "Closed on", Day()),
    ),
)
