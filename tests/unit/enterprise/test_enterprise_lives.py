"""Whatever is asked in whatever state: a decision that can be folded, or a refusal; and asked again, nothing new."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from contracts.creditcode import make_credit_code
from contracts.enterprise import (
    Authority,
    ClosingReason,
    ContactWay,
    DissolutionReason,
    FederationKind,
    HandOverReason,
    LeavingReason,
    Metric,
    NameEvidence,
    NameVerdict,
    Ownership,
    PauseReason,
    PlanLeaving,
    PlanStep,
    ShellSign,
    SizeClass,
    SupervisionOutcome,
    TargetReason,
    UnionForm,
    UnitLeaving,
    VacancyReason,
    Will,
    WomenBody,
)
from contracts.event import Event
from eventing.decision import Command
from eventing.fold import fold_in_memory
from eventing.refusal import Refused
from services.enterprise import commands
from services.enterprise.commands import (
    AdjudicateName,
    AgreePlanStep,
    ApplyForUnion,
    ApproveSetUp,
    ApproveUnion,
    AssessAccompaniment,
    AssignInstructor,
    AssignOfficer,
    BeginAccompaniment,
    BreakOffAccompaniment,
    CheckPlan,
    CloseEnterprise,
    CloseSupervision,
    CloseSurvey,
    ConfirmRefusal,
    DescribeEnterprise,
    DissolveJointUnion,
    DissolveUnion,
    DoPlanStep,
    ElectChair,
    EndAccompaniment,
    EndSupervision,
    EndUnion,
    EnterOnBaseline,
    EnterpriseCommand,
    EscalateVisit,
    EstablishUnion,
    ExtendAccompaniment,
    FormFederation,
    FormJointUnion,
    FormPreparatoryGroup,
    HandOverDesk,
    HoldCheckIn,
    HoldFoundingMeeting,
    HoldReturnVisit,
    HoldVisit,
    JoinFederation,
    JoinJointUnion,
    JoinMembers,
    LeaveFederation,
    LeaveFederations,
    LeaveJointUnion,
    LeaveProvince,
    MarkCheckInMissed,
    MarkReturnVisitMissed,
    MarkTermOverrun,
    MarkVisitOverdue,
    MergeEnterprise,
    MoveEnterprise,
    MoveVisitDue,
    NoteStation,
    NoteStationGone,
    PauseVisitClock,
    PlanFounding,
    RecordRefusalContact,
    RecordSupervisionReply,
    RectifyShell,
    RegisterEnterprise,
    ReleaseInstructor,
    RenewTerm,
    ReportMembers,
    ResumeVisitClock,
    ReviewPlan,
    SeeClosing,
    SendSupervisionLetter,
    SetTarget,
    StateWill,
    SurveyEnterprise,
    TellOfClosing,
    VacateChair,
    WithdrawInstructor,
)
from services.enterprise.commands.founding import ChairPost
from services.enterprise.decider import DECISIONS
from services.enterprise.decider.accompaniment import Accompaniment
from services.enterprise.decider.baseline import Baseline, CountySurvey
from services.enterprise.decider.enterprise import ENTERPRISE, Enterprise
from services.enterprise.decider.federations import Federation
from services.enterprise.decider.instructors import INSTRUCTOR, Instructor
from services.enterprise.decider.joint import JointUnion
from services.enterprise.decider.officers import Charge
from services.enterprise.decider.own_union import OwnUnion
from services.enterprise.decider.plan import Plan
from services.enterprise.decider.refusers import Supervision
from services.enterprise.decider.units import Membership
from services.enterprise.decider.visit_clock import Visit
from services.enterprise.policies import POLICIES
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.supervision import SUPERVISIONS
from tests.support.enterprises import (
    APPLIED,
    APPROVED,
    BAKERY,
    DUE,
    ENDS,
    ESCALATED_AFTER,
    GONE,
    LI,
    MACHINES,
    MOVED,
    PAUSED,
    REGISTERED,
    RESUMED,
    RETURN_DUE,
    STATED,
    SURVEYED,
    TERM_ENDS,
    TODAY,
    VISITED,
    WANG,
    XIAN,
    XINCHENG,
    a_begun_accompaniment,
    a_listed_enterprise,
    a_moved_enterprise,
    a_refusing_enterprise,
    a_surveyed_enterprise,
    a_unionized_enterprise,
    a_willing_enterprise,
    adjudicated,
    an_applying_enterprise,
    an_attended_accompaniment,
    an_ended_accompaniment,
    an_ended_union,
    an_own_union,
    closed,
    described,
    escalated,
    given,
    left,
    merged,
    on_baseline,
    overdue,
    paused,
    resumed,
    survey_closed,
    surveyed,
    unwilling,
    visited,
)
from tests.support.foundings import (
    CHECKED,
    DISSOLVED,
    FORMED,
    MET,
    SET_UP,
    a_dissolved_enterprise,
    a_preparing_enterprise,
    agreed,
    one_awaiting_the_check,
    one_being_set_up,
    one_on_the_list,
    one_sent_back,
    one_struck_off,
    one_that_applied_in_full,
    one_that_has_elected,
    one_with_members,
)
from tests.support.foundings import left as off_the_list
from tests.support.given import Asked, fold
from tests.support.joint import (
    FEDERATION_ID,
    JOINT,
    a_dissolution,
    a_formed_joint_union,
    a_former_unit,
    a_member,
    a_unit,
    in_charge,
)
from tests.support.supervised import (
    CALLED,
    CONFIRMED,
    DOCUMENT,
    ENDED,
    REPLIED,
    SENT,
    a_confirmed_refuser,
    a_contacted_refuser,
    a_supervised_refuser,
    ended,
)


def adjudicate(verdict: NameVerdict, enterprise: str = MACHINES, other: str = BAKERY) -> AdjudicateName:
    return AdjudicateName(
        enterprise=enterprise,
        other=other,
        verdict=verdict,
        evidence=NameEvidence.LICENCE,
        decided_by=WANG,
        decided_on=GONE,
    )


LIVES: tuple[tuple[Event, ...], ...] = (
    (),
    a_listed_enterprise(),
    a_surveyed_enterprise(),
    a_refusing_enterprise(),
    a_willing_enterprise(),
    (*a_willing_enterprise(), overdue()),
    (*a_willing_enterprise(), overdue(), escalated()),
    (*a_willing_enterprise(), paused()),
    (*a_willing_enterprise(), paused(), resumed()),
    (*a_willing_enterprise(), visited()),
    (*a_willing_enterprise(), unwilling(Will.HESITANT)),
    a_contacted_refuser(),
    a_confirmed_refuser(),
    a_supervised_refuser(),
    (*a_supervised_refuser(), ended()),
    an_applying_enterprise(),
    a_preparing_enterprise(),
    one_that_applied_in_full(),
    one_being_set_up(),
    one_with_members(),
    one_that_has_elected(),
    a_unionized_enterprise(),
    a_dissolved_enterprise(),
    (*one_on_the_list(), agreed()),
    one_awaiting_the_check(),
    one_sent_back(),
    one_struck_off(),
    (*one_on_the_list(), surveyed(headcount=99), off_the_list(PlanLeaving.BELOW_100, SURVEYED)),
    (*a_unionized_enterprise(), *a_begun_accompaniment()),
    (*a_unionized_enterprise(), *an_attended_accompaniment()),
    (*a_unionized_enterprise(), *an_ended_accompaniment()),
    (*a_moved_enterprise(), *a_listed_enterprise(BAKERY)),
    (*a_surveyed_enterprise(BAKERY), *a_surveyed_enterprise(), adjudicated(), described()),
    (*a_listed_enterprise(), closed()),
    (*a_willing_enterprise(), overdue(), merged()),
    (*a_unionized_enterprise(), left()),
    (*a_surveyed_enterprise(), survey_closed(MACHINES), on_baseline()),
    (*an_own_union(), *an_attended_accompaniment()),
    an_ended_union(),
    (*a_listed_enterprise(), *a_unit()),
    (*a_listed_enterprise(), *a_former_unit()),
    (*a_formed_joint_union(), *a_dissolution()),
    (*a_unionized_enterprise(), *a_member()),
    (*a_listed_enterprise(), in_charge()),
)

STATION, TOWN = "s-610102-001", "t-610102-01"

COMMANDS: tuple[Command, ...] = (
    RegisterEnterprise(
        enterprise=MACHINES, name="西安示例机械有限公司", ownership=Ownership.STATE, county="610102", union=XINCHENG
    ),
    SurveyEnterprise(enterprise=MACHINES, headcount=120, surveyed_on=SURVEYED),
    *(StateWill(enterprise=MACHINES, will=will, stated_on=STATED) for will in Will),
    HoldVisit(enterprise=MACHINES, held_on=VISITED),
    PauseVisitClock(enterprise=MACHINES, reason=PauseReason.STOPPAGE, paused_on=PAUSED),
    ResumeVisitClock(enterprise=MACHINES, resumed_on=RESUMED),
    MoveVisitDue(enterprise=MACHINES),
    MarkVisitOverdue(enterprise=MACHINES, due_on=DUE),
    EscalateVisit(enterprise=MACHINES, escalated_after=ESCALATED_AFTER),
    RecordRefusalContact(enterprise=MACHINES, way=ContactWay.VISIT, contacted_on=CALLED),
    ConfirmRefusal(enterprise=MACHINES, confirmed_on=CONFIRMED),
    SendSupervisionLetter(enterprise=MACHINES, authority=Authority.LABOUR_INSPECTION, document=DOCUMENT, sent_on=SENT),
    RecordSupervisionReply(enterprise=MACHINES, authority=Authority.LABOUR_INSPECTION, replied_on=REPLIED),
    EndSupervision(enterprise=MACHINES, outcome=SupervisionOutcome.TALKS, ended_on=ENDED),
    CloseSupervision(enterprise=MACHINES, outcome=SupervisionOutcome.ENTERPRISE_GONE, ended_on=ENDED),
    ApplyForUnion(enterprise=MACHINES, applied_on=APPLIED),
    ApproveUnion(
        enterprise=MACHINES, members=86, own_committee=True, approved_on=APPROVED, document="新工发〔2025〕12号"
    ),
    FormPreparatoryGroup(enterprise=MACHINES, formed_on=FORMED),
    ApplyForUnion(enterprise=MACHINES, applied_on=APPLIED, simplified=False),
    ApproveSetUp(enterprise=MACHINES, approved_on=SET_UP, document="新工发〔2025〕11号"),
    JoinMembers(enterprise=MACHINES, joined_on=MET, members=86, women=30, migrant=20, new_forms=1),
    HoldFoundingMeeting(
        enterprise=MACHINES,
        held_on=MET,
        members=86,
        committee=7,
        audit=3,
        women=WomenBody.COMMITTEE,
        chair_post=ChairPost.WORKER,
        term_years=3,
    ),
    DissolveUnion(enterprise=MACHINES, reason=DissolutionReason.SHELL, dissolved_on=DISSOLVED),
    ReviewPlan(enterprise=MACHINES),
    AgreePlanStep(enterprise=MACHINES, step=PlanStep.TALK_WITH_WORKERS, officer=LI, due_on=MET),
    DoPlanStep(enterprise=MACHINES, step=PlanStep.TALK_WITH_WORKERS, done_on=MET),
    PlanFounding(enterprise=MACHINES, planned_on=MET),
    *(CheckPlan(enterprise=MACHINES, approved=approved, checked_on=CHECKED) for approved in (True, False)),
    BeginAccompaniment(enterprise=MACHINES, union=XINCHENG, approved_on=APPROVED),
    AssignInstructor(enterprise=MACHINES, instructor=WANG, assigned_on=APPROVED),
    EndAccompaniment(enterprise=MACHINES, ended_on=ENDS),
    ReleaseInstructor(enterprise=MACHINES, instructor=LI),
    DescribeEnterprise(enterprise=MACHINES, name="西安示例机械有限公司", ownership=Ownership.STATE, described_on=TODAY),
    *(adjudicate(verdict) for verdict in NameVerdict),
    MoveEnterprise(enterprise=MACHINES, county="610103", union="u-610103", moved_on=MOVED),
    CloseEnterprise(enterprise=MACHINES, reason=ClosingReason.DEREGISTERED, closed_on=GONE),
    MergeEnterprise(enterprise=MACHINES, into=BAKERY, merged_on=GONE),
    LeaveProvince(enterprise=MACHINES, province="510000", reason=LeavingReason.RELOCATED, left_on=GONE),
    CloseSurvey(county="610102", closed_on=TODAY),
    EnterOnBaseline(enterprise=MACHINES, county="610102", closed_on=TODAY),
    WithdrawInstructor(enterprise=MACHINES, instructor=LI, left_on=TODAY),
    BreakOffAccompaniment(enterprise=MACHINES, ended_on=TODAY),
    AssessAccompaniment(
        enterprise=MACHINES,
        plate=True,
        seal=True,
        room=True,
        money=True,
        member_register=True,
        committee=True,
        rules_and_files=False,
        assessed_on=ENDS,
    ),
    ExtendAccompaniment(enterprise=MACHINES),
    HoldCheckIn(enterprise=MACHINES, day=7, held_on=APPROVED + timedelta(days=6)),
    MarkCheckInMissed(enterprise=MACHINES, due_on=APPROVED + timedelta(days=7)),
    EstablishUnion(enterprise=MACHINES, union=XINCHENG, approved_on=APPROVED, term_ends_on=None),
    EndUnion(enterprise=MACHINES, ended_on=TODAY),
    RenewTerm(enterprise=MACHINES, elected_on=TODAY, term_years=3),
    MarkTermOverrun(enterprise=MACHINES, ended_on=TERM_ENDS),
    VacateChair(enterprise=MACHINES, reason=VacancyReason.RESIGNED, vacant_on=TODAY),
    ElectChair(enterprise=MACHINES, chair_post=ChairPost.WORKER, elected_on=TODAY),
    ReportMembers(enterprise=MACHINES, month="2025-06", members=90, women=30, migrant=20, new_forms=1),
    HoldReturnVisit(enterprise=MACHINES, held_on=TODAY, signs=(ShellSign.NO_DUES,)),
    MarkReturnVisitMissed(enterprise=MACHINES, due_on=RETURN_DUE),
    RectifyShell(enterprise=MACHINES, rectified_on=TODAY),
    FormJointUnion(
        union=JOINT,
        form=UnionForm.JOINT,
        name="西安市新城区示例联合工会",
        county="610102",
        formed_on=REGISTERED,
        document="新工发〔2025〕9号",
    ),
    DissolveJointUnion(union=JOINT, dissolved_on=ENDS),
    JoinJointUnion(enterprise=MACHINES, union=JOINT, members=6, joined_on=SURVEYED),
    *(LeaveJointUnion(enterprise=MACHINES, reason=reason, left_on=APPROVED) for reason in UnitLeaving),
    FormFederation(
        federation=FEDERATION_ID,
        kind=FederationKind.AREA,
        name="西安市示例工会联合会",
        area="610100",
        formed_on=REGISTERED,
        document="西工发〔2025〕31号",
    ),
    JoinFederation(enterprise=MACHINES, federation=FEDERATION_ID, joined_on=APPROVED),
    LeaveFederation(enterprise=MACHINES, federation=FEDERATION_ID, left_on=ENDS),
    LeaveFederations(enterprise=MACHINES, left_on=ENDS),
    AssignOfficer(enterprise=MACHINES, officer=LI, assigned_on=SURVEYED),
    HandOverDesk(
        officer=LI, successor=WANG, union=XINCHENG, reason=HandOverReason.TRANSFERRED, handed_over_on=APPROVED
    ),
    SetTarget(
        region="610102",
        metric=Metric.UNION_50,
        percent=75,
        due_on=date(2025, 12, 31),
        cascades=True,
        reason=TargetReason.SHARED_OUT,
    ),
    NoteStation(station=STATION, town=TOWN, since=REGISTERED, until=None),
    NoteStationGone(station=STATION, town=TOWN, closed_on=APPROVED),
    TellOfClosing(enterprise=MACHINES, station=STATION, town=TOWN, closed_on=APPROVED),
    SeeClosing(enterprise=MACHINES, station=STATION, seen_on=APPROVED),
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
    states = (
        Enterprise,
        Accompaniment,
        Supervision,
        Plan,
        OwnUnion,
        JointUnion,
        Membership,
        Federation,
        Charge,
        CountySurvey,
        Baseline,
    )
    assert {state for kinds in states for state in get_args(kinds)} <= seen
    visits = {type(getattr(state, "visit", None)) for life in LIVES for state in given(*life).states(COMMANDS[0])}
    assert set(get_args(Visit)) <= visits


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

ASKED_FROM_OUTSIDE: st.SearchStrategy[Command] = st.one_of(
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
        headcount=st.sampled_from((0, 99, 100)),
        dispatched=st.integers(0, 2),
        size_class=st.none() | st.sampled_from(SizeClass),
        surveyed_on=DAYS,
    ),
    st.builds(StateWill, enterprise=ENTERPRISES_ASKED, will=st.sampled_from(Will), stated_on=DAYS),
    st.builds(HoldVisit, enterprise=ENTERPRISES_ASKED, held_on=DAYS),
    st.builds(PauseVisitClock, enterprise=ENTERPRISES_ASKED, reason=st.sampled_from(PauseReason), paused_on=DAYS),
    st.builds(ResumeVisitClock, enterprise=ENTERPRISES_ASKED, resumed_on=DAYS),
    st.builds(MoveVisitDue, enterprise=ENTERPRISES_ASKED),
    st.builds(MarkVisitOverdue, enterprise=ENTERPRISES_ASKED, due_on=DAYS),
    st.builds(EscalateVisit, enterprise=ENTERPRISES_ASKED, escalated_after=DAYS),
    st.builds(RecordRefusalContact, enterprise=ENTERPRISES_ASKED, way=st.sampled_from(ContactWay), contacted_on=DAYS),
    st.builds(ConfirmRefusal, enterprise=ENTERPRISES_ASKED, confirmed_on=DAYS),
    st.builds(
        SendSupervisionLetter,
        enterprise=ENTERPRISES_ASKED,
        authority=st.sampled_from(Authority),
        document=st.just(DOCUMENT),
        sent_on=DAYS,
    ),
    st.builds(
        RecordSupervisionReply, enterprise=ENTERPRISES_ASKED, authority=st.sampled_from(Authority), replied_on=DAYS
    ),
    st.builds(
        EndSupervision,
        enterprise=ENTERPRISES_ASKED,
        outcome=st.sampled_from([SupervisionOutcome.TALKS, SupervisionOutcome.STILL_REFUSING]),
        ended_on=DAYS,
    ),
    st.builds(FormPreparatoryGroup, enterprise=ENTERPRISES_ASKED, formed_on=DAYS),
    st.builds(ApplyForUnion, enterprise=ENTERPRISES_ASKED, applied_on=DAYS, simplified=st.booleans()),
    st.builds(ApproveSetUp, enterprise=ENTERPRISES_ASKED, approved_on=DAYS, document=st.just("新工发〔2025〕11号")),
    st.builds(
        JoinMembers,
        enterprise=ENTERPRISES_ASKED,
        joined_on=DAYS,
        members=st.integers(24, 25),
        women=st.integers(0, 24),
        migrant=st.just(0),
        new_forms=st.just(0),
    ),
    st.builds(
        HoldFoundingMeeting,
        enterprise=ENTERPRISES_ASKED,
        held_on=DAYS,
        members=st.integers(24, 25),
        committee=st.integers(0, 1),
        audit=st.just(3),
        women=st.none() | st.sampled_from(WomenBody),
        chair_post=st.sampled_from(ChairPost),
        term_years=st.sampled_from((3, 5)),
    ),
    st.builds(DissolveUnion, enterprise=ENTERPRISES_ASKED, reason=st.just(DissolutionReason.SHELL), dissolved_on=DAYS),
    st.builds(
        AgreePlanStep,
        enterprise=ENTERPRISES_ASKED,
        step=st.sampled_from(PlanStep),
        officer=INSTRUCTORS,
        due_on=DAYS,
    ),
    st.builds(DoPlanStep, enterprise=ENTERPRISES_ASKED, step=st.sampled_from(PlanStep), done_on=DAYS),
    st.builds(PlanFounding, enterprise=ENTERPRISES_ASKED, planned_on=DAYS),
    st.builds(CheckPlan, enterprise=ENTERPRISES_ASKED, approved=st.booleans(), checked_on=DAYS),
    st.builds(
        ApproveUnion,
        enterprise=ENTERPRISES_ASKED,
        members=st.integers(24, 25),
        own_committee=st.booleans(),
        approved_on=DAYS,
        document=st.just("新工发〔2025〕12号"),
    ),
    st.builds(AssignInstructor, enterprise=ENTERPRISES_ASKED, instructor=INSTRUCTORS, assigned_on=DAYS),
    st.builds(
        DescribeEnterprise,
        enterprise=ENTERPRISES_ASKED,
        name=st.just("西安示例机械有限公司"),
        ownership=st.sampled_from((Ownership.PRIVATE, Ownership.STATE)),
        town=st.none() | st.just("t-610102-01"),
        parent=st.none() | ENTERPRISES_ASKED,
        described_on=DAYS,
    ),
    st.builds(
        AdjudicateName,
        enterprise=ENTERPRISES_ASKED,
        other=ENTERPRISES_ASKED,
        verdict=st.sampled_from(NameVerdict),
        evidence=st.just(NameEvidence.VISIT),
        decided_by=INSTRUCTORS,
        decided_on=DAYS,
    ),
    st.builds(
        MoveEnterprise,
        enterprise=ENTERPRISES_ASKED,
        county=st.sampled_from(("610102", "610103", "510104")),
        union=st.sampled_from((XINCHENG, "u-610103")),
        moved_on=DAYS,
    ),
    st.builds(CloseEnterprise, enterprise=ENTERPRISES_ASKED, reason=st.sampled_from(ClosingReason), closed_on=DAYS),
    st.builds(MergeEnterprise, enterprise=ENTERPRISES_ASKED, into=ENTERPRISES_ASKED, merged_on=DAYS),
    st.builds(
        LeaveProvince,
        enterprise=ENTERPRISES_ASKED,
        province=st.sampled_from(("510000", "610000")),
        reason=st.just(LeavingReason.RELOCATED),
        left_on=DAYS,
    ),
    st.builds(CloseSurvey, county=st.sampled_from(("610102", "610103")), closed_on=DAYS),
    st.builds(EndAccompaniment, enterprise=ENTERPRISES_ASKED, ended_on=DAYS | st.just(ENDS)),
    st.builds(WithdrawInstructor, enterprise=ENTERPRISES_ASKED, instructor=INSTRUCTORS, left_on=DAYS | st.just(ENDS)),
    st.builds(BreakOffAccompaniment, enterprise=ENTERPRISES_ASKED, ended_on=DAYS),
    st.builds(
        AssessAccompaniment,
        enterprise=ENTERPRISES_ASKED,
        plate=st.booleans(),
        seal=st.just(True),
        room=st.just(True),
        money=st.just(True),
        member_register=st.just(True),
        committee=st.just(True),
        rules_and_files=st.just(True),
        assessed_on=st.sampled_from((ENDS, ENDS + timedelta(days=1))),
    ),
    st.builds(ExtendAccompaniment, enterprise=ENTERPRISES_ASKED),
    st.builds(HoldCheckIn, enterprise=ENTERPRISES_ASKED, day=st.sampled_from((7, 8, 60)), held_on=DAYS | st.just(ENDS)),
    st.builds(MarkCheckInMissed, enterprise=ENTERPRISES_ASKED, due_on=DAYS | st.just(ENDS)),
    st.builds(RenewTerm, enterprise=ENTERPRISES_ASKED, elected_on=DAYS, term_years=st.sampled_from((3, 5))),
    st.builds(VacateChair, enterprise=ENTERPRISES_ASKED, reason=st.sampled_from(VacancyReason), vacant_on=DAYS),
    st.builds(ElectChair, enterprise=ENTERPRISES_ASKED, chair_post=st.sampled_from(ChairPost), elected_on=DAYS),
    st.builds(
        ReportMembers,
        enterprise=ENTERPRISES_ASKED,
        month=st.sampled_from(("2025-04", "2025-05", "2025-06", "2025-12")),
        members=st.integers(1, 2),
        women=st.integers(0, 2),
        migrant=st.just(0),
        new_forms=st.just(0),
    ),
    st.builds(
        HoldReturnVisit,
        enterprise=ENTERPRISES_ASKED,
        held_on=DAYS | st.just(ENDS),
        signs=st.lists(st.sampled_from(ShellSign), max_size=2).map(tuple),
    ),
    st.builds(RectifyShell, enterprise=ENTERPRISES_ASKED, rectified_on=DAYS | st.just(ENDS)),
    st.builds(EndUnion, enterprise=ENTERPRISES_ASKED, ended_on=DAYS),
    st.builds(
        JoinJointUnion,
        enterprise=ENTERPRISES_ASKED,
        union=st.sampled_from((JOINT, "u-610103-j1")),
        members=st.integers(1, 2),
        joined_on=DAYS,
    ),
    st.builds(LeaveJointUnion, enterprise=ENTERPRISES_ASKED, reason=st.sampled_from(UnitLeaving), left_on=DAYS),
    st.builds(JoinFederation, enterprise=ENTERPRISES_ASKED, federation=st.just(FEDERATION_ID), joined_on=DAYS),
    st.builds(LeaveFederation, enterprise=ENTERPRISES_ASKED, federation=st.just(FEDERATION_ID), left_on=DAYS),
    st.builds(AssignOfficer, enterprise=ENTERPRISES_ASKED, officer=INSTRUCTORS, assigned_on=DAYS),
    st.builds(
        HandOverDesk,
        officer=INSTRUCTORS,
        successor=INSTRUCTORS,
        union=st.sampled_from((XINCHENG, XIAN)),
        reason=st.just(HandOverReason.LOAD),
        handed_over_on=DAYS,
    ),
)


@for_all(
    st.lists(st.tuples(ASKED_FROM_OUTSIDE, st.sampled_from((APPROVED, TODAY, ENDS + timedelta(days=1)))), max_size=25),
    st.sampled_from(LIVES),
)
def test_whatever_is_asked_can_be_folded_and_asked_again_is_nothing_new(
    asked: list[tuple[Command, date]], history: tuple[Event, ...]
) -> None:
    for command, day in asked:
        events = ask(history, command, day)
        history = (*history, *events)
        assert not ask(history, command, day)
        for reaction in reactions(events):
            history = (*history, *ask(history, reaction, day))
    rows, _ = fold_in_memory(ENTERPRISES, history)
    fold_in_memory(SUPERVISIONS, history)
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
        if isinstance(event, policy.on) and policy.when(event)
        for command in policy.then(event)
    ]
