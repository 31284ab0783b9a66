"""What a cell may hold: how each kind is read from what people type, and written so that it is read back the same.

A kind's `read` gives the value and, where it had to mend what was typed, the code of a note that says so; it raises
`Invalid` for what isn't plain. `show` gives the cell for a value.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

from eventing.refusal import Invalid

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
"""As it stands in a file; an empty one is the empty string."""

TIDIED, NUMBER_AS_TEXT, TIME_DROPPED, MONTH_OF_DAY = (
    "cell_tidied",
    "cell_number_as_text",
    "cell_time_dropped",
    "cell_month_of_day",
)

_HALF_WIDTH = {0xFEE0 + code: code for code in range(0x21, 0x7F)} | {0x3000: 0x20}
_NOT_SEEN = {0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None}
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]+", re.IGNORECASE)
_WHOLE = re.compile(r"[+-]?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.0+)?")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_DAY = re.compile(
    r"(?P<y>[0-9]{4})(?:(?P<sep>[-/.])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})|年(?P<mz>[0-9]{1,2})月(?P<dz>[0-9]{1,2})日"
    r"|(?P<mm>[0-9]{2})(?P<dd>[0-9]{2}))(?P<midnight>0?0:00(?::00)?)?"
)
_MONTH = re.compile(r"(?P<y>[0-9]{4})(?:[-/.](?P<m>[0-9]{1,2})|年(?P<mz>[0-9]{1,2})月|(?P<mm>[0-9]{2}))")
_TIME = re.compile(r"(?P<h>[01]?[0-9]|2[0-3]):(?P<m>[0-5][0-9])(?::00)?|24:00(?::00)?")
_YES, _NO = frozenset({"是", "true", "yes", "y", "1"}), frozenset({"否", "false", "no", "n", "0"})
_EXACT = 10**15
"""Excel keeps 15 digits of a number; of a longer one the last are lost."""

Read: TypeAlias = tuple[Any, str | None]


class Kind(Protocol):
    """One kind of column. `zh` and `en` say how it is to be written."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...
    def read(self, cell: Cell) -> Read: ...
    def show(self, value: Any) -> Cell: ...


def half_width(text: str) -> str:
    """Without blanks and invisible characters, digits and signs half width."""
    return "".join(text.translate(_NOT_SEEN).translate(_HALF_WIDTH).split())


@dataclass(frozen=True, slots=True)
class Text:
    """A name: stays as it is but for blanks around it."""

    zh: str = "文字"
    en: str = "text"

    def read(self, cell: Cell) -> Read:
        if isinstance(cell, str):
            text = cell.translate(_NOT_SEEN).strip()
            return text, None if text == cell else TIDIED
        if (number := _whole(cell)) is not None:
            return str(number), NUMBER_AS_TEXT
        raise Invalid("cell_not_text")

    def show(self, value: Any) -> Cell:
        return str(value)


@dataclass(frozen=True, slots=True)
class Code:
    """A code: blanks have no meaning in it. `upper`, `lower`: the only letters that it has; `digits`: so many digits
    and nothing else, so that Excel's number of that length is the same code."""

    upper: bool = False
    lower: bool = False
    digits: int | None = None
    zh: str = "代码，按文本填写"
    en: str = "code, as text"

    def read(self, cell: Cell) -> Read:
        if isinstance(cell, str):
            code = half_width(cell)
            if _SCIENTIFIC.fullmatch(code):
                raise Invalid("cell_code_as_number", shown=code)
            code = code.upper() if self.upper else code.lower() if self.lower else code
            return code, None if code == cell else TIDIED
        number = _whole(cell)
        if number is not None and self.digits == len(str(number)):
            return str(number), NUMBER_AS_TEXT
        raise Invalid("cell_code_as_number", shown=f"{cell:G}") if _is_number(cell) else Invalid("cell_not_text")

    def show(self, value: Any) -> Cell:
        return str(value)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    zh: str = "整数"
    en: str = "whole number"

    def read(self, cell: Cell) -> Read:
        number = _whole(cell)
        if number is None and isinstance(cell, str) and _WHOLE.fullmatch(written := half_width(cell)):
            number = int(written.partition(".")[0].replace(",", ""))
            return number, None if written == cell and written.lstrip("-").isdigit() else TIDIED
        if number is None:
            raise Invalid("cell_not_whole")
        return number, None

    def show(self, value: Any) -> Cell:
        return int(value)


