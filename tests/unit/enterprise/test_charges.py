from datetime import date, timedelta

import pytest

from contracts.creditcode import make_credit_code
from contracts.enterprise import (
    ClosingReason,
    DeskHandedOver,
    EnterpriseClosed,
    EnterpriseMoved,
    HandOverReason,
    OfficerAssigned,
)
from contracts.event import Event
from eventing.fold import fold_in_memory
from services.enterprise.commands import AssignOfficer, HandOverDesk
from services.enterprise.decider.handover import AT_ONCE
from services.enterprise.policies.officers import POLICIES
from services.enterprise.views.charges import CHARGES, ChargeRow
from tests.support.enterprises import (
    BAKERY,
    LI,
    MACHINES,
    TODAY,
    WANG,
    XIAN,
    XINCHENG,
    a_listed_enterprise,
    a_unionized_enterprise,
    given,
)
from tests.support.joint import ASSIGNED, in_charge

A_DAY = timedelta(days=1)
HANDED_OVER = date(2025, 6, 2)
ZHAO = "p-9z8h7a6o"


def assign(officer: str = LI, on: date = ASSIGNED, instead_of: str | None = None) -> AssignOfficer:
    return AssignOfficer(enterprise=MACHINES, officer=officer, assigned_on=on, instead_of=instead_of)


def hand_over(successor: str = WANG, union: str = XINCHENG, on: date = HANDED_OVER) -> HandOverDesk:
    return HandOverDesk(
        officer=LI, successor=successor, union=union, reason=HandOverReason.TRANSFERRED, handed_over_on=on
    )


def handed_over(*enterprises: str, successor: str = WANG) -> DeskHandedOver:
    return DeskHandedOver(
        officer=LI,
        successor=successor,
        union=XINCHENG,
        reason=HandOverReason.TRANSFERRED,
        handed_over_on=HANDED_OVER,
        enterprises=enterprises,
    )


@pytest.mark.parametrize("life", [a_listed_enterprise(), a_unionized_enterprise()])
def test_an_officer_is_responsible_for_an_enterprise(life: tuple[Event, ...]) -> None:
    given(*life).when(assign()).then(
        OfficerAssigned(enterprise=MACHINES, officer=LI, union=XINCHENG, assigned_on=ASSIGNED)
    )
    assert given(*life).when(assign()).owner() == XINCHENG


def test_an_enterprise_that_is_not_listed_has_no_officer() -> None:
    given().when(assign()).refused("enterprise_unknown", "enterprise")
    given(*a_listed_enterprise()).when(assign(on=TODAY + A_DAY)).refused("in_the_future", "assigned_on")


def test_another_officer_takes_the_place_of_the_first_from_that_day_on() -> None:
    there = (*a_listed_enterprise(), in_charge())
    given(*there).when(assign()).nothing_new()
    given(*there).when(assign(on=ASSIGNED + A_DAY)).nothing_new()
    given(*there).when(assign(WANG, on=ASSIGNED)).then(in_charge(WANG))
    given(*there).when(assign(WANG, on=ASSIGNED - A_DAY)).refused(
        "officer_assigned_later", "assigned_on", assigned_on=ASSIGNED
    )


def test_where_it_has_moved_to_the_same_officer_is_named_anew() -> None:
    """Mechanism: whoever was named by another union is not responsible here."""
    before = in_charge(union="u-610103")
    given(*a_listed_enterprise(), before).when(assign(on=HANDED_OVER)).then(in_charge(on=HANDED_OVER))


def test_a_successor_takes_over_only_from_whoever_handed_over() -> None:
    there = (*a_listed_enterprise(), in_charge())
    given(*there).when(assign(WANG, HANDED_OVER, instead_of=LI)).then(in_charge(WANG, on=HANDED_OVER))
    given(*there, in_charge(ZHAO, on=HANDED_OVER)).when(assign(WANG, HANDED_OVER, instead_of=LI)).nothing_new()
    given(*a_listed_enterprise()).when(assign(WANG, HANDED_OVER, instead_of=LI)).nothing_new()
    elsewhere = in_charge(union="u-610103")
    given(*a_listed_enterprise(), elsewhere).when(assign(WANG, HANDED_OVER, instead_of=LI)).nothing_new()


