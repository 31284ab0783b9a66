"""The list of GB/T 2260 codes with their names by day: python-stdnum's, and over it our own `data/regions.toml`."""

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from stdnum import numdb

_SEGMENT = re.compile(r"(?:\[([0-9]{4})?-([0-9]{4})?\])?([^\[\],]+)")


@dataclass(frozen=True, slots=True)
class Span:
    """One name of one code, from `since` until the day before `until` (`date.max`: it stands)."""

    name: str
    since: date
    until: date

    def holds(self, on: date) -> bool:
        return self.since <= on < self.until


@dataclass(frozen=True, slots=True)
class Successor:
    """The code that stands in place of an ended one, and its first day."""

    code: str
    since: date


def spans(code: str) -> tuple[Span, ...]:
    """The names of a code, oldest first; none if it is not in the list."""
    # Not in the list, not in the cache: a caller who tries codes must not fill the memory.
    return _spans(code) if code in _listed() or code in _own_regions() else ()


@cache
def _spans(code: str) -> tuple[Span, ...]:
    if code in _own_regions():
        return (_own_regions()[code],)
    found = _parse(_listed()[code])
    if code in successors():
        found[-1] = replace(found[-1], until=successors()[code].since)
    begun = _begun().get(code)
    if begun and begun.year == found[-1].since.year:
        found[-1] = replace(found[-1], since=begun)
    return tuple(found)


@cache
def codes_below(prefix: str) -> tuple[str, ...]:
    """All codes that begin with these digits, in their order."""
    return tuple(sorted(code for code in _listed().keys() | _own_regions().keys() if code.startswith(prefix)))


@cache
def successors() -> dict[str, Successor]:
    """By ended code. The rule by which a pair is in it stands in `data/regions.toml`."""
    return {old: Successor(new["code"], _day(new["since"])) for old, new in _own()["successors"].items()}


@cache
def _begun() -> dict[str, date]:
    return {successor.code: successor.since for successor in successors().values()}


@cache
def _own_regions() -> dict[str, Span]:
    return {
        code: Span(entry["name"], _day(entry.get("since", date.min)), _day(entry.get("until", date.max)))
        for code, entry in _own()["regions"].items()
    }


@cache
def _own() -> dict[str, dict[str, dict[str, Any]]]:
    return tomllib.loads(files("contracts").joinpath("data/regions.toml").read_text("utf-8"))


@cache
def _listed() -> dict[str, str]:
    return {
        province + rest: properties["county"]
        for _, province, _, _, below in numdb.get("cn/loc").prefixes
        for _, rest, _, properties, _ in below
    }


def _parse(entry: str) -> list[Span]:
    """The names in one entry of stdnum's list, e.g. `[1983-1999]城区,[2000-]王益区`.

    A name ends on January 1st of its last year, but after it if another name follows in the next year or it has one
    year only.
    """
    parts = _SEGMENT.findall(entry)
    starts = [int(since or date.min.year) for since, _, _ in parts]
    found = []
    for at, (_, until, name) in enumerate(parts):
        end = date.max
        if until:
            whole_year = int(until) == starts[at] or int(until) + 1 in starts[at + 1 :]
            end = date(int(until) + whole_year, 1, 1)
        if (start := date(starts[at], 1, 1)) < end:
            found.append(Span(name, start, end))
    return found


def _day(value: object) -> date:
    match value:
        case date():
            return value
        case int(year):
            return date(year, 1, 1)
        case _:
            raise TypeError(f"data/regions.toml: {value!r} is neither a year nor a day")
