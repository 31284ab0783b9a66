from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from contracts.enterprise import ClosingReason, EnterpriseUnionized, LeavingReason, VisitOverdue
from contracts.event import Event
from eventing.fold import fold_in_memory
from services.enterprise.commands import (
    ApplyForUnion,
    ApproveUnion,
    CloseEnterprise,
    EnterpriseCommand,
    HoldVisit,
    LeaveProvince,
    MarkVisitOverdue,
    MergeEnterprise,
    MoveEnterprise,
    RegisterEnterprise,
    StateWill,
    SurveyEnterprise,
)
from services.enterprise.ends import End
from services.enterprise.policies import DEADLINES
from services.enterprise.views.enterprises import ENTERPRISES, EnterpriseRow
from tests.support.enterprises import (
    APPLIED,
    APPROVED,
    BAKERY,
    DUE,
    GONE,
    MACHINES,
    MOVED,
    REGISTERED,
    STATED,
    SURVEYED,
    TODAY,
    VISITED,
    XIAN,
    XINCHENG,
    a_listed_enterprise,
    a_moved_enterprise,
    a_refusing_enterprise,
    a_surveyed_enterprise,
    a_unionized_enterprise,
    a_willing_enterprise,
    an_applying_enterprise,
    closed,
    described,
    given,
    left,
    merged,
    moved,
    overdue,
    surveyed,
)

A_DAY = timedelta(days=1)
LIVES = (
    a_listed_enterprise(),
    a_surveyed_enterprise(),
    a_refusing_enterprise(),
    a_willing_enterprise(),
    an_applying_enterprise(),
    a_unionized_enterprise(),
    a_moved_enterprise(),
)
ENDS = (closed(), merged(), left())


def move(county: str = "610103", union: str = "u-610103", on: date = MOVED) -> MoveEnterprise:
    return MoveEnterprise(enterprise=MACHINES, county=county, union=union, moved_on=on)


def close(on: date = GONE, reason: ClosingReason = ClosingReason.DEREGISTERED) -> CloseEnterprise:
    return CloseEnterprise(enterprise=MACHINES, reason=reason, closed_on=on)


def merge(into: str = BAKERY, on: date = GONE) -> MergeEnterprise:
    return MergeEnterprise(enterprise=MACHINES, into=into, merged_on=on)


def leave(province: str = "510000", on: date = GONE) -> LeaveProvince:
    return LeaveProvince(enterprise=MACHINES, province=province, reason=LeavingReason.RELOCATED, left_on=on)


WAYS_TO_END = (close(), merge(), leave())
WAYS = list(zip(WAYS_TO_END, ENDS, strict=True))


def row_after(*events: Event) -> EnterpriseRow:
    row = fold_in_memory(ENTERPRISES, events)[0][MACHINES]
    assert isinstance(row, EnterpriseRow)
    return row


@pytest.mark.parametrize("life", LIVES)
@pytest.mark.parametrize(("command", "end"), WAYS)
def test_an_enterprise_ends_whatever_has_happened(
    life: tuple[Event, ...], command: EnterpriseCommand, end: Event
) -> None:
    given(*life, *a_listed_enterprise(BAKERY)).when(command).then(end)


@pytest.mark.parametrize(("command", "end"), WAYS)
def test_the_same_end_again_is_nothing_new(command: EnterpriseCommand, end: Event) -> None:
    given(*a_surveyed_enterprise(), end).when(command).nothing_new()


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize(
    "command", [close(on=TODAY), merge(on=TODAY), leave(on=TODAY), close(reason=ClosingReason.BANKRUPT)]
)
def test_another_end_is_refused_with_the_one_that_is_known(command: EnterpriseCommand, end: Event) -> None:
    given(*a_surveyed_enterprise(), end).when(command).refused("enterprise_gone", "enterprise", ended_on=GONE)


