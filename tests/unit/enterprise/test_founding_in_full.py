from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.enterprise import (
    FoundingApplied,
    Ownership,
    PreparatoryGroupFormed,
    SetUpApproved,
    TermYears,
    Will,
    WillStated,
    WomenBody,
)
from contracts.event import Event
from eventing.dates import years_after
from services.enterprise import rules
from services.enterprise.commands import (
    ApplyForUnion,
    ApproveSetUp,
    ApproveUnion,
    DissolveUnion,
    FormPreparatoryGroup,
    HoldFoundingMeeting,
    HoldVisit,
    JoinMembers,
    StateWill,
    SurveyEnterprise,
)
from services.enterprise.commands.founding import ChairPost
from tests.support.enterprises import (
    APPLIED,
    APPROVED,
    MACHINES,
    STATED,
    TODAY,
    VISITED,
    XINCHENG,
    a_listed_enterprise,
    a_refusing_enterprise,
    a_surveyed_enterprise,
    a_unionized_enterprise,
    a_willing_enterprise,
    an_applying_enterprise,
    approval,
    given,
    unwilling,
    visited,
    willing,
)
from tests.support.foundings import (
    APPROVAL_DUE,
    FORMED,
    JOINED,
    MET,
    SET_UP,
    a_preparing_enterprise,
    approved_in_full,
    meeting,
    members_joined,
    one_being_set_up,
    one_that_applied_in_full,
    one_that_elected_before_members_were_entered,
    one_that_has_elected,
    one_with_members,
)

A_DAY = timedelta(days=1)


def form_group(on: date = FORMED) -> FormPreparatoryGroup:
    return FormPreparatoryGroup(enterprise=MACHINES, formed_on=on)


def apply(on: date = APPLIED, simplified: bool = False) -> ApplyForUnion:
    return ApplyForUnion(enterprise=MACHINES, applied_on=on, simplified=simplified)


def approve_set_up(on: date = SET_UP, document: str = "新工发〔2025〕11号") -> ApproveSetUp:
    return ApproveSetUp(enterprise=MACHINES, approved_on=on, document=document)


def join(members: int = 86, on: date = JOINED, women: int = 20, migrant: int = 10, new_forms: int = 1) -> JoinMembers:
    return JoinMembers(
        enterprise=MACHINES, joined_on=on, members=members, women=women, migrant=migrant, new_forms=new_forms
    )


def hold(
    on: date = MET, members: int = 86, committee: int = 7, post: ChairPost = ChairPost.WORKER, years: TermYears = 3
) -> HoldFoundingMeeting:
    return HoldFoundingMeeting(
        enterprise=MACHINES,
        held_on=on,
        members=members,
        committee=committee,
        audit=3,
        women=WomenBody.COMMITTEE,
        chair_post=post,
        term_years=years,
    )


def approve(on: date = APPROVED, **other: Any) -> ApproveUnion:
    facts: Mapping[str, Any] = {"members": 86, "own_committee": True, "document": "新工发〔2025〕12号", **other}
    return ApproveUnion(enterprise=MACHINES, approved_on=on, **facts)


# In order: preparatory group, application, approval to set up, members, meeting, approval of the result.


def test_a_willing_enterprise_forms_a_preparatory_group() -> None:
    given(*a_willing_enterprise()).when(form_group()).then(
        PreparatoryGroupFormed(enterprise=MACHINES, formed_on=FORMED)
    )


def test_the_group_applies_for_the_full_way() -> None:
    given(*a_preparing_enterprise()).when(apply()).then(
        FoundingApplied(enterprise=MACHINES, applied_on=APPLIED, simplified=False)
    )


def test_the_union_next_up_agrees_to_the_setting_up() -> None:
    given(*one_that_applied_in_full()).when(approve_set_up()).then(
        SetUpApproved(enterprise=MACHINES, approved_on=SET_UP, document="新工发〔2025〕11号")
    )


def test_members_join_before_the_meeting() -> None:
    given(*one_being_set_up()).when(join()).then(members_joined())


def test_more_join_until_the_meeting_and_the_latest_entry_holds() -> None:
    given(*one_with_members(80)).when(join(86)).then(members_joined(86))
    given(*one_with_members(80)).when(hold()).refused("members_contradict_joined", "members", members=80)
    given(*one_with_members(80), members_joined(86, MET)).when(hold()).then(meeting())
    given(*one_with_members()).when(join(on=JOINED - A_DAY)).refused("joined_later_already", "joined_on")


def test_women_migrant_workers_and_new_forms_of_work_are_among_all() -> None:
    for part in ("women", "migrant", "new_forms"):
        wrong = join(5, women=0, migrant=0, new_forms=0).model_copy(update={part: 6})
        given(*one_being_set_up()).when(wrong).refused("more_than_members", part, members=5)


