"""The ledgers of programme 2: each column goes into a command, comes out of the list, and is explained."""

from io import BytesIO
from typing import Any

import pytest

from contracts.stations import StationKind
from eventing.ledger.forms import write_template
from eventing.ledger.ledger import Ledger
from services.stations.commands import PlaceCabin, PlanStation
from services.stations.commands.place import Datum
from services.stations.ledgers import LEDGERS
from services.stations.ledgers.placements import PLACEMENTS, PlacementLine
from services.stations.ledgers.stations import STATIONS, StationLine
from tests.support.ledgers import Sent, comma_separated, xlsx

LINES: dict[str, Any] = {"stations": StationLine, "placements": PlacementLine}
OWN = [ledger for ledger in LEDGERS if ledger.name in LINES]

each_ledger = pytest.mark.parametrize("ledger", OWN, ids=lambda ledger: ledger.name)


def read(ledger: Ledger, **cells: object) -> Sent:
    """A row with these cells, the others as in the template's example; None: empty."""
    example = {one.name: None if one.example is None else one.kind.show(one.example) for one in ledger.columns}
    row = {**example, "station": "s-330110-007", **cells}
    return Sent(xlsx([[one.zh for one in ledger.columns], [row[one.name] for one in ledger.columns]]), ledger)


@each_ledger
def test_every_column_is_a_field_and_is_listed_and_explained(ledger: Ledger) -> None:
    (becomes,) = ledger.becomes
    names = {column.name for column in ledger.columns}
    assert names == set(becomes.command.model_fields)
    shown = {column.shown or column.name for column in (*ledger.columns, *ledger.also)}
    assert shown <= set(LINES[ledger.name].__dataclass_fields__)
    assert all(column.explained_zh and column.explained_en for column in ledger.columns)


@each_ledger
def test_the_templates_example_is_a_good_row_and_is_skipped(ledger: Ledger) -> None:
    assert read(ledger).found == []
    file = BytesIO()
    write_template(file, ledger)
    assert Sent(file, ledger).rows == []


def test_a_row_of_the_stations_becomes_a_station_in_use_or_to_come() -> None:
    (room,) = read(STATIONS).commands
    assert isinstance(room, PlanStation)
    assert (room.kind, room.lat, room.datum, str(room.opened_on)) == (
        StationKind.FIXED,
        30.2745,
        Datum.WGS84,
        "2025-04-01",
    )
    nothing = dict.fromkeys(("town", "lat", "lon", "datum", "opened_on"))
    (cabin,) = read(STATIONS, kind="移动", **nothing).commands
    assert isinstance(cabin, PlanStation)
    assert (cabin.kind, cabin.point, cabin.opened_on) == (StationKind.MOBILE, None, None)


def test_what_is_wrong_with_a_cell_is_told_at_its_column() -> None:
    assert read(PLACEMENTS, lat=119.9801, lon=30.2745).found == [
        (2, "纬度", "place_swapped"),
        (2, "经度", "place_swapped"),
    ]
    assert read(PLACEMENTS, lat="三十度").found == [(2, "纬度", "cell_not_decimal")]
    assert read(PLACEMENTS, datum="北京54").found == [(2, "坐标系", "choice_unknown")]
    assert read(PLACEMENTS, datum=None).found == [(2, "坐标系", "field_missing")]


def test_a_placing_is_read_from_a_comma_separated_file() -> None:
    header = ["驿站编号", "镇街编号", "纬度", "经度", "坐标系", "投放日期", "投放截止"]
    row = ["s-330110-050", "t-330110-02", "30.2801", " 119.9902", "GCJ-02", "2025-5-6", ""]
    (placing,) = Sent(comma_separated([header, row]), PLACEMENTS).commands
    assert isinstance(placing, PlaceCabin)
    assert (placing.lat, placing.lon, placing.datum, placing.until) == (30.2801, 119.9902, Datum.GCJ02, None)


def test_a_telephone_number_in_a_public_name_is_told_at_its_column() -> None:
    assert read(STATIONS, host_body="张三 13812345678").found == [(2, "承办单位", "name_with_mobile")]
    assert read(STATIONS, name="张三61010219900307851X").found == [(2, "驿站名称", "name_with_identity")]


def test_a_wrong_id_is_told_with_one_that_fits() -> None:
    ((finding,),) = (row.findings for row in read(PLACEMENTS, station="7").rows)
    assert (finding.code, finding.column) == ("form_wrong", "驿站编号")
    assert "s-330110-001" in finding.detail
    assert "[0-9]" not in finding.detail