@pytest.mark.parametrize(("end", "how"), list(zip(ENDS, End, strict=True)))
@pytest.mark.parametrize(
    "command",
    [
        StateWill(enterprise=MACHINES, will="willing", stated_on=STATED),
        HoldVisit(enterprise=MACHINES, held_on=VISITED),
        ApplyForUnion(enterprise=MACHINES, applied_on=APPLIED),
        ApproveUnion(
            enterprise=MACHINES, members=30, own_committee=True, approved_on=APPROVED, document="新工发〔2025〕12号"
        ),
        move(),
    ],
)
def test_what_has_ended_does_nothing_more(command: EnterpriseCommand, end: Event, how: End) -> None:
    given(*an_applying_enterprise(), end).when(command).refused(
        "enterprise_gone", "enterprise", enterprise=MACHINES, end=how, ended_on=GONE
    )


def test_nobody_waits_for_a_visit_any_more() -> None:
    asked = MarkVisitOverdue(enterprise=MACHINES, due_on=DUE)
    given(*a_willing_enterprise(), closed()).when(asked).nothing_new()
    row = row_after(*a_willing_enterprise(), overdue(), closed())
    assert (row.visit_due_on, row.visit_overdue) == (None, False)
    assert row_after(*an_applying_enterprise(), closed()).visit_due_on == DUE


@pytest.mark.parametrize("life", [a_listed_enterprise(), a_surveyed_enterprise()])
def test_a_count_of_before_the_end_may_still_be_entered(life: tuple[Event, ...]) -> None:
    asked = SurveyEnterprise(enterprise=MACHINES, headcount=90, size_class="medium", surveyed_on=GONE - A_DAY)
    late = surveyed(headcount=90, on=GONE - A_DAY)
    given(*life, closed()).when(asked).then(late)
    given(*life, closed(), late).when(asked).nothing_new()


def test_and_one_of_the_day_on_which_it_ended_may_not() -> None:
    asked = SurveyEnterprise(enterprise=MACHINES, headcount=90, surveyed_on=GONE)
    given(*a_surveyed_enterprise(), closed()).when(asked).refused("enterprise_gone", "enterprise")


def test_a_code_that_has_ended_is_not_registered_again() -> None:
    asked = RegisterEnterprise(
        enterprise=MACHINES, name="西安新机械有限公司", ownership="private", county="610102", union=XINCHENG
    )
    given(*a_listed_enterprise(), closed()).when(asked).refused("registered_already", "enterprise")


@pytest.mark.parametrize("command", [*WAYS_TO_END, move()])
def test_who_is_not_on_the_list_neither_ends_nor_moves(command: EnterpriseCommand) -> None:
    given(*a_listed_enterprise(BAKERY)).when(command).refused("enterprise_unknown", "enterprise")


@pytest.mark.parametrize(
    ("command", "field"),
    [(close, "closed_on"), (merge, "merged_on"), (leave, "left_on"), (move, "moved_on")],
)
def test_the_day_lies_between_its_registration_or_last_move_and_today(command: type, field: str) -> None:
    listed = (*a_listed_enterprise(), *a_listed_enterprise(BAKERY))
    given(*listed).when(command(on=TODAY + A_DAY)).refused("in_the_future", field)
    given(*listed).when(command(on=REGISTERED - A_DAY)).refused("before_its_entry", field, since=REGISTERED)
    elsewhere = moved(county="610104", on=MOVED)
    given(*listed, elsewhere).when(command(on=MOVED - A_DAY)).refused("before_its_entry", field, since=MOVED)


def test_it_is_merged_into_one_that_is_on_the_list_and_active() -> None:
    given(*a_listed_enterprise()).when(merge()).refused("enterprise_unknown", "into", enterprise=BAKERY)
    given(*a_listed_enterprise(), *a_listed_enterprise(BAKERY), closed(BAKERY)).when(merge()).refused(
        "merged_into_nothing", "into", into=BAKERY, ended_on=GONE
    )
    given(*a_listed_enterprise()).when(merge(into=MACHINES)).refused("names_itself", "into")


