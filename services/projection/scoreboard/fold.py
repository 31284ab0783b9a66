"""The scoreboard as a fold of the enterprise log: one row an enterprise, counted by rate and county."""

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.enterprise import EnterpriseEvent, EnterpriseRegistered, EnterpriseSurveyed, EnterpriseUnionized, Metric
from eventing.fold import Fold, replace
from services.projection.scoreboard.counting import judged
from services.projection.scoreboard.row import EnterpriseRow, Standing


@dataclass(frozen=True, slots=True)
class Cell:
    """One rate in one county, as recorded. The regions above are summed when they are asked for."""

    metric: Metric
    county: str


@dataclass(frozen=True, slots=True)
class Measures:
    """Enterprises that count, those of them that are covered, and those that count by a derived size class."""

    total: int
    covered: int
    derived: int


def key(event: EnterpriseEvent) -> str:
    return event.enterprise


def apply(row: EnterpriseRow | None, event: EnterpriseEvent) -> EnterpriseRow:
    """Raises `ValueError` for an event that can't follow the row: a stream begins with its registration."""
    return judged(_changed(row, event))


def contribute(row: EnterpriseRow) -> Mapping[Cell, Measures]:
    return {
        Cell(metric, row.county): Measures(
            total=1,
            covered=int(standing is Standing.COVERED),
            derived=int(row.derived and metric is Metric.SMALL_MICRO_COVERED),
        )
        for metric in Metric
        if (standing := row.standing(metric)) is not None
    }


def _changed(row: EnterpriseRow | None, event: EnterpriseEvent) -> EnterpriseRow:
    match row, event:
        case None, EnterpriseRegistered():
            return EnterpriseRow(event.enterprise, event.name, event.county, event.union, event.ownership)
        case EnterpriseRow(), EnterpriseRegistered():
            return replace(row, name=event.name, county=event.county, union_id=event.union, ownership=event.ownership)
        case EnterpriseRow(), EnterpriseSurveyed():
            return replace(
                row, headcount=event.labour_contracts, dispatched=event.dispatched, size_class=event.size_class
            )
        case EnterpriseRow(), EnterpriseUnionized():
            return replace(row, form=event.form, members=event.members, approved_on=event.approved_on)
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {row}")


SCOREBOARD = Fold(
    name="scoreboard",
    row=EnterpriseRow,
    events=(EnterpriseRegistered, EnterpriseSurveyed, EnterpriseUnionized),
    key=key,
    apply=apply,
    contribute=contribute,
    cell=Cell,
    measures=Measures,
    indexes=tuple((metric.value, "county", "code") for metric in Metric),
)
