"""Rows become commands, or are told all that is wrong with them; a report of it comes back mended."""

import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from eventing.ledger.books import CsvRows, XlsxRows
from eventing.ledger.files import open_book
from eventing.ledger.forms import write_csv_template, write_report, write_template
from eventing.ledger.kinds import Cell
from eventing.ledger.sheets import AT_HOME
from tests.support.ledgers import TREES, Colour, Plant, Sent, comma_separated, xlsx

HEADER = [column.zh for column in TREES.columns]
GOOD = ["T7", "=银杏", 3, date(2025, 5, 20), "2025年5月", "红", "是"]
BAD = ["", "x", "三", "2025-13-1", "", "绿", ""]


def test_a_row_becomes_its_command() -> None:
    (command,) = Sent(xlsx([HEADER, GOOD])).commands
    assert command == Plant(
        tree="T7",
        name="=银杏",
        height=3,
        planted_on=date(2025, 5, 20),
        month="2025-05",
        colour=Colour.RED,
        watered=True,
    )


def test_an_empty_cell_is_left_out_of_the_command() -> None:
    (command,) = Sent(comma_separated([HEADER, ["T7", "", "3", "2025/5/20", "", "", ""]])).commands
    assert command.model_fields_set == {"tree", "height", "planted_on"}


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    assert Sent(xlsx([HEADER, GOOD, BAD])).found == [
        (3, "高度", "cell_not_whole"),
        (3, "种植日期", "date_wrong"),
        (3, "颜色", "choice_unknown"),
        (3, "树号", "field_missing"),
    ]


def test_what_the_commands_rules_say_is_told_in_the_refusals_words() -> None:
    rows: list[list[Any]] = [HEADER, ["T7", "", -3, date(1900, 1, 1), "", "", ""]]
    (zh,), (en,) = Sent(xlsx(rows)).rows, Sent(xlsx(rows), language="en").rows
    assert [one.code for one in zh.findings] == ["number_too_small", "too_early"]
    assert "1949-10-01" in zh.findings[1].detail
    assert en.findings[0].line == "高度 · Too small · This field must not be less than 0."


@pytest.mark.parametrize("write", [write_template, write_csv_template])
def test_the_templates_example_is_skipped(write: Any) -> None:
    file = BytesIO()
    write(file, TREES)
    sent = Sent(file)
    assert (sent.rows, sent.notices) == ([], ["ledger_examples_skipped"])


def test_an_example_that_was_changed_and_still_bears_the_mark_is_no_data() -> None:
    """Mechanism: skipped silently, a real row would be lost; taken, the example's code would be entered."""
    sent = Sent(xlsx([[*HEADER, "备注"], [*GOOD, "示例 example"]]))
    assert sent.found == [(2, None, "ledger_example_changed")]


def test_the_template_has_drop_downs_and_a_sheet_that_explains_each_column() -> None:
    file = BytesIO()
    write_template(file, TREES)
    book = _book(file)
    assert book.sheet_names == ["树木台账", "填写说明"]
    explained = book.get_sheet_by_index(1).to_python()
    assert [row[0] for row in explained[1:]] == HEADER
    assert [row[2] for row in explained[1:3]] == ["必填 yes", "可空 no"]
    validations = _part(file, "xl/worksheets/sheet1.xml")
    assert '<formula1>"红,蓝"</formula1>' in validations
    assert 'type="date"' in validations


def _book(file: BytesIO) -> CalamineWorkbook:
    file.seek(0)
    return CalamineWorkbook.from_filelike(file)


def _part(file: BytesIO, name: str) -> str:
    with zipfile.ZipFile(file) as pack:
        return pack.read(name).decode()


def test_what_was_mended_is_counted_by_column() -> None:
    rows = [HEADER, *([f"t {n}", "", "１", "2025-5-20", "", "", ""] for n in range(3))]
    tally = Sent(xlsx(rows)).checker.tally
    assert tally.notes == {("树号", "cell_tidied"): (3, 2), ("高度", "cell_tidied"): (3, 2)}


def test_a_report_holds_every_row_as_it_came_and_imports_when_it_is_mended() -> None:
    """Mechanism: each row stands in its own place, cells keep their kind, and the reasons' column is no data."""
    sent = Sent(
        xlsx([["标题"], [], [*HEADER, "其他"], [*GOOD, "甲"], [*BAD, "乙"], [], ["T9", "", 4.0, 20250521, "", "", ""]])
    )
    report = BytesIO()
    write_report(report, TREES, sent.table, {row.number: row.findings for row in sent.rows if row.findings})
    rows = _book(report).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert rows[3] == [*GOOD[:2], 3.0, *GOOD[3:], "甲", ""]
    assert str(rows[4][-1]).count("\n") == 3
    assert "FFC7CE" in _part(report, "xl/styles.xml")
    again = Sent(report)
    assert [(one, code) for one, _, code in again.found] == [(row, code) for row, _, code in sent.found]
    assert "问题" in again.table.notices[0].facts["columns"]  # type: ignore[operator]

    mended = Sent(xlsx([rows[2], rows[3], ["T8", "x", 3, "2025-1-1", "", "红", "", "乙", rows[4][-1]], rows[6]]))
    assert mended.found == []
    assert len(mended.commands) == 3


NAMES = st.text(
    st.characters(
        exclude_categories=("Cc", "Cs", "Cf", "Cn", "Zs", "Zl", "Zp", "Co"), exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
    max_size=40,
)
STARTS = st.sampled_from(["", "=", "+", "-", "@", "'", "'=", "''@", "＝"])


@given(st.lists(st.tuples(STARTS, NAMES), min_size=1, max_size=5), st.booleans())
def test_any_text_comes_back_as_it_was_written(parts: list[tuple[str, str]], as_csv: bool) -> None:
    """Mechanism: in a workbook text is written as text; in csv an apostrophe before what looks like a formula is put
    on and taken off."""
    names = [start + name for start, name in parts]
    file = BytesIO()
    out = CsvRows(file, TREES) if as_csv else XlsxRows(file, TREES, "导出说明")
    out.add([["T1", name, 3, date(2025, 5, 20), None, None, None] for name in names])
    out.close([])
    sent = Sent(file)
    assert [command.model_dump()["name"] for command in sent.commands] == names
    assert sent.notices == []


def test_no_spreadsheet_program_takes_an_exported_text_for_a_formula() -> None:
    file = BytesIO()
    out = CsvRows(file, TREES)
    out.add([["T1", "=HYPERLINK(1)", 3, date(2025, 5, 20)], ["T2", "+1", 3, date(2025, 5, 20)]])
    out.close()
    assert file.getvalue().startswith(b"\xef\xbb\xbf")
    assert "T1,'=HYPERLINK(1)," in file.getvalue().decode("utf-8-sig")
    book = BytesIO()
    rows = XlsxRows(book, TREES, "导出说明")
    rows.add([["T1", "=HYPERLINK(1)"]])
    rows.close([])
    assert "<f>" not in _part(book, "xl/worksheets/sheet2.xml")


def test_rows_of_a_file_can_be_gone_through_again() -> None:
    """Mechanism: a report is written in a second pass."""
    for file in (xlsx([HEADER, GOOD]), comma_separated([HEADER, ["T1"]])):
        (sheet,) = open_book(file, AT_HOME).sheets
        first: list[list[Cell]] = [list(row) for row in sheet.rows]
        assert [list(row) for row in sheet.rows] == first
