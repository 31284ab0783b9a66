"""What counts for the drive's figures on a day, and what is covered? (docs/domain.md 1, 'What counts'; ours [D])"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from contracts.creditcode import OwnerKind, owner_kind
from contracts.enterprise import Metric, Ownership, SizeClass, UnionForm
from eventing.fold import replace
from services.projection.scoreboard.cells import BIT, bit
from services.projection.scoreboard.row import Counted, EnterpriseRow, Membership

NON_PUBLIC = frozenset(
    {Ownership.PRIVATE, Ownership.FOREIGN, Ownership.HONG_KONG_MACAO_TAIWAN, Ownership.MIXED_PRIVATE_CONTROLLED}
)
"""非公有制: collective ownership (集体) is public (公有制) in the usual statistics, as the state's is."""

OUTSIDE = frozenset({OwnerKind.SOLE_PROPRIETOR, OwnerKind.COOPERATIVE})
"""Codes 92… and 93…."""

HUNDRED, FIFTY = 100, 50
"""以上 includes the number."""

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
    return next((fact for fact in reversed(facts) if fact.day <= day), None)


def going_on(spells: Sequence[Lasting], day: date) -> Lasting | None:
    """The one that goes on on that day; of several, the one that was told last."""
    return next(
        (spell for spell in reversed(spells) if spell.since <= day and (spell.until is None or day < spell.until)), None
    )


@dataclass(frozen=True, slots=True)
class Covering:
    """What covers it on a day: a union of its own, with its members then, and a joint one that it is a unit of."""

    own: Membership | None
    own_members: int
    unit: Membership | None

    @classmethod
    def of(cls, row: EnterpriseRow, day: date) -> "Covering":
        own = going_on(row.unions, day)
        if own is None:
            return cls(None, 0, going_on(row.units, day))
        told = latest(row.reported, day)
        members = told.members if told is not None and told.day >= own.since else own.members
        return cls(own, members, going_on(row.units, day))

    @property
    def members(self) -> int:
        return self.own_members + (self.unit.members if self.unit is not None else 0)

    def covers(self, metric: Metric, without_own: bool = False) -> bool:
        return any(_covers(metric, form, members) for form, members in self._forms(without_own))

    def _forms(self, without_own: bool) -> Iterator[tuple[UnionForm, int]]:
        if self.own is not None and not without_own:
            yield self.own.form, self.own_members
        if self.unit is not None:
            yield self.unit.form, self.unit.members


def _covers(metric: Metric, form: UnionForm, members: int) -> bool:
    match metric:
        case Metric.OWN_UNION_100:
            return form in OWN
        case Metric.UNION_50:
            return form in OWN_OR_JOINT
        case Metric.SMALL_MICRO_COVERED:
            return members >= 1


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
    return tuple(metric for metric in Metric if _counts(metric, counted))


def is_derived(counted: Counted | None) -> bool:
    """It counts as small or micro by its headcount, for want of the bureau's class."""
    return counted is not None and counted.size_class is None and counted.headcount < FIFTY


def _counts(metric: Metric, counted: Counted) -> bool:
    match metric:
        case Metric.OWN_UNION_100:
            return counted.headcount >= HUNDRED
        case Metric.UNION_50:
            return counted.headcount >= FIFTY
        case Metric.SMALL_MICRO_COVERED:
            return counted.size_class in SMALL_OR_MICRO or is_derived(counted)


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


def _figures(row: EnterpriseRow, day: date, covering: Covering, baseline: Sequence[Metric]) -> int:
    """Of an active one; `baseline`: the rates for which it counted when its county's survey was closed, if it was."""
    now, counts, shell = BIT["live"], counts_for(row, day), _is_shell(row, covering.own, day)
    for metric in Metric:
        covered = covering.covers(metric)
        if metric in counts:
            now |= bit(metric, "total")
            if covered:
                now |= bit(metric, "covered")
                if shell and not covering.covers(metric, without_own=True):
                    now |= bit(metric, "hollow")
        if covered and metric in baseline:
            now |= bit(metric, "baseline_covered")
    if Metric.SMALL_MICRO_COVERED in counts and is_derived(latest(row.counted, day)):
        now |= BIT["derived"]
    also = {
        "visits_overdue": _is_overdue(row, day),
        "open_plans": going_on(row.plans, day) is not None,
        "alongside": going_on(row.alongside, day) is not None,
        "shells": shell,
        "with_members": covering.members > 0,
    }
    return now | sum(BIT[name] for name, holds in also.items() if holds)


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