@dataclass(frozen=True, slots=True)
class Decimal:
    """A number with a point."""

    zh: str = "小数，如 30.2741"
    en: str = "decimal number, like 30.2741"

    def read(self, cell: Cell) -> Read:
        if isinstance(cell, (int, float)) and not isinstance(cell, bool):
            return float(cell), None
        written = half_width(str(cell))
        if not _DECIMAL.fullmatch(written):
            raise Invalid("cell_not_decimal")
        return float(written), None if written == cell else TIDIED

    def show(self, value: Any) -> Cell:
        return float(value)


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day: 2025-5-20, 2025/5/20, 2025.5.20, 2025年5月20日, 20250520, or Excel's date."""

    zh: str = "日期，如 2025-05-20"
    en: str = "day, like 2025-05-20"

    def read(self, cell: Cell) -> Read:
        if isinstance(cell, datetime):
            return cell.date(), None if cell.time() == time.min else TIME_DROPPED
        if isinstance(cell, date):
            return cell, None
        number = _whole(cell)
        if number is not None and not isinstance(cell, str) and 20_000 < number < 80_000:
            raise Invalid("cell_day_lost_format", shown=number)
        written = half_width(str(cell) if number is None else str(number))
        found = _DAY.fullmatch(written)
        if found is None:
            raise Invalid("cell_day_unclear", shown=written[:40])
        month, day = found["m"] or found["mz"] or found["mm"], found["d"] or found["dz"] or found["dd"]
        try:
            return date(int(found["y"]), int(month), int(day)), None if written == cell else TIDIED
        except ValueError as none_such:
            raise Invalid("date_wrong") from none_such

    def show(self, value: Any) -> Cell:
        return value  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month as `2025-05`: 2025-5, 2025/5, 2025年5月, 202505, or Excel's date of its first day."""

    zh: str = "月份，如 2025-05"
    en: str = "month, like 2025-05"

    def read(self, cell: Cell) -> Read:
        if isinstance(cell, date) and cell.day == 1:
            return f"{cell:%Y-%m}", MONTH_OF_DAY
        number = _whole(cell)
        written = half_width(str(cell) if number is None else str(number))
        found = _MONTH.fullmatch(written)
        month = int(found["m"] or found["mz"] or found["mm"]) if found else 0
        if found is None or not 1 <= month <= 12:
            raise Invalid("cell_month_unclear", shown=written[:40])
        read = f"{found['y']}-{month:02}"
        return read, None if read == cell else TIDIED

    def show(self, value: Any) -> Cell:
        return str(value)


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of day as `09:30`: 9:30, 9:30:00, 9：30, or Excel's time. 24:00 is the end of the day."""

    zh: str = "时刻，如 13:30"
    en: str = "time of day, like 13:30"

    def read(self, cell: Cell) -> Read:
        # Excel writes 24:00 as a length of time.
        written = "24:00" if cell == timedelta(days=1) else half_width(str(cell))
        found = _TIME.fullmatch(written)
        if found is None:
            raise Invalid("cell_time_unclear", shown=written[:40])
        read = f"{int(found['h']):02}:{found['m']}" if found["h"] else "24:00"
        return read, None if read == cell or not isinstance(cell, str) else TIDIED

    def show(self, value: Any) -> Cell:
        return str(value)


@dataclass(frozen=True, slots=True)
class YesNo:
    """是 or 否."""

    zh: str = "是或否"
    en: str = "是 (yes) or 否 (no)"

    def read(self, cell: Cell) -> Read:
        number = _whole(cell)
        written = half_width(str(cell) if number is None else str(number)).lower()
        if written not in _YES | _NO:
            raise Invalid("choice_unknown", choices=["是", "否"])
        return written in _YES, None

    def show(self, value: Any) -> Cell:
        return "是" if value else "否"


class Choice:
    """One of an enum, by its Chinese label or its code."""

    def __init__(self, labels: Mapping[Any, str]) -> None:
        """Raises `ValueError` where a member has no label: its rows could not be written."""
        if without := [member for member in type(next(iter(labels))) if member not in labels]:
            raise ValueError(f"no label for {without}")
        self._labels: dict[StrEnum, str] = dict(labels)
        self._members = {half_width(label): member for member, label in labels.items()}
        self._members |= {str(member): member for member in labels}
        self.zh = "、".join(self.labels) + " 之一"
        self.en = "one of " + ", ".join(f"{label} ({member})" for member, label in labels.items())

    @property
    def labels(self) -> Sequence[str]:
        """As they stand in the drop-down."""
        return list(self._labels.values())

    def read(self, cell: Cell) -> Read:
        written = half_width(str(cell))
        member = self._members.get(written) or self._members.get(written.lower())
        if member is None:
            raise Invalid("choice_unknown", choices=self.labels)
        return member, None

    def show(self, value: Any) -> Cell:
        return self._labels[value]


def blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.translate(_NOT_SEEN).strip()


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _whole(cell: Cell) -> int | None:
    """The number, where it is a whole one that Excel keeps exactly."""
    if not isinstance(cell, (int, float)) or isinstance(cell, bool):
        return None
    return int(cell) if abs(cell) < _EXACT and int(cell) == cell else None
