from datetime import date, timedelta

import pytest

from contracts.creditcode import make_credit_code
from contracts.enterprise import EnterpriseUnionized, FoundingApplied, Ownership, UnionForm
from contracts.event import Event
from services.enterprise.commands import ApplyForUnion, ApproveUnion
from tests.support.enterprises import (
    APPLIED,
    APPROVED,
    MACHINES,
    STATED,
    TODAY,
    XINCHENG,
    a_listed_enterprise,
    a_refusing_enterprise,
    a_surveyed_enterprise,
    a_unionized_enterprise,
    a_willing_enterprise,
    an_applying_enterprise,
    approval,
    given,
    overdue,
)
from tests.support.foundings import APPROVAL_DUE

A_DAY = timedelta(days=1)


def apply(enterprise: str = MACHINES, on: date = APPLIED) -> ApplyForUnion:
    return ApplyForUnion(enterprise=enterprise, applied_on=on)


def applied(on: date = APPLIED, due: date = APPROVAL_DUE) -> FoundingApplied:
    return FoundingApplied(enterprise=MACHINES, applied_on=on, approval_due_on=due)


def approve(members: int = 86, own_committee: bool = True, on: date = APPROVED) -> ApproveUnion:
    return ApproveUnion(
        enterprise=MACHINES,
        members=members,
        own_committee=own_committee,
        approved_on=on,
        document="新工发〔2025〕12号",
    )


@pytest.mark.parametrize("history", [a_willing_enterprise(), (*a_willing_enterprise(), overdue())])
def test_a_willing_enterprise_applies_visited_or_not(history: tuple[Event, ...]) -> None:
    given(*history).when(apply()).then(applied())


@pytest.mark.parametrize("history", [a_listed_enterprise(), a_surveyed_enterprise(), a_refusing_enterprise()])
def test_an_application_needs_a_willing_enterprise(history: tuple[Event, ...]) -> None:
    given(*history).when(apply()).refused("not_willing")


def test_no_application_comes_before_the_will() -> None:
    given(*a_willing_enterprise()).when(apply(on=STATED - A_DAY)).refused(
        "applied_before_will", "applied_on", stated_on=STATED
    )


def test_all_in_one_day_is_in_order() -> None:
    applying = (*a_willing_enterprise(), applied(on=STATED, due=date(2025, 5, 15)))
    given(*a_willing_enterprise()).when(apply(on=STATED)).then(applying[-1])
    given(*applying).when(approve(on=STATED)).then(...)


def test_a_simplified_application_is_answered_within_five_working_days() -> None:
    given(*a_willing_enterprise()).when(apply(on=date(2025, 5, 29))).then(
        applied(on=date(2025, 5, 29), due=date(2025, 6, 6))  # a holiday lies between
    )


def test_nobody_applies_in_the_future() -> None:
    given(*a_willing_enterprise()).when(apply(on=TODAY + A_DAY)).refused("in_the_future", "applied_on")


def test_applied_twice_on_one_day_is_nothing_new_and_on_another_refused() -> None:
    given(*an_applying_enterprise()).when(apply()).nothing_new()
    given(*an_applying_enterprise()).when(apply(on=APPROVED)).refused(
        "applied_already", "applied_on", applied_on=APPLIED
    )


def test_the_drive_founds_nothing_in_a_state_owned_enterprise() -> None:
    given(*a_willing_enterprise(ownership=Ownership.STATE)).when(apply()).refused("outside_the_drive", "enterprise")


@pytest.mark.parametrize("department", ["92", "93"])
def test_nor_with_a_sole_proprietor_or_a_cooperative(department: str) -> None:
    owner = make_credit_code(department, "610102", 1)
    given(*a_willing_enterprise(owner)).when(apply(owner)).refused("outside_the_drive", "enterprise", enterprise=owner)


def test_the_union_that_looks_after_the_enterprise_approves_the_new_one_below_it() -> None:
    given(*an_applying_enterprise()).when(approve()).then(
        EnterpriseUnionized(
            enterprise=MACHINES,
            form=UnionForm.OWN,
            members=86,
            own_committee=True,
            approved_on=APPROVED,
            approved_by=XINCHENG,
            document="新工发〔2025〕12号",
        )
    )


@pytest.mark.parametrize(
    "history", [a_listed_enterprise(), a_surveyed_enterprise(), a_refusing_enterprise(), a_willing_enterprise()]
)
def test_an_approval_needs_an_application(history: tuple[Event, ...]) -> None:
    given(*history).when(approve()).refused("application_needed")


def test_from_25_members_on_a_union_has_its_own_committee() -> None:
    given(*an_applying_enterprise()).when(approve(members=25, own_committee=False)).refused(
        "committee_required", "own_committee", members=25
    )


def test_fewer_members_may_do_without_one() -> None:
    given(*an_applying_enterprise()).when(approve(members=24, own_committee=False)).then(
        approval(members=24, own_committee=False)
    )


def test_dispatched_workers_may_make_more_members_than_workers() -> None:
    given(*an_applying_enterprise()).when(approve(members=150)).then(approval(members=150))


def test_a_union_has_at_least_one_member() -> None:
    with pytest.raises(ValueError, match="members"):
        approve(members=0)


def test_no_approval_comes_before_the_application() -> None:
    given(*an_applying_enterprise()).when(approve(on=APPLIED - A_DAY)).refused(
        "approved_before_application", "approved_on", applied_on=APPLIED
    )


def test_nothing_is_approved_in_the_future() -> None:
    given(*an_applying_enterprise()).when(approve(on=TODAY + A_DAY)).refused("in_the_future", "approved_on")


def test_approved_twice_with_the_same_facts_is_nothing_new() -> None:
    given(*a_unionized_enterprise()).when(approve()).nothing_new()


def test_a_unionized_enterprise_founds_no_second_union() -> None:
    given(*a_unionized_enterprise()).when(approve(members=87)).refused("union_exists", approved_on=APPROVED)
    given(*a_unionized_enterprise()).when(apply()).refused("union_exists", approved_on=APPROVED)