def test_the_one_that_it_is_merged_into_goes_on() -> None:
    rows, _ = fold_in_memory(ENTERPRISES, [*a_listed_enterprise(), *a_listed_enterprise(BAKERY), merged()])
    assert (rows[MACHINES].ended_as, rows[BAKERY].ended_as) == (End.MERGED, None)


@pytest.mark.parametrize("region", ["510100", "510104"])
def test_it_leaves_for_a_province(region: str) -> None:
    given(*a_listed_enterprise()).when(leave(region)).refused("not_a_province", "province", province=region)


def test_for_another_one() -> None:
    given(*a_listed_enterprise()).when(leave("610000")).refused("same_province", "province", county="610102")


@pytest.mark.parametrize("life", LIVES[:-1])
def test_an_enterprise_moves_whatever_has_happened(life: tuple[Event, ...]) -> None:
    given(*life).when(move()).then(moved())


def test_moved_twice_is_nothing_new_and_another_day_is_refused() -> None:
    given(*a_moved_enterprise()).when(move()).nothing_new()
    given(*a_moved_enterprise()).when(move(on=TODAY)).refused("here_already", "county", since=MOVED)
    given(*a_listed_enterprise()).when(move("610102", XIAN)).refused("here_already", "county", since=REGISTERED)


@pytest.mark.parametrize(
    ("county", "union", "code", "field"),
    [
        ("610100", "u-610103", "not_a_county", "county"),
        ("610125", "u-610103", "county_replaced", "county"),
        ("330104", "u-610103", "county_not_valid", "county"),
        ("510104", "u-610103", "another_province", "county"),
        ("610103", "u-nowhere", "union_unknown", "union"),
    ],
)
def test_county_and_union_are_as_at_a_registration_and_in_the_province(
    county: str, union: str, code: str, field: str
) -> None:
    given(*a_listed_enterprise()).when(move(county, union)).refused(code, field)


def test_a_move_is_a_matter_of_the_union_that_it_leaves_and_the_rest_of_the_one_it_came_to() -> None:
    assert given(*a_listed_enterprise()).when(move()).owner() == XINCHENG
    assert given(*a_moved_enterprise()).when(close()).owner() == "u-610103"
    merging = given(*a_moved_enterprise(), *a_listed_enterprise(BAKERY)).when(merge())
    assert merging.owner() == "u-610103"


def running(events: Sequence[Event]) -> bool:
    """Whether the clock of the visit runs after these events."""
    (visit,) = (deadline for deadline in DEADLINES if deadline.name == "visit")
    runs = False
    for event in events:
        runs = visit.opens(event) is not None or (runs and visit.closes(event) is None)
    return runs


def test_a_clock_that_runs_goes_along_and_the_union_above_the_new_one_is_told() -> None:
    life = (*a_willing_enterprise(), moved(county="610502", on=STATED))
    assert running(life)
    given(*life).when(MarkVisitOverdue(enterprise=MACHINES, due_on=DUE)).then(
        VisitOverdue(enterprise=MACHINES, due_on=DUE, told="u-610500")
    )


def test_the_union_that_it_came_to_approves_its_union() -> None:
    asked = ApproveUnion(
        enterprise=MACHINES, members=30, own_committee=True, approved_on=MOVED, document="新工发〔2025〕12号"
    )
    (approval,) = given(*an_applying_enterprise(), moved()).when(asked).decide()
    assert isinstance(approval, EnterpriseUnionized)
    assert approval.approved_by == "u-610103"


def test_a_row_says_where_it_counts_now_and_how_it_ended() -> None:
    row = row_after(*a_surveyed_enterprise(), described(on=SURVEYED), moved())
    assert (row.county, row.union_id, row.town, row.industry) == ("610103", "u-610103", None, "C34")
    assert (row.ended_as, row.ended_on) == (None, None)
    for end, how in zip(ENDS, End, strict=True):
        row = row_after(*a_surveyed_enterprise(), end)
        assert (row.ended_as, row.ended_on) == (how, GONE)
