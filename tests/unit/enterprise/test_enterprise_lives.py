"""Whatever is asked in whatever state: a decision that can be folded, or a refusal; and asked again, nothing new."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from contracts.creditcode import make_credit_code
from contracts.enterprise import Metric, Ownership, SizeClass, TargetReason, Will
from contracts.event import Event
from eventing.decision import Command
from eventing.fold import fold_in_memory
from eventing.refusal import Refused
from services.enterprise import commands
from services.enterprise.commands import (
    ApplyForUnion,
    ApproveUnion,
    AssignInstructor,
    BeginAccompaniment,
    EndAccompaniment,
    EnterpriseCommand,
    HoldVisit,
    MarkVisitOverdue,
    RegisterEnterprise,
    ReleaseInstructor,
    SetTarget,
    StateWill,
    SurveyEnterprise,
)
from services.enterprise.decider import DECISIONS
from services.enterprise.decider.alongside import Accompaniment
from services.enterprise.decider.enterprise import ENTERPRISE, Enterprise
from services.enterprise.decider.instructors import INSTRUCTOR, Instructor
from services.enterprise.policies import POLICIES
from services.enterprise.views.enterprises import ENTERPRISES
from tests.support.enterprises import (
    APPLIED,
    APPROVED,
    BAKERY,
    DUE,
    ENDS,
    LI,
    MACHINES,
    REGISTERED,
    STATED,
    SURVEYED,
    TODAY,
    VISITED,
    WANG,
    XIAN,
    XINCHENG,
    a_begun_accompaniment,
    a_listed_enterprise,
    a_refusing_enterprise,
    a_surveyed_enterprise,
    a_unionized_enterprise,
    a_willing_enterprise,
    an_applying_enterprise,
    an_attended_accompaniment,
    an_ended_accompaniment,
    given,
    overdue,
    unwilling,
    visited,
)
from tests.support.given import Asked, fold

LIVES: tuple[tuple[Event, ...], ...] = (
    (),
    a_listed_enterprise(),
    a_surveyed_enterprise(),
    a_refusing_enterprise(),
    a_willing_enterprise(),
    (*a_willing_enterprise(), overdue()),
    (*a_willing_enterprise(), visited()),
    (*a_willing_enterprise(), unwilling(Will.HESITANT)),
    an_applying_enterprise(),
    a_unionized_enterprise(),
    (*a_unionized_enterprise(), *a_begun_accompaniment()),
    (*a_unionized_enterprise(), *an_attended_accompaniment()),
    (*a_unionized_enterprise(), *an_ended_accompaniment()),
)

COMMANDS: tuple[Command, ...] = (
    RegisterEnterprise(
        enterprise=MACHINES, name="西安示例机械有限公司", ownership=Ownership.STATE, county="610102", union=XINCHENG
    ),
    SurveyEnterprise(enterprise=MACHINES, headcount=120, surveyed_on=SURVEYED),
    *(StateWill(enterprise=MACHINES, will=will, stated_on=STATED) for will in Will),
    HoldVisit(enterprise=MACHINES, held_on=VISITED),
    MarkVisitOverdue(enterprise=MACHINES, due_on=DUE),
    ApplyForUnion(enterprise=MACHINES, applied_on=APPLIED),
    ApproveUnion(
        enterprise=MACHINES, members=86, own_committee=True, approved_on=APPROVED, document="新工发〔2025〕12号"
    ),
    BeginAccompaniment(enterprise=MACHINES, union=XINCHENG, approved_on=APPROVED),
    AssignInstructor(enterprise=MACHINES, instructor=WANG, assigned_on=APPROVED),
    EndAccompaniment(enterprise=MACHINES, ended_on=ENDS),
    ReleaseInstructor(enterprise=MACHINES, instructor=LI),
    SetTarget(
        region="610102",
        metric=Metric.UNION_50,
        percent=75,
        due_on=date(2025, 12, 31),
        cascades=True,
        reason=TargetReason.SHARED_OUT,
    ),
)


def decide(asked: Asked) -> Sequence[Event] | Refused:
    try:
        return asked.decide()
    except Refused as refused:
        return refused


def test_the_walk_leaves_out_no_command_and_no_state() -> None:
    declared = {
        kind
        for kind in vars(commands).values()
        if isinstance(kind, type) and issubclass(kind, Command) and kind is not EnterpriseCommand
    }
    assert {type(command) for command in COMMANDS} == declared == {c for row in DECISIONS for c in row.commands}
    seen = {type(state) for life in LIVES for command in COMMANDS for state in given(*life).states(command)}
    assert set(get_args(Enterprise)) | set(get_args(Accompaniment)) <= seen


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)
def test_every_command_in_every_state_is_decided_or_refused(command: Command) -> None:
    for life in LIVES:
        decide(given(*life).when(command, on=ENDS + timedelta(days=1)))


@pytest.mark.parametrize("kind", dict.fromkeys(map(type, COMMANDS)), ids=lambda kind: kind.__name__)
def test_what_the_documents_show_of_a_command_is_a_command(kind: type[Command]) -> None:
    extra = kind.model_config.get("json_schema_extra", {})
    assert isinstance(extra, dict)
    examples = extra.get("examples", [])
    assert isinstance(examples, list)
    for example in examples:
        kind.model_validate(example)


def test_a_life_that_cannot_be_is_not_folded() -> None:
    with pytest.raises(ValueError, match="WillStated can't follow Unknown"):
        fold(ENTERPRISE.of(MACHINES), [unwilling()])


DAYS = st.dates(REGISTERED - timedelta(days=2), APPROVED + timedelta(days=2))
ENTERPRISES_ASKED = st.sampled_from((MACHINES, BAKERY, make_credit_code("92", "610102", 3)))
INSTRUCTORS = st.sampled_from((LI, WANG))

ASKED_FROM_OUTSIDE: st.SearchStrategy[EnterpriseCommand] = st.one_of(
    st.builds(
        RegisterEnterprise,
        enterprise=ENTERPRISES_ASKED,
        name=st.just("西安示例机械有限公司"),
        ownership=st.sampled_from((Ownership.PRIVATE, Ownership.STATE)),
        county=st.sampled_from(("610102", "610100", "610125")),
        union=st.sampled_from((XINCHENG, XIAN, "u-nowhere")),
        registered_on=st.none() | DAYS,
    ),
    st.builds(
        SurveyEnterprise,
        enterprise=ENTERPRISES_ASKED,
        headcount=st.integers(0, 3),
        dispatched=st.integers(0, 2),
        size_class=st.none() | st.sampled_from(SizeClass),
        surveyed_on=DAYS,
    ),
    st.builds(StateWill, enterprise=ENTERPRISES_ASKED, will=st.sampled_from(Will), stated_on=DAYS),
    st.builds(HoldVisit, enterprise=ENTERPRISES_ASKED, held_on=DAYS),
    st.builds(MarkVisitOverdue, enterprise=ENTERPRISES_ASKED, due_on=DAYS),
    st.builds(ApplyForUnion, enterprise=ENTERPRISES_ASKED, applied_on=DAYS),
    st.builds(
        ApproveUnion,
        enterprise=ENTERPRISES_ASKED,
        members=st.integers(24, 25),
        own_committee=st.booleans(),
        approved_on=DAYS,
        document=st.just("新工发〔2025〕12号"),
    ),
    st.builds(AssignInstructor, enterprise=ENTERPRISES_ASKED, instructor=INSTRUCTORS, assigned_on=DAYS),
    st.builds(EndAccompaniment, enterprise=ENTERPRISES_ASKED, ended_on=DAYS | st.just(ENDS)),
)


@for_all(
    st.lists(st.tuples(ASKED_FROM_OUTSIDE, st.sampled_from((APPROVED, TODAY, ENDS + timedelta(days=1)))), max_size=25),
    st.sampled_from(LIVES),
)
def test_whatever_is_asked_can_be_folded_and_asked_again_is_nothing_new(
    asked: list[tuple[EnterpriseCommand, date]], history: tuple[Event, ...]
) -> None:
    for command, day in asked:
        events = ask(history, command, day)
        history = (*history, *events)
        assert not ask(history, command, day)
        for reaction in reactions(events):
            history = (*history, *ask(history, reaction, day))
    rows, _ = fold_in_memory(ENTERPRISES, history)
    for instructor in (LI, WANG):
        load = fold(INSTRUCTOR.of(instructor), history)
        assert load == Instructor(frozenset(row.enterprise for row in rows.values() if row.instructor == instructor))


def ask(history: Sequence[Event], command: Command, day: date) -> Sequence[Event]:
    answer = decide(given(*history).when(command, on=day))
    return () if isinstance(answer, Refused) else answer


def reactions(events: Sequence[Event]) -> list[Command]:
    """What the policies give on these events."""
    return [
        command
        for event in events
        for policy in POLICIES["enterprise"]
        if isinstance(event, policy.on)
        for command in policy.then(event)
    ]
