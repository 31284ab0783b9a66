from dataclasses import replace
from datetime import date

import pytest

from contracts.enterprise import (
    EnterpriseDescribed,
    FoundingPlanned,
    JointUnionJoined,
    JointUnionLeft,
    Ownership,
    PlanLeaving,
    PlanStep,
    PlanStepDone,
    UnionForm,
    UnitLeaving,
    Will,
)
from contracts.event import Event
from eventing.fold import fold_in_memory
from services.enterprise.views.enterprises import ENTERPRISES, EnterpriseRow
from services.enterprise.views.plan_steps import PLAN_STEPS, PlanStepRow
from services.enterprise.views.plans import PLANS, PlanRow, PlanStatus
from tests.support.enterprises import (
    APPLIED,
    APPROVED,
    LI,
    MACHINES,
    SURVEYED,
    TODAY,
    WANG,
    XINCHENG,
    a_listed_enterprise,
    a_surveyed_enterprise,
    approval,
    surveyed,
    unwilling,
    willing,
)
from tests.support.foundings import (
    AGREED_FOR,
    CHECKED,
    DISSOLVED,
    FORMED,
    JOINED,
    MET,
    SET_UP,
    TERM_ENDS,
    a_dissolved_enterprise,
    a_preparing_enterprise,
    agreed,
    approved_in_full,
    left,
    one_awaiting_the_check,
    one_on_the_list,
    one_sent_back,
    one_struck_off,
    one_that_has_elected,
    opened,
)


def the_enterprise(*events: Event) -> EnterpriseRow:
    row = fold_in_memory(ENTERPRISES, events)[0][MACHINES]
    assert isinstance(row, EnterpriseRow)
    return row


def the_plan(*events: Event) -> PlanRow:
    row = fold_in_memory(PLANS, events)[0][MACHINES]
    assert isinstance(row, PlanRow)
    return row


def joined(members: int) -> JointUnionJoined:
    return JointUnionJoined(
        enterprise=MACHINES, union="u-610102-j1", form=UnionForm.JOINT, members=members, joined_on=SURVEYED
    )


def test_the_ledger_shows_each_step_of_the_full_way() -> None:
    row = the_enterprise(*one_that_has_elected(), approved_in_full())
    assert (row.joined_on, row.joined) == (JOINED, 86)
    assert (row.prepared_on, row.applied_on, row.simplified, row.set_up_on, row.met_on, row.term_ends_on) == (
        FORMED,
        APPLIED,
        False,
        SET_UP,
        MET,
        TERM_ENDS,
    )


def test_after_a_dissolution_nothing_of_the_union_is_left() -> None:
    row = the_enterprise(*one_that_has_elected(), approved_in_full(), *a_dissolved_enterprise()[-1:])
    assert row == replace(the_enterprise(*a_surveyed_enterprise()), dissolved_on=DISSOLVED)


def test_founded_anew_it_has_its_union_again() -> None:
    row = the_enterprise(*a_dissolved_enterprise(), willing(on=DISSOLVED), approval())
    assert (row.will, row.form, row.members, row.unionized_on, row.dissolved_on) == (
        Will.WILLING,
        UnionForm.OWN,
        86,
        APPROVED,
        None,
    )


def test_a_group_that_was_given_up_is_not_shown() -> None:
    assert the_enterprise(*a_preparing_enterprise()).prepared_on == FORMED
    assert the_enterprise(*a_preparing_enterprise(), unwilling(on=APPLIED)).prepared_on is None


def test_a_plan_stands_on_the_list_of_its_county() -> None:
    assert the_plan(*one_on_the_list(), FoundingPlanned(enterprise=MACHINES, planned_on=TODAY)) == PlanRow(
        enterprise=MACHINES,
        name="西安示例机械有限公司",
        status=PlanStatus.OPEN,
        county="610102",
        union_id=XINCHENG,
        headcount=120,
        surveyed_on=SURVEYED,
        opened_on=SURVEYED,
        planned_on=TODAY,
    )


