from datetime import date, timedelta

import pytest

from contracts.enterprise import DissolutionReason, UnionDissolved, Will
from contracts.event import Event
from services.enterprise.commands import ApplyForUnion, ApproveUnion, DissolveUnion, HoldVisit, StateWill
from tests.support.enterprises import (
    APPROVED,
    MACHINES,
    TODAY,
    XINCHENG,
    a_listed_enterprise,
    a_refusing_enterprise,
    a_surveyed_enterprise,
    a_unionized_enterprise,
    a_willing_enterprise,
    an_applying_enterprise,
    given,
)
from tests.support.foundings import (
    DISSOLVED,
    a_dissolved_enterprise,
    a_preparing_enterprise,
    dissolved,
    one_that_has_elected,
)

A_DAY = timedelta(days=1)


def dissolve(on: date = DISSOLVED, reason: DissolutionReason = DissolutionReason.SHELL) -> DissolveUnion:
    return DissolveUnion(enterprise=MACHINES, reason=reason, dissolved_on=on)


def state(will: Will, on: date) -> StateWill:
    return StateWill(enterprise=MACHINES, will=will, stated_on=on)


def test_an_own_union_is_dissolved_with_a_reason() -> None:
    given(*a_unionized_enterprise()).when(dissolve()).then(
        UnionDissolved(enterprise=MACHINES, reason=DissolutionReason.SHELL, dissolved_on=DISSOLVED)
    )
    assert given(*a_unionized_enterprise()).when(dissolve()).owner() == XINCHENG


@pytest.mark.parametrize(
    "history",
    [
        a_listed_enterprise(),
        a_surveyed_enterprise(),
        a_refusing_enterprise(),
        a_willing_enterprise(),
        a_preparing_enterprise(),
        an_applying_enterprise(),
        one_that_has_elected(),
    ],
)
def test_only_what_was_approved_can_be(history: tuple[Event, ...]) -> None:
    given(*history).when(dissolve()).refused("no_union")


def test_not_before_it_was_approved_and_not_in_the_future() -> None:
    given(*a_unionized_enterprise()).when(dissolve(APPROVED - A_DAY)).refused(
        "dissolved_before_approval", "dissolved_on", approved_on=APPROVED
    )
    given(*a_unionized_enterprise()).when(dissolve(TODAY + A_DAY)).refused("in_the_future", "dissolved_on")


def test_twice_is_nothing_new_and_otherwise_is_refused() -> None:
    given(*a_dissolved_enterprise()).when(dissolve()).nothing_new()
    for other in (dissolve(DISSOLVED + A_DAY), dissolve(reason=DissolutionReason.MEMBERS_RESOLVED)):
        given(*a_dissolved_enterprise()).when(other).refused(
            "dissolved_already", "dissolved_on", dissolved_on=DISSOLVED
        )


@pytest.mark.parametrize("will", [Will.HESITANT, Will.REFUSING])
def test_afterwards_it_is_asked_again(will: Will) -> None:
    given(*a_dissolved_enterprise()).when(state(will, DISSOLVED)).then(...)


def test_what_it_said_before_the_dissolution_is_over() -> None:
    given(*a_dissolved_enterprise()).when(state(Will.WILLING, DISSOLVED - A_DAY)).refused(
        "will_before_dissolution", "stated_on", dissolved_on=DISSOLVED
    )


def test_until_it_is_willing_again_nothing_is_visited_or_applied_for() -> None:
    again = given(*a_dissolved_enterprise())
    again.when(HoldVisit(enterprise=MACHINES, held_on=DISSOLVED)).refused("not_willing")
    again.when(ApplyForUnion(enterprise=MACHINES, applied_on=DISSOLVED)).refused("not_willing")


def test_a_willing_one_is_visited_and_founds_anew() -> None:
    history = a_dissolved_enterprise()
    for command in (
        state(Will.WILLING, date(2025, 6, 11)),
        HoldVisit(enterprise=MACHINES, held_on=date(2025, 6, 12)),
        ApplyForUnion(enterprise=MACHINES, applied_on=date(2025, 6, 13)),
        ApproveUnion(
            enterprise=MACHINES,
            members=60,
            own_committee=True,
            approved_on=date(2025, 6, 20),
            document="新工发〔2025〕31号",
        ),
    ):
        history = (*history, *given(*history).when(command).decide())
    assert [type(event).__name__ for event in history[-4:]] == [
        "WillStated",
        "VisitHeld",
        "FoundingApplied",
        "EnterpriseUnionized",
    ]
    given(*history).when(dissolve(date(2025, 6, 25))).then(dissolved(date(2025, 6, 25)))
