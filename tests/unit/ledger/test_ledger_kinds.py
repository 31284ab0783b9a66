"""What a cell may hold: read where it is plain, refused where it isn't, and what was mended is said."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from eventing.ledger.kinds import (
    MONTH_OF_DAY,
    NUMBER_AS_TEXT,
    TIDIED,
    TIME_DROPPED,
    Cell,
    Choice,
    Code,
    Day,
    Decimal,
    Kind,
    Month,
    Text,
    TimeOfDay,
    Whole,
    YesNo,
)
from eventing.refusal import Invalid
from tests.support.ledgers import Colour

MAY = date(2025, 5, 20)
COLOURS = Choice({Colour.RED: "红", Colour.BLUE: "蓝（深）"})


@pytest.mark.parametrize(
    ("kind", "cell", "value", "note"),
    [
        (Day(), "2025-5-20", MAY, None),
        (Day(), "2025/5/20", MAY, None),
        (Day(), "2025.05.20", MAY, None),
        (Day(), "2025年5月20日", MAY, None),
        (Day(), "20250520", MAY, None),
        (Day(), " ２０２５－５－２０ ", MAY, TIDIED),
        (Day(), "2025/5/20 0:00", MAY, TIDIED),
        (Day(), 20250520.0, MAY, TIDIED),
        (Day(), MAY, MAY, None),
        (Day(), datetime(2025, 5, 20), MAY, None),
        (Day(), datetime(2025, 5, 20, 14, 30), MAY, TIME_DROPPED),
        (Month(), "2025-05", "2025-05", None),
        (Month(), "2025/5", "2025-05", TIDIED),
        (Month(), "2025年5月", "2025-05", TIDIED),
        (Month(), 202505.0, "2025-05", TIDIED),
        (Month(), date(2025, 5, 1), "2025-05", MONTH_OF_DAY),
        (Whole(), 120.0, 120, None),
        (Whole(), "120", 120, None),
        (Whole(), "１２０", 120, TIDIED),
        (Whole(), "1,200", 1200, TIDIED),
        (Whole(), " 7.0 ", 7, TIDIED),
        (Whole(), "-5", -5, None),
        (Decimal(), 30.2741, 30.2741, None),
        (Decimal(), 30, 30.0, None),
        (Decimal(), "119.9785", 119.9785, None),
        (Decimal(), " １１９.９７８５ ", 119.9785, TIDIED),
        (Code(upper=True), "91610102ma0000007t", "91610102MA0000007T", TIDIED),
        (Code(upper=True), "9161 0102　MA0000007T", "91610102MA0000007T", TIDIED),
        (Code(lower=True), "Ｕ-610102", "u-610102", TIDIED),
        (Code(digits=6), 610102.0, "610102", NUMBER_AS_TEXT),
        (Code(), "新工发〔2025〕12号", "新工发〔2025〕12号", None),
        (Text(), "=SUM(A1)", "=SUM(A1)", None),
        (Text(), "（西安）示例公司　", "（西安）示例公司", TIDIED),
        (Text(), 360.0, "360", NUMBER_AS_TEXT),
        (TimeOfDay(), "09:30", "09:30", None),
        (TimeOfDay(), "9:30", "09:30", TIDIED),
        (TimeOfDay(), "１３：３０", "13:30", TIDIED),
        (TimeOfDay(), "13:30:00", "13:30", TIDIED),
        (TimeOfDay(), time(9, 30), "09:30", None),
        (TimeOfDay(), timedelta(days=1), "24:00", None),
        (TimeOfDay(), "24:00", "24:00", None),
        (YesNo(), "是", True, None),
        (YesNo(), "否", False, None),
        (YesNo(), True, True, None),
        (COLOURS, "红", Colour.RED, None),
        (COLOURS, " 蓝(深)", Colour.BLUE, None),
        (COLOURS, "blue", Colour.BLUE, None),
    ],
)
def test_what_is_plain_is_read(kind: Kind, cell: Cell, value: Any, note: str | None) -> None:
    read = kind.read(cell)
    assert (read, type(read[0])) == ((value, note), type(value))


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [
        (Day(), "5/20/2025", "cell_day_unclear"),
        (Day(), "25-5-20", "cell_day_unclear"),
        (Day(), "2025-5/20", "cell_day_unclear"),
        (Day(), "2025-02-30", "date_wrong"),
        (Day(), 45797.0, "cell_day_lost_format"),
        (Month(), "5月", "cell_month_unclear"),
        (Month(), "2025-13", "cell_month_unclear"),
        (Month(), date(2025, 5, 20), "cell_month_unclear"),
        (Decimal(), "30°", "cell_not_decimal"),
        (Decimal(), True, "cell_not_decimal"),
        (Whole(), "120人", "cell_not_whole"),
        (Whole(), 1.5, "cell_not_whole"),
        (Whole(), "1,20", "cell_not_whole"),
        (Whole(), True, "cell_not_whole"),
        (Whole(), "九十", "cell_not_whole"),
        (Code(upper=True), 9.16101e17, "cell_code_as_number"),
        (Code(upper=True), "9.16101E+17", "cell_code_as_number"),
        (Code(), 610102.0, "cell_code_as_number"),
        (Code(digits=6), 10102.0, "cell_code_as_number"),
        (Code(), MAY, "cell_not_text"),
        (Text(), 1.5, "cell_not_text"),
        (TimeOfDay(), "下午1点半", "cell_time_unclear"),
        (TimeOfDay(), "24:30", "cell_time_unclear"),
        (TimeOfDay(), "9:7", "cell_time_unclear"),
        (TimeOfDay(), time(9, 30, 15), "cell_time_unclear"),
        (TimeOfDay(), 0.5625, "cell_time_unclear"),
        (YesNo(), "也许", "choice_unknown"),
        (COLOURS, "绿", "choice_unknown"),
    ],
)
def test_what_isnt_plain_is_refused(kind: Kind, cell: Cell, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        kind.read(cell)
    assert refused.value.code == code


def test_a_code_that_excel_turned_into_a_number_is_shown_as_it_stands_there() -> None:
    with pytest.raises(Invalid) as refused:
        Code().read(9.16101020000012e17)
    assert refused.value.facts == {"shown": "9.16101E+17"}


def test_a_choice_without_a_label_stops_the_start() -> None:
    with pytest.raises(ValueError, match="no label"):
        Choice({Colour.RED: "红"})