def test_who_never_was_on_it_has_no_status() -> None:
    assert the_plan(*a_listed_enterprise()).status is None


@pytest.mark.parametrize(
    ("history", "status", "checked_on"),
    [
        (one_awaiting_the_check(), PlanStatus.AWAITING_CHECK, None),
        (one_sent_back(), PlanStatus.RETURNED, CHECKED),
        (one_struck_off(), PlanStatus.STRUCK_OFF, CHECKED),
        ((*one_struck_off(), opened(on=DISSOLVED)), PlanStatus.OPEN, None),
    ],
)
def test_its_status_follows_the_check(history: tuple[Event, ...], status: PlanStatus, checked_on: date | None) -> None:
    row = the_plan(*history)
    assert (row.status, row.checked_on) == (status, checked_on)


def test_what_left_the_list_says_why_until_it_comes_back() -> None:
    gone = (*one_on_the_list(), left(PlanLeaving.BELOW_100, TODAY))
    row = the_plan(*gone)
    assert (row.status, row.left_reason, row.left_on) == (PlanStatus.LEFT, PlanLeaving.BELOW_100, TODAY)
    back = the_plan(*gone, opened(on=TODAY, county="610103", union="u-610103"))
    assert (back.status, back.left_reason, back.left_on) == (PlanStatus.OPEN, None, None)
    assert (back.county, back.union_id) == ("610103", "u-610103")


def test_the_headcount_is_the_latest_days_whatever_was_entered_last() -> None:
    row = the_plan(*one_on_the_list(), surveyed(headcount=130, on=TODAY), surveyed(headcount=90, on=SURVEYED))
    assert (row.headcount, row.surveyed_on) == (130, TODAY)


@pytest.mark.parametrize(("members", "warned"), [(24, False), (25, True)])
def test_25_members_inside_a_joint_union_are_a_warning(members: int, warned: bool) -> None:
    inside = (*one_on_the_list(), joined(members))
    row = the_plan(*inside)
    assert (row.status, row.joint_union, row.joint_members, row.committee_from_25) == (
        PlanStatus.OPEN,
        "u-610102-j1",
        members,
        warned,
    )
    outside = JointUnionLeft(enterprise=MACHINES, union="u-610102-j1", reason=UnitLeaving.RESOLVED, left_on=TODAY)
    assert the_plan(*inside, outside) == the_plan(*one_on_the_list())


def test_it_is_known_that_one_was_inside_before_the_plan_was_opened() -> None:
    assert the_plan(*a_listed_enterprise(), joined(30), surveyed(), opened()).committee_from_25


def test_a_changed_name_is_shown() -> None:
    described = EnterpriseDescribed(
        enterprise=MACHINES,
        name="西安示例精密机械有限公司",
        ownership=Ownership.PRIVATE,
        industry=None,
        town=None,
        parent=None,
        described_on=TODAY,
    )
    assert the_plan(*one_on_the_list(), described).name == "西安示例精密机械有限公司"


def test_each_step_has_its_row_as_it_was_agreed_last() -> None:
    done = PlanStepDone(enterprise=MACHINES, step=PlanStep.TALK_WITH_WORKERS, done_on=TODAY)
    key = f"{MACHINES}/talk_with_workers"
    rows, _ = fold_in_memory(PLAN_STEPS, [agreed(), agreed(PlanStep.FIND_PREPARERS, due=TODAY), done])
    assert rows[key] == PlanStepRow(key, MACHINES, PlanStep.TALK_WITH_WORKERS, LI, AGREED_FOR, TODAY)
    assert rows[f"{MACHINES}/find_preparers"].done_on is None
    rows, _ = fold_in_memory(PLAN_STEPS, [agreed(), done, agreed(officer=WANG, due=TODAY)])
    assert rows[key] == PlanStepRow(key, MACHINES, PlanStep.TALK_WITH_WORKERS, WANG, TODAY)
