"""Spreadsheet files as they come: encodings, sheets, headers, and what is refused before it does harm."""

import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest

from eventing.ledger.files import open_book
from eventing.ledger.sheets import AT_HOME, OVER_HTTP, Bounds
from eventing.refusal import Invalid
from tests.support.ledgers import Sent, comma_separated, xlsx

HEADER = ["树号", "高度", "种植日期"]
ROW = ["T7", "3", "2025-5-20"]


def refusal(file: BytesIO, bounds: Bounds = AT_HOME) -> Invalid:
    with pytest.raises(Invalid) as refused:
        Sent(file, bounds=bounds)
    return refused.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_each_encoding_that_officers_have(encoding: str) -> None:
    sent = Sent(comma_separated([[*HEADER, "名称"], [*ROW, "银杏〇号"]], encoding))
    assert (sent.found, sent.commands[0].model_dump()["name"]) == ([], "银杏〇号")


def test_columns_come_in_any_order_and_unknown_ones_are_named() -> None:
    """Mechanism: columns go by their header, Chinese, English, or the field's name."""
    sent = Sent(xlsx([["联系人", "Planted on", "height", " 树 号* "], ["x", "2025/5/20", 3, "t7"]]))
    assert sent.found == []
    assert sent.commands[0].model_dump(include={"tree", "height"}) == {"tree": "T7", "height": 3}
    (ignored,) = (one for one in sent.table.notices if one.code == "ledger_columns_ignored")
    assert ignored.facts == {"columns": ["联系人"]}


def test_a_title_above_the_header_is_no_hindrance_and_rows_keep_their_sheet_numbers() -> None:
    sent = Sent(xlsx([["树木台账 2025"], [], HEADER, [], ROW, ["", " ", "　"], ["T8", "x", "2025-5-20"]]))
    assert [row.number for row in sent.rows] == [5, 7]
    assert sent.found == [(7, "高度", "cell_not_whole")]


def test_missing_columns_are_named() -> None:
    refused = refusal(xlsx([["树号", "名称"], ["T1", "x"]]))
    assert (refused.code, refused.facts["columns"]) == ("ledger_columns_missing", ["高度", "种植日期"])


def test_a_file_without_a_header_is_told_which_it_needs() -> None:
    assert refusal(xlsx([["甲", "乙"]])).code == "ledger_header_missing"
    assert refusal(comma_separated([])).code == "ledger_header_missing"


def test_a_column_that_stands_there_twice_is_refused() -> None:
    assert refusal(xlsx([[*HEADER, "Tree"], [*ROW, "T8"]])).code == "ledger_column_twice"


def test_merged_cells_below_the_header_are_refused_and_above_it_are_not() -> None:
    refused = refusal(xlsx([HEADER, ROW, ROW], merged="A3:A4"))
    assert (refused.code, refused.facts["ranges"]) == ("ledger_merged_cells", ["A3:A4"])
    assert Sent(xlsx([[], HEADER, ROW], merged="A1:C1")).found == []


def test_the_ledgers_own_sheet_is_read_and_others_are_named() -> None:
    sent = Sent(xlsx([HEADER, ROW], "第一张", hidden=True, other=False))
    (ignored,) = (one for one in sent.table.notices if one.code == "ledger_sheets_ignored")
    assert ignored.facts == {"sheets": ["other", "hidden"]}


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ledger_old_excel"),
        (b"PK\x03\x04 no workbook", "ledger_not_readable"),
        (b"\xff\xfeh\x00i\x00", "ledger_encoding"),
        (b"\x81\xff\xff", "ledger_encoding"),
        (b'"never closed', "ledger_not_readable"),
    ],
)
def test_what_is_no_spreadsheet_is_told_what_to_do(start: bytes, code: str) -> None:
    assert refusal(BytesIO(start)).code == code


