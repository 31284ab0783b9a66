from datetime import date, timedelta

import pytest

from contracts.enterprise import (
    EnterpriseClosed,
    EnterpriseLeft,
    EnterpriseMerged,
    EnterpriseMoved,
    JointUnionDissolved,
    JointUnionFormed,
    JointUnionJoined,
    JointUnionLeft,
    UnionForm,
    UnitLeaving,
)
from contracts.enterprise.words import ClosingReason, LeavingReason
from contracts.event import Event
from eventing.fold import fold_in_memory
from services.enterprise.commands import (
    DissolveJointUnion,
    FormJointUnion,
    JoinJointUnion,
    LeaveFederations,
    LeaveJointUnion,
)
from services.enterprise.policies.joint import POLICIES
from services.enterprise.views.joint import JOINT_UNIONS
from services.enterprise.views.units import UNITS, UnitRow, UnitsCell, UnitsCount
from tests.support.enterprises import (
    APPROVED,
    BAKERY,
    MACHINES,
    TODAY,
    XINCHENG,
    a_listed_enterprise,
    a_unionized_enterprise,
    an_applying_enterprise,
    approval,
    given,
)
from tests.support.joint import (
    DISSOLVED,
    FORMED,
    JOINED,
    JOINT,
    LEFT,
    OTHER_JOINT,
    a_dissolution,
    a_formed_joint_union,
    a_former_unit,
    a_unit,
    joined,
    left,
)

A_DAY = timedelta(days=1)


def form(union: str = JOINT, county: str = "610102", on: date = FORMED) -> FormJointUnion:
    return FormJointUnion(
        union=union,
        form=UnionForm.JOINT,
        name="西安市新城区示例联合工会",
        county=county,
        formed_on=on,
        document="新工发〔2025〕9号",
    )


def join(union: str = JOINT, members: int = 6, on: date = JOINED) -> JoinJointUnion:
    return JoinJointUnion(enterprise=MACHINES, union=union, members=members, joined_on=on)


def leave(reason: UnitLeaving = UnitLeaving.RESOLVED, on: date = LEFT) -> LeaveJointUnion:
    return LeaveJointUnion(enterprise=MACHINES, reason=reason, left_on=on)


def dissolve(on: date = DISSOLVED) -> DissolveJointUnion:
    return DissolveJointUnion(union=JOINT, dissolved_on=on)


def test_a_countys_union_forms_a_joint_union() -> None:
    given().when(form()).then(
        JointUnionFormed(
            union="u-610102-j1",
            form=UnionForm.JOINT,
            name="西安市新城区示例联合工会",
            county="610102",
            formed_by="u-610102",
            formed_on=FORMED,
            document="新工发〔2025〕9号",
        )
    )


def test_it_belongs_to_the_countys_union_and_is_formed_once() -> None:
    assert given().when(form()).owner() == XINCHENG
    given(*a_formed_joint_union()).when(form()).nothing_new()
    given(*a_formed_joint_union()).when(form(on=FORMED + A_DAY)).refused(
        "joint_union_formed", "union", formed_on=FORMED
    )
    given().when(form(on=TODAY + A_DAY)).refused("in_the_future", "formed_on")


@pytest.mark.parametrize("county", ["610100", "610000"])
def test_no_other_union_than_a_countys_forms_one(county: str) -> None:
    given().when(form(f"u-{county}-j1", county)).refused("county_union_needed", "county", county=county)


def test_its_id_says_which_county_it_belongs_to() -> None:
    given().when(form("u-610103-j1")).refused("joint_union_id", "union")


def test_an_enterprise_joins_with_its_members() -> None:
    given(*a_listed_enterprise(), *a_formed_joint_union()).when(join()).then(
        JointUnionJoined(enterprise=MACHINES, union=JOINT, form=UnionForm.JOINT, members=6, joined_on=JOINED)
    )


def test_it_covers_units_with_one_member_at_least() -> None:
    with pytest.raises(ValueError, match="members"):
        join(members=0)


