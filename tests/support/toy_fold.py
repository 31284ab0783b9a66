"""A toy read model with every kind of column: rows come, move between cells and go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st
from msgspec import Struct

from contracts.enterprise import (
    AccompanimentEnded,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    Ownership,
    SizeClass,
    Will,
    WillStated,
)
from contracts.event import Event
from eventing.fold import Computed, Fold
from tests.support.toy import enterprise

COUNTIES = ("610102", "610103", "610104")
DAYS = st.dates(date(2025, 1, 1), date(2025, 1, 4))


@dataclass(frozen=True, slots=True)
class Survey:
    surveyed_on: date
    workers: int
    size_class: SizeClass | None


@dataclass(frozen=True, slots=True)
class Row:
    enterprise: str
    county: str
    ownership: Ownership
    registered_on: date
    changed_at: datetime
    headcount: int | None = None
    size_class: SizeClass | None = None
    stated_on: date | None = None
    willing: bool | None = None
    asked: int = 0
    surveys: tuple[Survey, ...] = ()
    asked_on: tuple[date, ...] = ()
    said: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    """Follows from the surveys."""


class Cell(Struct, frozen=True):
    county: str
    ownership: Ownership
    registered_on: date
    surveyed: bool


class Measures(Struct, frozen=True):
    enterprises: int
    workers: int


def _apply(row: Row | None, event: Event) -> Row | None:
    match row, event:
        case None, EnterpriseRegistered():
            return Row(event.enterprise, event.county, event.ownership, event.registered_on, _noon(event.registered_on))
        case Row(), EnterpriseRegistered():
            return replace(row, county=event.county, ownership=event.ownership)
        case Row(), EnterpriseSurveyed():
            survey = Survey(event.surveyed_on, event.labour_contracts, event.size_class)
            return replace(
                row,
                headcount=event.labour_contracts,
                size_class=event.size_class,
                surveys=(*row.surveys, survey),
            )
        case Row(), WillStated():
            at = _noon(event.stated_on)
            willing = {Will.WILLING: True, Will.REFUSING: False, Will.HESITANT: None}[event.will]
            return replace(
                row,
                stated_on=event.stated_on,
                willing=willing,
                asked=row.asked + 1,
                changed_at=at,
                asked_on=(*row.asked_on, event.stated_on),
                said=(*row.said, f'"{event.will}" \\ {event.stated_on}'),
            )
        case _:
            return None  # no row yet, or its end


def _settle(row: Row) -> Row:
    return replace(row, sizes=tuple(survey.workers for survey in row.surveys))


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _contribute(row: Row) -> Mapping[Cell, Measures]:
    if row.willing is False:
        return {}
    cells = {
        Cell(row.county, row.ownership, row.registered_on, row.headcount is not None): Measures(1, row.headcount or 0)
    }
    if row.asked > 1:  # counts in a second cell too
        cells[Cell("610000", row.ownership, row.registered_on, True)] = Measures(1, 0)
    return cells


def _roll_up(cell: Cell) -> tuple[Cell, ...]:
    """The city's, whatever the day."""
    return (Cell(cell.county[:4], cell.ownership, date(2025, 1, 1), cell.surveyed),)


TOY = Fold(
    name="toy",
    row=Row,
    events=(EnterpriseRegistered, EnterpriseSurveyed, WillStated, AccompanimentEnded),
    key=lambda event: event.enterprise,
    apply=_apply,
    contribute=_contribute,
    roll_up=_roll_up,
    settle=_settle,
    cell=Cell,
    measures=Measures,
    computed=(Computed("crowd", "boolean", "coalesce(headcount, 0) >= 100"),),
    indexes=(("county", "enterprise"), ("crowd", "county")),
)


def registered(
    code: str, county: str = "610102", ownership: Ownership = Ownership.PRIVATE, on: date = date(2025, 1, 1)
) -> EnterpriseRegistered:
    return EnterpriseRegistered(
        enterprise=code, name="示例", ownership=ownership, county=county, union="u-610102", registered_on=on
    )


def surveyed(code: str, headcount: int, size: SizeClass | None = None) -> EnterpriseSurveyed:
    return EnterpriseSurveyed(
        enterprise=code, labour_contracts=headcount, dispatched=0, size_class=size, surveyed_on=date(2025, 1, 2)
    )


codes = st.integers(1, 5).map(enterprise)
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(registered, codes, st.sampled_from(COUNTIES), st.sampled_from(list(Ownership)[:3]), DAYS),
    st.builds(surveyed, codes, st.integers(0, 500), st.none() | st.sampled_from(list(SizeClass))),
    st.builds(
        WillStated,
        enterprise=codes,
        will=st.sampled_from(list(Will)),
        stated_on=DAYS,
        visit_due_on=st.none() | DAYS,
        provisional=st.booleans(),
    ),
    st.builds(AccompanimentEnded, enterprise=codes, instructor=st.none(), ended_on=DAYS),
)
"""Events in any order, those too that follow nothing."""
