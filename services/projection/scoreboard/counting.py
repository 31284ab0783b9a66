"""What counts for the drive's figures on a day, and what is covered? (docs/domain.md 1, 'What counts'; ours [D])"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol, TypeVar

from contracts.creditcode import OwnerKind, owner_kind
from contracts.enterprise import Metric, Ownership, SizeClass, UnionForm
from eventing.fold import replace
from services.projection import rules
from services.projection.scoreboard.cells import BIT, bit
from services.projection.scoreboard.row import Counted, EnterpriseRow, Membership

NON_PUBLIC = frozenset(
    {Ownership.PRIVATE, Ownership.FOREIGN, Ownership.HONG_KONG_MACAO_TAIWAN, Ownership.MIXED_PRIVATE_CONTROLLED}
)
"""非公有制: collective ownership (集体) is public (公有制) in the usual statistics, as the state's is."""

OUTSIDE = frozenset({OwnerKind.SOLE_PROPRIETOR, OwnerKind.COOPERATIVE})
"""Codes 92… and 93…."""

SMALL_OR_MICRO = frozenset({SizeClass.SMALL, SizeClass.MICRO})

OWN = frozenset({UnionForm.OWN})
OWN_OR_JOINT = frozenset({UnionForm.OWN, UnionForm.JOINT})
"""Whether joint unions count in `union_50` is an open question to the province's union; by default they do."""


class _OfDay(Protocol):
    @property
    def day(self) -> date: ...


class _Lasting(Protocol):
    @property
    def since(self) -> date: ...

    @property
    def until(self) -> date | None: ...


OfDay = TypeVar("OfDay", bound=_OfDay)
Lasting = TypeVar("Lasting", bound=_Lasting)


def latest(facts: Sequence[OfDay], day: date) -> OfDay | None:
    """The one that holds on that day; they are in the order of their days."""
    for fact in reversed(facts):
        if fact.day <= day:
            return fact
    return None


def going_on(spells: Sequence[Lasting], day: date) -> Lasting | None:
    """The one that goes on on that day; of several, the one that was told last."""
    for spell in reversed(spells):
        if spell.since <= day and (spell.until is None or day < spell.until):
            return spell
    return None


@dataclass(frozen=True, slots=True)
class Covering:
    """What covers it on a day: a union of its own, with its members then, and a joint one that it is a unit of."""

    own: Membership | None
    own_members: int
    unit: Membership | None
    asked: int = 1
    """So many members the one rate asks for that asks for any."""

    @classmethod
    def of(cls, row: EnterpriseRow, day: date) -> "Covering":
        own, asked = going_on(row.unions, day), rules.on(day).covered_from
        if own is None:
            return cls(None, 0, going_on(row.units, day), asked)
        told = latest(row.reported, day)
        members = told.members if told is not None and told.day >= own.since else own.members
        return cls(own, members, going_on(row.units, day), asked)

    @property
    def members(self) -> int:
        return self.own_members + (self.unit.members if self.unit is not None else 0)

    def covers(self, without_own: bool = False) -> frozenset[Metric]:
        """The rates for which it is covered."""
        by_unit = _covered(self.unit.form, self.unit.members >= self.asked) if self.unit is not None else _NONE
        if self.own is None or without_own:
            return by_unit
        return by_unit | _covered(self.own.form, self.own_members >= self.asked)


_NONE = frozenset[Metric]()


@cache
def _covered(form: UnionForm, has_members: bool) -> frozenset[Metric]:
    asked = (
        (Metric.OWN_UNION_100, form in OWN),
        (Metric.UNION_50, form in OWN_OR_JOINT),
        (Metric.SMALL_MICRO_COVERED, has_members),
    )
    return frozenset(metric for metric, covers in asked if covers)


def counts_for(row: EnterpriseRow, day: date) -> tuple[Metric, ...]:
    """The rates in whose total it is on that day; none while it isn't on the list, or not surveyed."""
    counted, described = latest(row.counted, day), latest(row.described, day) or row.described[0]
    if (
        counted is None
        or described.ownership not in NON_PUBLIC
        or owner_kind(row.code) in OUTSIDE
        or going_on(row.listed, day) is None
    ):
        return ()
    numbers = rules.on(day)  # 以上 includes the number
    return _counting(
        counted.headcount >= numbers.own_union_from,
        counted.headcount >= numbers.union_from,
        _is_small(counted, day),
    )


def is_derived(counted: Counted | None, day: date) -> bool:
    """It counts as small or micro by its headcount, for want of the bureau's class."""
    return counted is not None and counted.size_class is None and counted.headcount < rules.on(day).small_below