def test_one_union_per_enterprise() -> None:
    there = (*a_listed_enterprise(), *a_unit(), *a_formed_joint_union(OTHER_JOINT))
    given(*there).when(join()).nothing_new()
    given(*there).when(join(OTHER_JOINT)).refused("unit_already", "union", union=JOINT, joined_on=JOINED)
    given(*there).when(join(members=7)).refused("unit_already", "union")
    given(*a_unionized_enterprise(), *a_formed_joint_union()).when(join()).refused("union_exists", approved_on=APPROVED)


def test_while_it_founds_its_own_it_may_be_in_a_joint_one() -> None:
    given(*an_applying_enterprise(), *a_formed_joint_union()).when(join()).then(joined())


def test_what_is_not_there_cannot_be_joined_and_does_not_join() -> None:
    given(*a_listed_enterprise()).when(join()).refused("joint_union_unknown", "union", union=JOINT)
    given(*a_formed_joint_union()).when(join()).refused("enterprise_unknown", "enterprise")
    dissolved = (*a_listed_enterprise(), *a_formed_joint_union(), *a_dissolution())
    given(*dissolved).when(join()).refused("joint_union_dissolved", "union", on=DISSOLVED)


def test_an_enterprise_joins_in_its_own_county() -> None:
    elsewhere = a_formed_joint_union("u-610103-j1", "610103")
    given(*a_listed_enterprise(), *elsewhere).when(join("u-610103-j1")).refused(
        "other_county", "union", county="610102", of_union="610103"
    )


def test_nobody_joins_before_it_is_formed_nor_in_the_future() -> None:
    there = (*a_listed_enterprise(), *a_formed_joint_union())
    given(*there).when(join(on=FORMED)).then(...)
    given(*there).when(join(on=FORMED - A_DAY)).refused("joined_before_formed", "joined_on", formed_on=FORMED)
    given(*there).when(join(on=TODAY + A_DAY)).refused("in_the_future", "joined_on")


def test_a_unit_leaves_with_a_reason_and_may_join_again() -> None:
    unit, former = (*a_listed_enterprise(), *a_unit()), (*a_listed_enterprise(), *a_former_unit())
    given(*unit).when(leave()).then(
        JointUnionLeft(enterprise=MACHINES, union=JOINT, reason=UnitLeaving.RESOLVED, left_on=LEFT)
    )
    given(*former).when(leave()).nothing_new()
    given(*former).when(join(members=7, on=LEFT)).then(joined(members=7, on=LEFT))
    given(*former).when(join(on=LEFT - A_DAY)).refused("joined_before_left", "joined_on", union=JOINT, left_on=LEFT)


def test_a_unit_does_not_leave_before_it_joined_nor_in_the_future() -> None:
    unit = (*a_listed_enterprise(), *a_unit())
    given(*unit).when(leave(on=JOINED - A_DAY)).refused("left_before_joined", "left_on", joined_on=JOINED)
    given(*unit).when(leave(on=TODAY + A_DAY)).refused("in_the_future", "left_on")


def test_who_is_no_unit_leaves_nothing() -> None:
    given(*a_listed_enterprise()).when(leave()).refused("not_a_unit", "enterprise")
    given(*a_listed_enterprise(), *a_former_unit()).when(leave(on=LEFT + A_DAY)).refused("not_a_unit", "enterprise")


@pytest.mark.parametrize("reason", [UnitLeaving.OWN_UNION, UnitLeaving.CLOSED])
def test_what_follows_from_its_own_life_ends_it_whichever_was_entered_first(reason: UnitLeaving) -> None:
    """Mechanism: an end that was entered late, of a day before it joined, counts from the day on which it joined."""
    unit = (*a_listed_enterprise(), *a_unit())
    given(*unit).when(leave(reason)).then(left(reason=reason))
    given(*unit).when(leave(reason, on=JOINED - A_DAY)).then(left(reason=reason, on=JOINED))
    given(*unit, left(reason=reason, on=JOINED)).when(leave(reason, on=JOINED - A_DAY)).nothing_new()
    given(*a_listed_enterprise()).when(leave(reason)).nothing_new()