def test_a_log_from_before_members_were_entered_goes_on() -> None:
    """Mechanism: a meeting may follow the approval to set up in a stream, though no command leads there any more."""
    given(*one_that_elected_before_members_were_entered()).when(hold()).nothing_new()
    given(*one_that_elected_before_members_were_entered()).when(approve()).then(approved_in_full())
    given(*one_that_elected_before_members_were_entered()).when(join()).refused("meeting_held_already", "joined_on")


def test_the_meeting_elects_and_nobodys_post_enters_the_event() -> None:
    given(*one_with_members()).when(hold(post=ChairPost.DEPUTY_HEAD)).then(meeting())
    assert "chair_post" not in type(meeting()).model_fields


def test_the_approved_result_has_a_term_that_ends_as_many_years_after_the_meeting() -> None:
    given(*one_that_has_elected()).when(approve()).then(approved_in_full())
    given(*one_that_has_elected()).when(approve(term_years=3)).then(approved_in_full())


def test_a_term_from_a_leap_day_ends_on_the_28th() -> None:
    assert years_after(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert years_after(date(2025, 5, 19), 5) == date(2030, 5, 19)


# Each step needs the one before it.


@pytest.mark.parametrize("history", [a_listed_enterprise(), a_surveyed_enterprise(), a_refusing_enterprise()])
def test_a_preparatory_group_needs_a_willing_enterprise(history: tuple[Event, ...]) -> None:
    given(*history).when(form_group()).refused("not_willing")


def test_the_full_way_needs_a_preparatory_group() -> None:
    given(*a_willing_enterprise()).when(apply()).refused("preparatory_group_needed", "simplified")


@pytest.mark.parametrize("history", [a_listed_enterprise(), a_willing_enterprise(), a_preparing_enterprise()])
def test_set_up_and_meeting_need_an_application(history: tuple[Event, ...]) -> None:
    given(*history).when(approve_set_up()).refused("application_needed")
    given(*history).when(join()).refused("application_needed")
    given(*history).when(hold()).refused("application_needed")
    given(*history).when(approve()).refused("application_needed")


def test_the_meeting_needs_the_approval_to_set_up() -> None:
    given(*one_that_applied_in_full()).when(join()).refused("set_up_needed")
    given(*one_that_applied_in_full()).when(hold()).refused("set_up_needed")
    given(*one_that_applied_in_full()).when(approve()).refused("set_up_needed")


def test_the_meeting_needs_members() -> None:
    given(*one_being_set_up()).when(hold()).refused("members_needed")


def test_the_approval_needs_the_meeting() -> None:
    given(*one_with_members()).when(approve()).refused("meeting_needed")
    given(*one_being_set_up()).when(approve()).refused("meeting_needed")


# Days in order, none in the future.


def test_no_step_comes_before_the_day_of_the_one_before() -> None:
    given(*a_willing_enterprise()).when(form_group(STATED - A_DAY)).refused("group_before_will", "formed_on")
    given(*a_preparing_enterprise()).when(apply(FORMED - A_DAY)).refused("applied_before_group", "applied_on")
    given(*one_that_applied_in_full()).when(approve_set_up(APPLIED - A_DAY)).refused(
        "approved_before_application", "approved_on", applied_on=APPLIED
    )
    given(*one_being_set_up()).when(join(on=SET_UP - A_DAY)).refused("joined_before_set_up", "joined_on")
    given(*one_with_members()).when(hold(JOINED - A_DAY)).refused("meeting_before_members", "held_on")
    given(*one_that_has_elected()).when(approve(MET - A_DAY)).refused("approved_before_meeting", "approved_on")


def test_none_is_in_the_future() -> None:
    given(*a_willing_enterprise()).when(form_group(TODAY + A_DAY)).refused("in_the_future", "formed_on")
    given(*a_preparing_enterprise()).when(apply(TODAY + A_DAY)).refused("in_the_future", "applied_on")
    given(*one_that_applied_in_full()).when(approve_set_up(TODAY + A_DAY)).refused("in_the_future", "approved_on")
    given(*one_being_set_up()).when(join(on=TODAY + A_DAY)).refused("in_the_future", "joined_on")
    given(*one_with_members()).when(hold(TODAY + A_DAY)).refused("in_the_future", "held_on")
    given(*one_that_has_elected()).when(approve(TODAY + A_DAY)).refused("in_the_future", "approved_on")


def test_all_may_be_on_one_day() -> None:
    history: tuple[Event, ...] = a_willing_enterprise()
    steps = (form_group(STATED), apply(STATED), approve_set_up(STATED), join(on=STATED), hold(STATED), approve(STATED))
    for step in steps:
        history = (*history, *given(*history).when(step).decide())
    assert [type(event).__name__ for event in history[-6:]] == [
        "PreparatoryGroupFormed",
        "FoundingApplied",
        "SetUpApproved",
        "MembersJoined",
        "FoundingMeetingHeld",
        "EnterpriseUnionized",
    ]


# Twice is nothing new, otherwise is refused, also after later steps.


def test_each_step_twice_is_nothing_new() -> None:
    for history in (a_preparing_enterprise(), one_that_applied_in_full(), one_that_has_elected()):
        given(*history).when(form_group()).nothing_new()
    for history in (one_that_applied_in_full(), one_being_set_up(), one_that_has_elected()):
        given(*history).when(apply()).nothing_new()
    for history in (one_being_set_up(), one_that_has_elected()):
        given(*history).when(approve_set_up()).nothing_new()
    for history in (one_with_members(), one_that_has_elected()):
        given(*history).when(join()).nothing_new()
    given(*one_that_has_elected()).when(hold()).nothing_new()
    given(*one_that_has_elected(), approved_in_full()).when(approve()).nothing_new()


def test_each_step_with_other_facts_is_refused() -> None:
    given(*a_preparing_enterprise()).when(form_group(FORMED + A_DAY)).refused("group_formed_already", "formed_on")
    given(*one_being_set_up()).when(form_group(FORMED + A_DAY)).refused("group_formed_already", "formed_on")
    given(*one_that_applied_in_full()).when(apply(simplified=True)).refused("applied_already", "applied_on")
    given(*one_being_set_up()).when(approve_set_up(document="新工发〔2025〕13号")).refused(
        "set_up_already", "approved_on", approved_on=SET_UP
    )
    given(*one_that_has_elected()).when(join(87)).refused("meeting_held_already", "joined_on", held_on=MET)
    given(*one_that_has_elected()).when(hold(years=5)).refused("meeting_held_already", "held_on", held_on=MET)


def test_nothing_leads_to_a_second_union() -> None:
    for command in (form_group(), apply(), approve_set_up(), join(), hold()):
        given(*a_unionized_enterprise()).when(command).refused("union_exists", approved_on=APPROVED)


# What the meeting may elect, and what may be approved of it.


@pytest.mark.parametrize("post", [ChairPost.HEAD_OF_MANAGEMENT, ChairPost.RELATIVE_OF_HEAD, ChairPost.HEAD_OF_HR])
def test_who_stands_for_the_employer_is_no_chair(post: ChairPost) -> None:
    given(*one_with_members()).when(hold(post=post)).refused("not_eligible_as_chair", "chair_post", post=post.value)


@pytest.mark.parametrize(
    "post", [ChairPost.WORKER, ChairPost.SPECIALIST, ChairPost.MIDDLE_MANAGER, ChairPost.DEPUTY_HEAD]
)
def test_everybody_else_may_be(post: ChairPost) -> None:
    given(*one_with_members()).when(hold(post=post)).then(...)


def test_a_meeting_of_25_members_elects_a_committee_and_of_fewer_may_do_without() -> None:
    given(*one_with_members(25)).when(hold(members=25, committee=0)).refused(
        "committee_required", "committee", members=25
    )
    given(*one_with_members(24)).when(hold(members=24, committee=0)).then(meeting(24, 0))


def test_a_term_is_of_three_or_five_years() -> None:
    given(*one_with_members()).when(hold(years=5)).then(meeting().model_copy(update={"term_years": 5}))
    with pytest.raises(ValueError, match="term_years"):
        HoldFoundingMeeting.model_validate(hold().model_dump() | {"term_years": 4})


def test_the_approval_must_not_contradict_the_meeting() -> None:
    elected = given(*one_that_has_elected())
    elected.when(approve(members=87)).refused("members_contradict_meeting", "members", members=86, held_on=MET)
    elected.when(approve(term_years=5)).refused("term_contradicts_meeting", "term_years", years=3)
    few = given(*one_that_has_elected(members=20, committee=0))
    few.when(approve(members=20)).refused("committee_contradicts_meeting", "own_committee", seats=0)
    few.when(approve(members=20, own_committee=False)).then(...)


# The simplified way.


def test_the_simplified_way_is_the_default_and_its_fingerprint_stays() -> None:
    assert ApplyForUnion(enterprise=MACHINES, applied_on=APPLIED).model_dump_json() == (
        f'{{"enterprise":"{MACHINES}","applied_on":"{APPLIED}"}}'
    )
    assert "term_years" not in approve().model_dump_json()
    assert '"simplified":false' in apply().model_dump_json()


def test_a_preparatory_group_may_apply_in_the_simplified_way_too() -> None:
    applied = FoundingApplied(enterprise=MACHINES, applied_on=APPLIED, approval_due_on=APPROVAL_DUE)
    given(*a_preparing_enterprise()).when(apply(simplified=True)).then(applied)
    given(*a_preparing_enterprise(), applied).when(approve()).then(approval())


def test_it_is_allowed_only_where_the_rules_of_that_day_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = """
[[change]]
since = 2025-05-10
reason = "resolved"
set_by = "u-610000"
simplified = false
"""
    held = rules.read(Path(rules.__file__).with_suffix(".toml").read_text("utf-8") + changed)
    monkeypatch.setattr(rules.RULES, "by_day", held)
    given(*a_willing_enterprise()).when(apply(date(2025, 5, 10), simplified=True)).refused(
        "simplified_not_allowed", "simplified", applied_on=date(2025, 5, 10)
    )
    given(*a_willing_enterprise()).when(apply(date(2025, 5, 9), simplified=True)).then(...)
    given(*a_preparing_enterprise()).when(apply()).then(...)


def test_it_skips_group_set_up_and_meeting_and_takes_none_of_them() -> None:
    for command in (form_group(), approve_set_up(), join(), hold()):
        given(*an_applying_enterprise()).when(command).refused("simplified_applied", applied_on=APPLIED)


def test_its_term_is_known_only_where_it_is_given_and_runs_from_the_approval() -> None:
    given(*an_applying_enterprise()).when(approve()).then(approval())
    with_term = approval().model_copy(update={"term_ends_on": date(2030, 5, 20)})
    given(*an_applying_enterprise()).when(approve(term_years=5)).then(with_term)
    given(*an_applying_enterprise(), with_term).when(approve(term_years=5)).nothing_new()
    given(*an_applying_enterprise(), with_term).when(approve()).refused("union_exists")


# Beside it, the survey, the visit and the will go on.


@pytest.mark.parametrize(
    "history",
    [a_preparing_enterprise(), one_that_applied_in_full(), one_being_set_up(), one_that_has_elected()],
)
def test_workers_are_counted_all_along(history: tuple[Event, ...]) -> None:
    given(*history).when(SurveyEnterprise(enterprise=MACHINES, headcount=130, surveyed_on=TODAY)).then(...)


def test_a_visit_that_is_entered_late_is_taken_on_the_way() -> None:
    unvisited = tuple(event for event in one_that_has_elected() if event != visited())
    given(*unvisited).when(HoldVisit(enterprise=MACHINES, held_on=VISITED)).then(visited())


def test_who_is_not_willing_any_more_gives_up_the_preparatory_group() -> None:
    said = StateWill(enterprise=MACHINES, will=Will.HESITANT, stated_on=APPLIED)
    given(*a_preparing_enterprise()).when(said).then(
        WillStated(**said.model_dump(), visit_due_on=None, provisional=False)
    )
    hesitant = (*a_preparing_enterprise(), unwilling(Will.HESITANT, on=APPLIED))
    given(*hesitant).when(apply()).refused("not_willing")
    given(*hesitant, willing(on=SET_UP)).when(apply(MET)).refused("preparatory_group_needed", "simplified")


def test_after_the_application_the_will_is_settled() -> None:
    refuses = StateWill(enterprise=MACHINES, will=Will.REFUSING, stated_on=MET)
    agrees = StateWill(enterprise=MACHINES, will=Will.WILLING, stated_on=MET)
    for history in (one_that_applied_in_full(), one_being_set_up(), one_that_has_elected()):
        given(*history).when(refuses).refused("application_pending", "will", applied_on=APPLIED)
        given(*history).when(agrees).nothing_new()
    given(*a_preparing_enterprise()).when(agrees).nothing_new()


def test_a_state_owned_enterprise_forms_no_group() -> None:
    given(*a_willing_enterprise(ownership=Ownership.STATE)).when(form_group()).refused(
        "outside_the_drive", "enterprise"
    )


def test_an_unknown_enterprise_founds_nothing() -> None:
    dissolve = DissolveUnion.model_validate({"enterprise": MACHINES, "reason": "shell", "dissolved_on": TODAY})
    for command in (form_group(), apply(), approve_set_up(), join(), hold(), approve(), dissolve):
        given().when(command).refused("enterprise_unknown", "enterprise")


def test_the_union_that_looks_after_the_enterprise_decides_on_the_way() -> None:
    for command in (form_group(), approve_set_up(), join(), hold(), approve()):
        assert given(*one_that_has_elected()).when(command).owner() == XINCHENG