def test_all_that_an_officer_is_responsible_for_goes_over_in_one_command() -> None:
    given(in_charge(enterprise=BAKERY), in_charge(), in_charge(ZHAO, make_credit_code("91", "610102", 3))).when(
        hand_over()
    ).then(handed_over(*sorted((MACHINES, BAKERY))))


def test_what_another_officer_has_by_now_stays_there() -> None:
    given(in_charge(), in_charge(enterprise=BAKERY), in_charge(ZHAO, on=HANDED_OVER)).when(hand_over()).then(
        handed_over(BAKERY)
    )


def test_only_what_lies_in_the_officers_union_and_below_it_goes_over() -> None:
    elsewhere = in_charge(enterprise=BAKERY, union="u-610300")
    given(in_charge(), elsewhere).when(hand_over(union=XIAN)).then(
        handed_over(MACHINES).model_copy(update={"union": XIAN})
    )
    given(elsewhere).when(hand_over(union=XIAN)).refused("responsible_for_nothing", "officer", officer=LI, union=XIAN)
    assert given().when(hand_over()).owner() == XINCHENG


def test_a_long_list_is_told_in_parts() -> None:
    codes = sorted(make_credit_code("91", "610102", 1000 + number) for number in range(AT_ONCE + 1))
    history = [in_charge(enterprise=code) for code in codes]
    given(*history).when(hand_over()).then(handed_over(*codes[:AT_ONCE]), handed_over(codes[AT_ONCE]))


def test_handed_over_twice_is_nothing_new_but_for_what_has_come_since() -> None:
    given(in_charge(), handed_over(MACHINES)).when(hand_over()).nothing_new()
    given(handed_over(MACHINES), in_charge(WANG)).when(hand_over()).nothing_new()
    given(in_charge(), handed_over(MACHINES), in_charge(enterprise=BAKERY)).when(hand_over()).then(handed_over(BAKERY))


def test_nobody_hands_over_what_they_got_later() -> None:
    """Else the successor would be assigned before the officer was, and that is refused: the enterprise would stay."""
    given(in_charge(on=HANDED_OVER)).when(hand_over()).then(...)
    given(in_charge(on=HANDED_OVER + A_DAY)).when(hand_over()).refused(
        "officer_assigned_later", "handed_over_on", assigned_on=HANDED_OVER + A_DAY
    )


def test_a_desk_goes_to_somebody_else_of_a_union_that_is_there() -> None:
    given(in_charge()).when(hand_over(successor=LI)).refused("same_officer", "successor")
    given(in_charge()).when(hand_over(union="u-nowhere")).refused("union_unknown", "union")
    given(in_charge()).when(hand_over(on=TODAY + A_DAY)).refused("in_the_future", "handed_over_on")


def test_the_successor_is_assigned_by_itself_to_each_enterprise() -> None:
    (policy,) = POLICIES
    assert policy.then(handed_over(MACHINES, BAKERY)) == tuple(
        AssignOfficer(enterprise=code, officer=WANG, assigned_on=HANDED_OVER, instead_of=LI)
        for code in (MACHINES, BAKERY)
    )


def test_nobody_is_responsible_any_more_for_what_has_ended_or_moved_away() -> None:
    assert fold_in_memory(CHARGES, [in_charge(), in_charge(WANG)])[0] == {
        MACHINES: ChargeRow(MACHINES, WANG, XINCHENG, ASSIGNED)
    }
    for end in (
        EnterpriseClosed(enterprise=MACHINES, reason=ClosingReason.BANKRUPT, closed_on=TODAY),
        EnterpriseMoved(enterprise=MACHINES, county="610103", union="u-610103", moved_on=TODAY),
    ):
        assert fold_in_memory(CHARGES, [in_charge(), end])[0] == {}
        assert fold_in_memory(CHARGES, [end])[0] == {}