def test_one_that_moved_leaves_the_joint_union_of_another_county_and_not_of_its_own() -> None:
    """Mechanism: a joint union's id begins with its county's code; the enterprise may have joined one there first."""
    elsewhere = joined(union="u-610103-j1")
    given(*a_listed_enterprise(), elsewhere).when(leave(UnitLeaving.MOVED)).then(
        left(union="u-610103-j1", reason=UnitLeaving.MOVED)
    )
    given(*a_listed_enterprise(), *a_unit()).when(leave(UnitLeaving.MOVED)).nothing_new()


def test_joining_and_leaving_are_a_matter_of_the_union_that_looks_after_the_enterprise() -> None:
    assert given(*a_listed_enterprise()).when(join()).owner() == XINCHENG
    assert given(*a_listed_enterprise(), *a_unit()).when(leave()).owner() == XINCHENG


def test_it_is_dissolved_when_nobody_is_in_it_any_more() -> None:
    given(*a_formed_joint_union()).when(dissolve()).then(JointUnionDissolved(union=JOINT, dissolved_on=DISSOLVED))
    given(*a_former_unit(), joined(BAKERY)).when(dissolve()).refused(
        "units_in_it", "dissolved_on", units=1, on=DISSOLVED
    )
    given(*a_former_unit()).when(dissolve()).then(...)
    given(*a_former_unit()).when(dissolve(on=LEFT - A_DAY)).refused("units_in_it", "dissolved_on", units=1)


def test_it_is_dissolved_once_and_not_before_it_was_formed() -> None:
    gone = (*a_formed_joint_union(), *a_dissolution())
    given(*gone).when(dissolve()).nothing_new()
    given(*gone).when(dissolve(on=DISSOLVED + A_DAY)).refused("joint_union_dissolved", "dissolved_on", on=DISSOLVED)
    given(*gone).when(form()).nothing_new()
    given().when(dissolve()).refused("joint_union_unknown", "union")
    given(*a_formed_joint_union()).when(dissolve(on=FORMED - A_DAY)).refused("dissolved_before_formed", "dissolved_on")
    given(*a_formed_joint_union()).when(dissolve(on=TODAY + A_DAY)).refused("in_the_future", "dissolved_on")
    assert given(*gone).when(dissolve()).owner() == XINCHENG


@pytest.mark.parametrize(
    ("event", "commands"),
    [
        (approval(), [leave(UnitLeaving.OWN_UNION, APPROVED)]),
        (
            EnterpriseMoved(enterprise=MACHINES, county="610103", union="u-610103", moved_on=LEFT),
            [leave(UnitLeaving.MOVED)],
        ),
        *(
            (ended, [leave(UnitLeaving.CLOSED), LeaveFederations(enterprise=MACHINES, left_on=LEFT)])
            for ended in (
                EnterpriseClosed(enterprise=MACHINES, reason=ClosingReason.DEREGISTERED, closed_on=LEFT),
                EnterpriseMerged(enterprise=MACHINES, into=BAKERY, merged_on=LEFT),
                EnterpriseLeft(enterprise=MACHINES, province="510000", reason=LeavingReason.RELOCATED, left_on=LEFT),
            )
        ),
    ],
    ids=lambda at: type(at).__name__,
)
def test_a_unit_leaves_by_itself(event: Event, commands: list[LeaveJointUnion | LeaveFederations]) -> None:
    given_ = [command for policy in POLICIES if isinstance(event, policy.on) for command in policy.then(event)]
    assert given_ == commands


def test_a_joint_union_counts_its_units_and_their_members() -> None:
    history = (*a_unit(), joined(BAKERY, members=30))
    cell = UnitsCell(JOINT)
    assert fold_in_memory(UNITS, history)[1] == {cell: UnitsCount(2, 36)}
    rows, cells = fold_in_memory(UNITS, (*history, left()))
    assert cells == {cell: UnitsCount(1, 30)}
    assert rows[MACHINES] == UnitRow(MACHINES, JOINT, UnionForm.JOINT, 6, JOINED, LEFT, UnitLeaving.RESOLVED)


def test_the_list_says_which_was_dissolved() -> None:
    rows, _ = fold_in_memory(JOINT_UNIONS, (*a_formed_joint_union(), *a_dissolution()))
    assert (rows[JOINT].union_id, rows[JOINT].dissolved_on) == (XINCHENG, DISSOLVED)
