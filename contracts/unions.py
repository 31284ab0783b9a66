"""Which unions there are, who is above whom and since when: a tree of its own, not that of the regions."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from contracts.regions import UnknownRegion, check_region, successor


class UnionKind(StrEnum):
    """What a union is; those of provinces, cities and counties look after one region each."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN_OR_PARK = "town_or_park"
    INDUSTRY = "industry"
    ENTERPRISE_GROUP = "enterprise_group"
    XPCC_DIVISION = "xpcc_division"
    FEDERATION = "federation"
    JOINT = "joint"
    GRASS_ROOTS = "grass_roots"


TERRITORIAL = frozenset({UnionKind.PROVINCE, UnionKind.CITY, UnionKind.COUNTY})


class UnknownUnion(LookupError):
    """No union has that id on that day, or none looks after that region."""

    def __init__(self, key: str, on: date) -> None:
        super().__init__(f"{key}: {on} 当日没有此工会，请核对工会名录 / no such union on that day: check the directory")
        self.key = key
        self.on = on


class BrokenDirectory(ValueError):
    """The rows don't make a tree at every moment."""


class ParentLink(NamedTuple):
    """The union next up, from `valid_from` until the day before `valid_until` (None: still)."""

    parent: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the directory: a union under one parent. A union that changed its parent has a line for each."""

    id: str
    kind: UnionKind
    name: str
    seat: str
    area: str | None
    parent: str | None
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Union:
    """A union: `seat` is the region that it sits in, `area` the one whose facts it looks after, if it has one.

    It exists from `valid_from` until the day before `valid_until` (None: still).
    """

    id: str
    kind: UnionKind
    name: str
    seat: str
    area: str | None
    parents: tuple[ParentLink, ...]
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True)
class Directory:
    """All unions by id; make it with `of`, which checks them. Every question is asked for a day."""

    unions: Mapping[str, Union]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Directory":
        """Raises `BrokenDirectory`: unknown parent, cycle, overlap or gap, contradiction, unknown seat or area."""
        lines = defaultdict(list)
        for row in rows:
            lines[row.id].append(row)
        directory = cls({id_: _union(sorted(ours, key=lambda row: row.valid_from)) for id_, ours in lines.items()})
        links = [(union, link) for union in directory.unions.values() for link in union.parents]
        for union in directory.unions.values():
            _check_place(union)
        for union, link in links:
            _check_parent(union, link, directory.unions.get(link.parent))
        for union, link in links:
            directory._check_no_cycle(union, link)
        return directory

    def get(self, id_: str, on: date) -> Union:
        """The union, if it exists on that day. Raises `UnknownUnion`."""
        union = self.unions.get(id_)
        if union is None or not _holds(union.valid_from, union.valid_until, on):
            raise UnknownUnion(id_, on)
        return union

    def knows(self, id_: str, on: date) -> bool:
        """Whether there is such a union on that day."""
        union = self.unions.get(id_)
        return union is not None and _holds(union.valid_from, union.valid_until, on)

    def last_day(self, id_: str, on: date) -> date | None:
        """That day, or, of a union that has ended by then, its last one; None: there was none by then."""
        union = self.unions.get(id_)
        if union is None or on < union.valid_from:
            return None
        return on if union.valid_until is None else min(on, union.valid_until - timedelta(days=1))

    def parent(self, id_: str, on: date) -> str | None:
        """The union next up (上一级工会) on that day, None for the one at the top. Raises `UnknownUnion`."""
        return next((up for up, since, until in self.get(id_, on).parents if _holds(since, until, on)), None)

    def chain(self, id_: str, on: date) -> tuple[str, ...]:
        """From the union itself up to the top. Raises `UnknownUnion`."""
        self.get(id_, on)
        return tuple(self._upwards(id_, on))

    def is_within(self, inner: str, outer: str, on: date) -> bool:
        """Whether `inner` is `outer` or somewhere below it. Raises `UnknownUnion` for either.

        Walks up and keeps nothing: a chain is short (a few µs), and the days that may be asked about have no bound.
        """
        self.get(inner, on), self.get(outer, on)
        return outer in self._upwards(inner, on)

    def below(self, id_: str, on: date) -> tuple[str, ...]:
        """All unions below, at any depth, without itself, in the order of their ids. Raises `UnknownUnion`."""
        self.get(id_, on)
        return tuple(sorted(self._downwards(id_, on)))

    def of_region(self, code: str, on: date) -> str:
        """The territorial union that looks after a region, or after what the region has become by that day.

        Raises `UnknownUnion`, `UnknownRegion`.
        """
        now = successor(code, on) or code
        return self.get(f"u-{now}", on).id

    def _upwards(self, id_: str, on: date) -> Iterator[str]:
        at: str | None = id_
        while at is not None:
            yield at
            at = self.parent(at, on)

    def _downwards(self, id_: str, on: date) -> Iterator[str]:
        for child, link in self._children.get(id_, ()):
            if _holds(link.valid_from, link.valid_until, on):
                yield child
                yield from self._downwards(child, on)

    @cached_property
    def _children(self) -> Mapping[str, list[tuple[str, ParentLink]]]:
        below = defaultdict(list)
        for union in self.unions.values():
            for link in union.parents:
                below[link.parent].append((union.id, link))
        return dict(below)

    def _check_no_cycle(self, union: Union, link: ParentLink) -> None:
        # A cycle begins on the day on which one of its links does, so it is enough to look on these days.
        seen: set[str] = set()
        for at in self._upwards(union.id, link.valid_from):
            if at in seen:
                raise BrokenDirectory(f"{union.id}: is above itself from {link.valid_from}")
            seen.add(at)


@cache
def load() -> Directory:
    """The directory in `data/unions.csv`. A union whose beginning is not known there is valid from 1950-01-01.

    Its columns are those of `Row`; an empty field is None; `valid_until` is the first day on which it no longer holds.
    """
    with files("contracts").joinpath("data/unions.csv").open(encoding="utf-8") as lines:
        return Directory.of(_row(line) for line in csv.DictReader(lines))


def _row(line: dict[str, str]) -> Row:
    return Row(
        id=line["id"],
        kind=UnionKind(line["kind"]),
        name=line["name"],
        seat=line["seat"],
        area=line["area"] or None,
        parent=line["parent"] or None,
        valid_from=date.fromisoformat(line["valid_from"]),
        valid_until=date.fromisoformat(line["valid_until"]) if line["valid_until"] else None,
    )


def _union(rows: list[Row]) -> Union:
    first, last = rows[0], rows[-1]
    for row in rows:
        if (row.kind, row.name, row.seat, row.area) != (first.kind, first.name, first.seat, first.area):
            raise BrokenDirectory(f"{row.id}: its rows contradict each other")
        if row.valid_until is not None and row.valid_until <= row.valid_from:
            raise BrokenDirectory(f"{row.id}: ends before it begins")
    for before, after in pairwise(rows):
        if before.valid_until != after.valid_from:
            raise BrokenDirectory(f"{first.id}: its rows overlap or leave a gap at {after.valid_from}")
    links = tuple(ParentLink(row.parent, row.valid_from, row.valid_until) for row in rows if row.parent is not None)
    if (first.kind is UnionKind.NATIONAL) != (not links) or len(links) not in (0, len(rows)):
        raise BrokenDirectory(f"{first.id}: every union has a parent but the national one")
    return Union(first.id, first.kind, first.name, first.seat, first.area, links, first.valid_from, last.valid_until)


def _check_place(union: Union) -> None:
    try:
        for code in filter(None, (union.seat, union.area)):
            check_region(code)
    except UnknownRegion as refused:
        raise BrokenDirectory(f"{union.id}: {refused}") from refused
    if union.kind in TERRITORIAL and union.area is not None and union.id != f"u-{union.area}":
        raise BrokenDirectory(f"{union.id}: the union of {union.area} is called u-{union.area}")


def _check_parent(union: Union, link: ParentLink, up: Union | None) -> None:
    if up is None:
        raise BrokenDirectory(f"{union.id}: its parent {link.parent} is not in the directory")
    ends_first = up.valid_until is not None and (link.valid_until is None or link.valid_until > up.valid_until)
    if link.valid_from < up.valid_from or ends_first:
        raise BrokenDirectory(f"{union.id}: its parent {link.parent} doesn't exist all the time")


def _holds(valid_from: date, valid_until: date | None, on: date) -> bool:
    return valid_from <= on and (valid_until is None or on < valid_until)