def test_a_workbook_that_lost_its_end_is_refused() -> None:
    whole = xlsx([HEADER, ROW]).getvalue()
    assert refusal(BytesIO(whole[: len(whole) // 2])).code == "ledger_not_readable"


def repacked(file: BytesIO, name: str, change: Any) -> BytesIO:
    """The workbook with one of its parts changed."""
    out = BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
    return out


def test_a_cell_far_outside_doesnt_take_the_memory_of_the_rectangle() -> None:
    """Mechanism: cell references are looked at before the sheet is read: 17 thousand million cells."""
    far = repacked(
        xlsx([HEADER, ROW]),
        "xl/worksheets/sheet1.xml",
        lambda sheet: sheet.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
    )
    assert refusal(far).code == "ledger_too_many_rows"


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is() -> None:
    bomb = repacked(xlsx([HEADER, ROW]), "xl/theme/theme1.xml", lambda _: b" " * (OVER_HTTP.expanded + 1))
    assert len(bomb.getvalue()) < 200_000
    refused = refusal(bomb, OVER_HTTP)
    assert (refused.code, refused.facts) == ("ledger_too_large", {"limit": OVER_HTTP.expanded})


def changed(change: Any) -> BytesIO:
    """A workbook whose sheet was changed by other hands than a spreadsheet program's."""
    return repacked(xlsx([HEADER, ROW]), "xl/worksheets/sheet1.xml", change)


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_no_part_may_take_the_readers_memory_by_many_small_elements(part: str) -> None:
    """Mechanism: what is read at once, a row, a text, a part that isn't read by rows, is bounded by itself."""
    bomb = repacked(xlsx([HEADER, ROW]), part, lambda xml: xml + b"<x/>" * (3 << 19))
    assert refusal(bomb).code == "ledger_too_large"


def test_entities_that_grow_are_refused() -> None:
    """Mechanism: expat's own bound."""
    grows = b"".join(b'<!ENTITY e%d "%s">' % (at, b"&e%d;" % (at - 1) * 10) for at in range(1, 10))
    bomb = changed(
        lambda sheet: sheet.replace(
            b"<worksheet", b'<!DOCTYPE x [<!ENTITY e0 "0123456789">' + grows + b"]><worksheet", 1
        ).replace(b"<sheetData>", b'<sheetData><row r="9"><c r="A9" t="str"><v>&e9;</v></c></row>')
    )
    assert refusal(bomb).code == "ledger_not_readable"


def test_a_sheet_that_says_it_is_smaller_than_it_is_loses_nothing() -> None:
    """Mechanism: the declared dimension isn't believed."""
    sent = Sent(changed(lambda sheet: sheet.replace(b'<dimension ref="A1:C2"/>', b'<dimension ref="A1:A1"/>')))
    assert len(sent.commands) == 1


def test_cells_that_dont_say_where_they_stand_are_counted_too() -> None:
    wide = comma_separated([HEADER, ["1"] * 257])
    assert refusal(wide).code == "ledger_too_many_rows"


def test_an_error_reads_as_empty_and_a_workbooks_cells_keep_their_kinds() -> None:
    file = xlsx([["a_x0041_b", 916101020000000000, 1.5, True, date(2025, 5, 20), datetime(2025, 5, 20, 8, 30)]])
    errs = repacked(
        file,
        "xl/worksheets/sheet1.xml",
        lambda sheet: sheet.replace(b"</row>", b'<c r="G1" t="e"><v>#N/A</v></c></row>'),
    )
    (row,) = open_book(errs, AT_HOME).sheets[0].rows
    assert list(row) == [
        "a_x0041_b",
        916101020000000000,
        1.5,
        True,
        date(2025, 5, 20),
        datetime(2025, 5, 20, 8, 30),
        "",
    ]
    assert type(row[4]) is date


def test_more_rows_than_the_bounds_are_refused_in_both_forms() -> None:
    rows, few = [HEADER, *[ROW] * 10], Bounds(rows=10, expanded=1 << 20)
    assert refusal(xlsx(rows), few).code == "ledger_too_many_rows"
    assert refusal(comma_separated(rows), few).code == "ledger_too_many_rows"


def test_a_day_typed_as_digits_into_a_column_of_dates_stays_those_digits() -> None:
    """Mechanism: what no date can be is left a number; openpyxl makes an error of it, and the day would be missing."""
    page = changed(lambda sheet: sheet.replace(b"</row></sheetData>", b"</row>" + DIGITS + b"</sheetData>"))
    dated = repacked(page, "xl/styles.xml", lambda styles: styles.replace(b'<xf numFmtId="0"', b'<xf numFmtId="14"'))
    sent = Sent(dated)
    assert sent.found == []
    assert sent.commands[-1].model_dump()["planted_on"] == date(2025, 5, 21)


DIGITS = b'<row r="3"><c r="A3" t="str"><v>T8</v></c><c r="B3" t="str"><v>3</v></c><c r="C3"><v>20250521</v></c></row>'
