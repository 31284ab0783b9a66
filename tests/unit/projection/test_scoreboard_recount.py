"""Whatever happens in whatever order, the cells are what a plain recount of the facts gives."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from contracts.creditcode import make_credit_code
from contracts.enterprise import (
    EnterpriseEvent,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    Ownership,
    SizeClass,
    UnionForm,
    Will,
    WillStated,
)
from contracts.event import Event
from eventing.fold import add, fold_in_memory
from services.projection.scoreboard import SCOREBOARD, Cell, Measures, Metric

DAY = date(2025, 5, 20)
CODES = [make_credit_code(department, "610102", number) for department in ("91", "92", "93") for number in (1, 2)]
CODES += [make_credit_code("91", "610113", number) for number in range(3, 8)]
COUNTIES = ["610102", "610113", "610125", "610702"]
HEADCOUNTS = st.sampled_from([0, 1, 49, 50, 51, 99, 100, 101]) | st.integers(0, 1_000_000)

registrations = st.builds(
    EnterpriseRegistered,
    enterprise=st.sampled_from(CODES),
    name=st.just("西安示例机械有限公司"),
    ownership=st.sampled_from(Ownership),
    county=st.sampled_from(COUNTIES),
    union=st.sampled_from(["u-610102", "u-610113"]),
    registered_on=st.just(DAY),
)
changes = st.one_of(
    registrations,
    st.builds(
        EnterpriseSurveyed,
        enterprise=st.sampled_from(CODES),
        labour_contracts=HEADCOUNTS,
        dispatched=HEADCOUNTS,
        size_class=st.none() | st.sampled_from(SizeClass),
        surveyed_on=st.just(DAY),
    ),
    st.builds(
        EnterpriseUnionized,
        enterprise=st.sampled_from(CODES),
        form=st.sampled_from(UnionForm),
        members=st.integers(0, 2) | st.integers(0, 1_000_000),
        own_committee=st.booleans(),
        approved_on=st.just(DAY),
        approved_by=st.just("u-610102"),
        document=st.just("新工发〔2025〕12号"),
    ),
    st.builds(
        WillStated,
        enterprise=st.sampled_from(CODES),
        will=st.sampled_from(Will),
        stated_on=st.just(DAY),
        visit_due_on=st.none(),
        provisional=st.just(False),
    ),
)


@st.composite
def histories(draw: st.DrawFn) -> list[EnterpriseEvent]:
    """Any events in any order; those of an enterprise that isn't registered yet can't be in a log."""
    drawn: list[EnterpriseEvent] = draw(st.lists(changes, max_size=60))
    known: set[str] = set()
    history = []
    for event in drawn:
        if isinstance(event, EnterpriseRegistered):
            known.add(event.enterprise)
        if event.enterprise in known:
            history.append(event)
    return history


def recount(history: list[EnterpriseEvent]) -> dict[Cell, Measures]:
    """By domain.md, from each enterprise's last facts, without the fold's own rules."""
    last: dict[tuple[str, type], EnterpriseEvent] = {(event.enterprise, type(event)): event for event in history}
    counted: Counter[tuple[str, str, str]] = Counter()

    def count(metric: str, county: str, covered: bool, derived: bool = False) -> None:
        counted[metric, county, "total"] += 1
        counted[metric, county, "covered"] += covered
        counted[metric, county, "derived"] += derived

    for code in {event.enterprise for event in history}:
        entry, survey, union = (
            last.get((code, kind)) for kind in (EnterpriseRegistered, EnterpriseSurveyed, EnterpriseUnionized)
        )
        assert isinstance(entry, EnterpriseRegistered)
        if entry.ownership in ("state", "collective") or code.startswith(("92", "93")):
            continue
        if not isinstance(survey, EnterpriseSurveyed):
            continue
        form = union.form.value if isinstance(union, EnterpriseUnionized) else ""
        members = union.members if isinstance(union, EnterpriseUnionized) else 0
        if survey.labour_contracts > 99:
            count("own_union_100", entry.county, form == "own")
        if survey.labour_contracts > 49:
            count("union_50", entry.county, form in ("own", "joint"))
        bureau = survey.size_class.value if survey.size_class else ""
        if bureau in ("small", "micro") or (not bureau and survey.labour_contracts < 50):
            count("small_micro_covered", entry.county, bool(form) and members > 0, not bureau)
    return {
        Cell(Metric(metric), county): Measures(
            counted[metric, county, "total"], counted[metric, county, "covered"], counted[metric, county, "derived"]
        )
        for metric, county, _ in counted
    }


def after_minus_before(history: list[EnterpriseEvent]) -> dict[Cell, Measures]:
    """As the engine does it: each event adds what its row counts for after it, and takes away what it did before."""
    rows: dict[str, object] = {}
    cells: dict[Cell, Measures] = {}
    assert SCOREBOARD.contribute is not None
    for event in history:
        if not isinstance(event, SCOREBOARD.events):
            continue
        key = event.enterprise
        before, after = rows.get(key), SCOREBOARD.apply(rows.get(key), event)
        rows[key] = after
        for sign, row in ((-1, before), (1, after)):
            for cell, measures in (SCOREBOARD.contribute(row) if row is not None else {}).items():
                cells[cell] = add(cells.get(cell, Measures(0, 0, 0)), measures, sign)
    return {cell: measures for cell, measures in cells.items() if measures != Measures(0, 0, 0)}


@given(histories())
def test_the_cells_are_a_recount_of_the_facts(history: list[EnterpriseEvent]) -> None:
    events: list[Event] = list(history)
    _, cells = fold_in_memory(SCOREBOARD, events)
    assert cells == recount(history)


@given(histories())
def test_cells_kept_by_after_minus_before_do_not_drift(history: list[EnterpriseEvent]) -> None:
    assert after_minus_before(history) == recount(history)


@given(histories())
def test_covered_and_derived_are_never_more_than_all(history: list[EnterpriseEvent]) -> None:
    events: list[Event] = list(history)
    for measures in fold_in_memory(SCOREBOARD, events)[1].values():
        assert 0 <= measures.covered <= measures.total
        assert 0 <= measures.derived <= measures.total