def _is_small(counted: Counted, day: date) -> bool:
    return counted.size_class in SMALL_OR_MICRO or is_derived(counted, day)


@cache
def _counting(hundred: bool, fifty: bool, small: bool) -> tuple[Metric, ...]:
    return tuple(metric for metric, counts in zip(Metric, (hundred, fifty, small), strict=True) if counts)


def settle(row: EnterpriseRow) -> EnterpriseRow:
    """The row with its figures by day, from its other columns."""
    if not row.listed:
        return row
    first = min(spell.since for spell in row.listed)
    baseline = counts_for(row, row.baseline_on) if row.baseline_on is not None else ()
    days, counties, figures, members = list[date](), list[str](), list[int](), list[int]()
    for day in sorted({day for day in _days(row) if day >= first}):
        county = (latest(row.placed, day) or row.placed[0]).county
        covering = Covering.of(row, day)
        active = going_on(row.listed, day) is not None
        now = _frozen(row, day, baseline)
        if active:
            now |= _figures(row, day, covering, baseline if now else ())
        of = covering.members if active else 0
        if (county, now, of) != ((counties[-1], figures[-1], members[-1]) if days else (county, 0, 0)):
            days.append(day)
            counties.append(county)
            figures.append(now)
            members.append(of)
    return replace(row, days=tuple(days), counties=tuple(counties), figures=tuple(figures), members=tuple(members))


def _days(row: EnterpriseRow) -> Iterator[date]:
    """All days on which something about it may change."""
    facts: Iterable[Sequence[_OfDay]] = (row.described, row.placed, row.counted, row.reported)
    spells: Iterable[Sequence[_Lasting]] = (
        row.listed, row.unions, row.units, row.shells, row.overdue, row.plans, row.alongside,
    )  # fmt: skip
    for some in facts:
        for fact in some:
            yield fact.day
    for lasting in spells:
        for spell in lasting:
            yield spell.since
            if spell.until is not None:
                yield spell.until
    if row.baseline_on is not None:
        yield row.baseline_on
    for since, _ in rules.load():
        yield since


def _figures(row: EnterpriseRow, day: date, covering: Covering, baseline: Sequence[Metric]) -> int:
    """Of an active one; `baseline`: the rates for which it counted when its county's survey was closed, if it was."""
    counts, shell = counts_for(row, day), _is_shell(row, covering.own, day)
    covered, sound = covering.covers(), covering.covers(without_own=shell)
    now = _of_rates(counts, covered, sound, tuple(baseline)) | BIT["live"]
    if Metric.SMALL_MICRO_COVERED in counts and is_derived(latest(row.counted, day), day):
        now |= BIT["derived"]
    if _is_overdue(row, day):
        now |= BIT["visits_overdue"]
    if going_on(row.plans, day) is not None:
        now |= BIT["open_plans"]
    if going_on(row.alongside, day) is not None:
        now |= BIT["alongside"]
    if shell:
        now |= BIT["shells"]
    return now | BIT["with_members"] if covering.members else now


@cache
def _of_rates(
    counts: tuple[Metric, ...], covered: frozenset[Metric], sound: frozenset[Metric], baseline: tuple[Metric, ...]
) -> int:
    """The rates' bits: those for which it counts, is covered, by more than a shell, and counted for the baseline."""
    now = sum(bit(metric, "total") for metric in counts)
    now |= sum(bit(metric, "covered") for metric in counts if metric in covered)
    now |= sum(bit(metric, "hollow") for metric in counts if metric in covered - sound)
    return now | sum(bit(metric, "baseline_covered") for metric in baseline if metric in covered)


def _is_overdue(row: EnterpriseRow, day: date) -> bool:
    """Where there has been a union since, no visit is waited for."""
    overdue = going_on(row.overdue, day)
    return overdue is not None and not any(
        union.since <= day and (union.until is None or overdue.since < union.until) for union in row.unions
    )


def _is_shell(row: EnterpriseRow, own: Membership | None, day: date) -> bool:
    """Of the union that it has on that day: one founded after a dissolution is another one."""
    shell = going_on(row.shells, day)
    return own is not None and shell is not None and own.since <= shell.since


def _frozen(row: EnterpriseRow, day: date, baseline: Sequence[Metric]) -> int:
    """What stays whatever becomes of it: its place on the baseline list."""
    if row.baseline_on is None or day < row.baseline_on:
        return 0
    return sum((bit(metric, "baseline") for metric in baseline), BIT["baseline"])
