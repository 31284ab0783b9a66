"""Which regions of China there are, by GB/T 2260 code, on which day, and what contains what."""

import re
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Literal

from contracts.region_list import Span, codes_below, spans, successors

Reason = Literal["format", "municipal_district", "unknown", "superseded"]

_SIX_DIGITS = re.compile(r"[0-9]{6}")
_HEADING = re.compile(r"市辖区|县|.*直辖(县级)?行政(区划|单位)")

_TELL: dict[Reason, str] = {
    "format": "行政区划代码应为六位数字 / a region code has six digits",
    "municipal_district": "“市辖区”等汇总项不是行政区，请选区县 / a collective heading, not a region: choose a county",
    "unknown": "没有此行政区划代码（或当日尚未启用） / no such region code, or not on that day",
    "superseded": "此代码已停用 / this code has ended",
}


class UnknownRegion(ValueError):
    """No region has that code: says why, and for an ended one since when and what came in its place, if certain."""

    def __init__(self, code: str, reason: Reason, since: date | None = None, successor: str | None = None) -> None:
        hint = f"，请用 {successor} / use {successor}" if successor else ""
        super().__init__(f"{code}: {_TELL[reason]}{hint}")
        self.code = code
        self.reason = reason
        self.since = since
        self.successor = successor


class Level(StrEnum):
    """The three levels that the code knows; towns and parks have no code of their own."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


def check_region(code: str, on: date | None = None) -> str:
    """The code itself if it is a region's on that day; without a day, if it was one on any day.

    An event is read with no day: it must stay readable after its region has ended. A command is checked with its day.
    Raises `UnknownRegion`. The first and last day are exact where `data/regions.toml` has them, else January 1st.
    """
    ended = _known(code)[-1].until
    if on is None or _stands(code, on):
        return code
    if on >= ended:
        raise UnknownRegion(code, "superseded", ended, successor(code, on))
    raise UnknownRegion(code, "unknown")


def contains(outer: str, inner: str) -> bool:
    """Whether `inner` lies in `outer` or is the same, by digit pairs and nothing else (no look-up of either).

    Raises `UnknownRegion` for what isn't six digits. Rule: docs/domain.md, 'Regions'.
    """
    pairs = tuple(zip(_pairs(outer), _pairs(inner), strict=True))
    return all(
        ours == theirs or all(later == "00" for later, _ in pairs[at:]) for at, (ours, theirs) in enumerate(pairs)
    )


def prefix(region: str | None) -> str:
    """What the codes in a region begin with; of no region, nothing. By digit pairs: 500000 ends in five zeros and yet
    begins with 50."""
    if region is None:
        return ""
    while region.endswith("00") and len(region) > 2:
        region = region[:-2]
    return region


def level(code: str) -> Level:
    """The level that the code's digits say. Raises `UnknownRegion`."""
    _known(code)
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.CITY if code.endswith("00") else Level.COUNTY


def parent(code: str) -> str | None:
    """The region right above: None for a province, the province for a county that no city lies above.

    Those are the counties of the four municipalities (110105) and the ones a province runs itself (659001).
    Raises `UnknownRegion`.
    """
    _known(code)
    return _parent(code)


def children(code: str, on: date | None = None) -> tuple[str, ...]:
    """The regions right below, in the order of their codes; without a day, as of the newest list.

    Raises `UnknownRegion`.
    """
    _known(code)
    return tuple(child for child in _children(code) if _stands(child, on))


def name(code: str, on: date | None = None) -> str:
    """The Chinese name on that day, e.g. 新城区; without a day, the last one it had. Raises `UnknownRegion`."""
    if on is None:
        return _known(code)[-1].name
    check_region(code, on)
    return next(span.name for span in spans(code) if span.holds(on))


def full_name(code: str) -> str:
    """The last name with those above it, e.g. 陕西省西安市新城区. Raises `UnknownRegion`."""
    above = parent(code)
    return (full_name(above) if above else "") + name(code)


def successor(code: str, on: date) -> str | None:
    """The code that stands for an ended one on that day, over several steps if need be; None if it stands itself.

    Also None where what came after isn't one certain region (a district split in two). Raises `UnknownRegion`.
    """
    _known(code)
    now = code
    while (step := successors().get(now)) and step.since <= on:
        now = step.code
    return None if now == code else now


def _pairs(code: str) -> tuple[str, str, str]:
    if not _SIX_DIGITS.fullmatch(code):
        raise UnknownRegion(code, "format")
    return code[:2], code[2:4], code[4:]


@cache  # of what is known alone: an exception isn't kept, so whoever tries codes fills no memory
def _known(code: str) -> tuple[Span, ...]:
    _pairs(code)
    found = spans(code)
    if not found:
        raise UnknownRegion(code, "unknown")
    if _is_heading(code):
        raise UnknownRegion(code, "municipal_district")
    return found


def _stands(code: str, on: date | None) -> bool:
    found = spans(code)
    return found[-1].until == date.max if on is None else any(span.holds(on) for span in found)


def _is_heading(code: str) -> bool:
    return any(_HEADING.fullmatch(span.name) for span in spans(code))


def _parent(code: str) -> str | None:
    province, city = code[:2] + "0000", code[:4] + "00"
    if code == province:
        return None
    return city if city != code and spans(city) and not _is_heading(city) else province


@cache
def _children(code: str) -> tuple[str, ...]:
    prefix = code[:2] if code.endswith("0000") else code[:4]
    return tuple(inner for inner in codes_below(prefix) if not _is_heading(inner) and _parent(inner) == code)
