"""The ledger of enterprises (企业台账): one row each, folded from this service's own events in their transaction."""

from dataclasses import dataclass
from datetime import date

from contracts import calendar
from contracts.enterprise import (
    AccompanimentEnded,
    AccompanimentEvent,
    AccompanimentExtended,
    AccompanimentStarted,
    EnterpriseClosed,
    EnterpriseDescribed,
    EnterpriseEvent,
    EnterpriseLeft,
    EnterpriseMerged,
    EnterpriseMoved,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    FoundingApplied,
    FoundingMeetingHeld,
    InstructorAssigned,
    InstructorLeft,
    MembersJoined,
    Ownership,
    PauseReason,
    PreparatoryGroupFormed,
    SetUpApproved,
    SizeClass,
    UnionDissolved,
    UnionForm,
    VisitClockPaused,
    VisitClockResumed,
    VisitDueMoved,
    VisitHeld,
    VisitOverdue,
    VisitOverdueEscalated,
    VisitOverdueWithdrawn,
    Will,
    WillStated,
)
from eventing.fold import Fold, replace
from services.enterprise import rules
from services.enterprise.ends import End, end_of
from services.enterprise.views.names import name_key


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """Where one enterprise stands. The visit is the one that answers to the will stated last."""

    enterprise: str
    name: str
    ownership: Ownership
    county: str
    union_id: str
    registered_on: date
    name_key: str = ""
    """The core of its name, by which similar ones meet."""
    industry: str | None = None
    town: str | None = None
    parent: str | None = None
    """The enterprise whose branch it is."""
    ended_as: End | None = None
    ended_on: date | None = None
    """From that day on it is gone; null: it is active."""
    first_surveyed_on: date | None = None
    """The earliest day on which its workers were counted; what holds is the latest day's, below."""
    headcount: int | None = None
    """Workers with a labour contract."""
    dispatched: int | None = None
    """Dispatched workers, beside them."""
    size_class: SizeClass | None = None
    surveyed_on: date | None = None
    will: Will | None = None
    stated_on: date | None = None
    visit_due_on: date | None = None
    """Null while the clock stands still."""
    visit_provisional: bool = False
    visit_paused_on: date | None = None
    visit_pause_reason: PauseReason | None = None
    visit_resumed_on: date | None = None
    """Null: the clock still stands still, if it was paused."""
    visit_overdue: bool = False
    visit_told: str | None = None
    """The union next up, told that the visit is overdue."""
    visit_escalated_to: str | None = None
    """The union above that one, told 5 working days later."""
    visited_on: date | None = None
    prepared_on: date | None = None
    applied_on: date | None = None
    simplified: bool | None = None
    """One form, one visit."""
    approval_due_on: date | None = None
    approval_provisional: bool = False
    """That day may move: the year's working-day arrangement isn't out yet."""
    set_up_on: date | None = None
    joined_on: date | None = None
    joined: int | None = None
    """Members that had joined before the meeting."""
    met_on: date | None = None
    unionized_on: date | None = None
    form: UnionForm | None = None
    members: int | None = None
    term_ends_on: date | None = None
    dissolved_on: date | None = None
    """Of the own union before, as long as there is no other."""
    alongside_until: date | None = None
    instructor: str | None = None


def _apply(row: EnterpriseRow | None, event: EnterpriseEvent | AccompanimentEvent) -> EnterpriseRow:
    if isinstance(event, EnterpriseRegistered):
        return EnterpriseRow(
            event.enterprise,
            event.name,
            event.ownership,
            event.county,
            event.union,
            event.registered_on,
            name_key(event.name, event.county),
            event.industry,
            event.town,
            event.parent,
        )
    assert row is not None, "an enterprise's first event registers it"
    return _change(row, event)


def _change(row: EnterpriseRow, event: EnterpriseEvent | AccompanimentEvent) -> EnterpriseRow:
    match event:
        case EnterpriseDescribed():
            return replace(
                row,
                name=event.name,
                name_key=name_key(event.name, row.county),
                ownership=event.ownership,
                industry=event.industry,
                town=event.town,
                parent=event.parent,
            )
        case EnterpriseMoved():
            return replace(
                row,
                county=event.county,
                union_id=event.union,
                name_key=name_key(row.name, event.county),
                town=None,
            )
        case EnterpriseClosed() | EnterpriseMerged() | EnterpriseLeft():
            ended_as, ended_on = end_of(event)
            return replace(
                row,
                ended_as=ended_as,
                ended_on=ended_on,
                visit_due_on=row.visit_due_on if row.visited_on else None,
                visit_overdue=False,
            )
        case EnterpriseSurveyed():
            return _count(row, event)
        case WillStated():
            return replace(
                _before_a_visit(row),
                will=event.will,
                stated_on=event.stated_on,
                visit_due_on=event.visit_due_on,
                visit_provisional=event.provisional,
            )
        case VisitClockPaused():
            return replace(
                row,
                visit_due_on=None,
                visit_provisional=False,
                visit_paused_on=event.paused_on,
                visit_pause_reason=event.reason,
                visit_resumed_on=None,
            )
        case VisitClockResumed():
            return replace(
                row,
                visit_due_on=event.visit_due_on,
                visit_provisional=event.provisional,
                visit_resumed_on=event.resumed_on,
            )
        case VisitDueMoved():
            return replace(row, visit_due_on=event.visit_due_on, visit_provisional=event.provisional)
        case VisitOverdue():
            return replace(
                row, visit_due_on=event.due_on, visit_provisional=False, visit_overdue=True, visit_told=event.told
            )
        case VisitOverdueEscalated():
            return replace(row, visit_escalated_to=event.told)
        case VisitHeld():
            return replace(
                row,
                visited_on=event.held_on,
                visit_due_on=event.due_on,
                visit_provisional=False,
                visit_overdue=False,
            )
        case VisitOverdueWithdrawn():
            return replace(row, visit_overdue=False, visit_told=None, visit_escalated_to=None)
        case PreparatoryGroupFormed():
            return replace(row, prepared_on=event.formed_on)
        case FoundingApplied():
            return _applied(row, event)
        case SetUpApproved():
            return replace(row, set_up_on=event.approved_on)
        case MembersJoined():
            return replace(row, joined_on=event.joined_on, joined=event.members)
        case FoundingMeetingHeld():
            return replace(row, met_on=event.held_on)
        case EnterpriseUnionized():
            return replace(
                row,
                unionized_on=event.approved_on,
                form=event.form,
                members=event.members,
                term_ends_on=event.term_ends_on,
                dissolved_on=None,
                visit_overdue=False,
            )
        case UnionDissolved():
            return _asked_anew(row, event)
        case AccompanimentStarted() | AccompanimentExtended():
            return replace(row, alongside_until=event.ends_on)
        case InstructorAssigned():
            return replace(row, instructor=event.instructor)
        case InstructorLeft():
            return replace(row, instructor=None)
        case AccompanimentEnded():
            return replace(row, alongside_until=None, instructor=None)
        case _:
            raise ValueError(f"{type(event).__name__} is not in this ledger")


def _count(row: EnterpriseRow, event: EnterpriseSurveyed) -> EnterpriseRow:
    """Whatever the order in which counts are entered, that of the latest day holds."""
    if row.first_surveyed_on is None or event.surveyed_on < row.first_surveyed_on:
        row = replace(row, first_surveyed_on=event.surveyed_on)
    if row.surveyed_on is not None and event.surveyed_on < row.surveyed_on:
        return row
    return replace(
        row,
        headcount=event.labour_contracts,
        dispatched=event.dispatched,
        size_class=event.size_class,
        surveyed_on=event.surveyed_on,
    )


def _applied(row: EnterpriseRow, event: FoundingApplied) -> EnterpriseRow:
    row = replace(row, applied_on=event.applied_on, simplified=event.simplified)
    if event.approval_due_on is None:
        return replace(row, approval_due_on=None, approval_provisional=False)
    due = calendar.load().due(event.applied_on, rules.on(event.applied_on).simplified_within)
    return replace(row, approval_due_on=due.on, approval_provisional=due.provisional)


def _before_a_visit(row: EnterpriseRow) -> EnterpriseRow:
    """Of an earlier will's visit, its clock and its preparatory group, nothing holds any more."""
    return replace(
        row,
        visit_due_on=None,
        visit_provisional=False,
        visit_paused_on=None,
        visit_pause_reason=None,
        visit_resumed_on=None,
        visit_overdue=False,
        visit_told=None,
        visit_escalated_to=None,
        visited_on=None,
        prepared_on=None,
    )


def _asked_anew(row: EnterpriseRow, event: UnionDissolved) -> EnterpriseRow:
    """Of its will, the visit and the way to a union, nothing of the last time holds any more."""
    return replace(
        _before_a_visit(row),
        will=None,
        stated_on=None,
        applied_on=None,
        simplified=None,
        approval_due_on=None,
        approval_provisional=False,
        set_up_on=None,
        joined_on=None,
        joined=None,
        met_on=None,
        unionized_on=None,
        form=None,
        members=None,
        term_ends_on=None,
        dissolved_on=event.dissolved_on,
    )


ENTERPRISES = Fold(
    name="enterprises",
    row=EnterpriseRow,
    events=(
        EnterpriseRegistered,
        EnterpriseDescribed,
        EnterpriseMoved,
        EnterpriseClosed,
        EnterpriseMerged,
        EnterpriseLeft,
        EnterpriseSurveyed,
        WillStated,
        VisitClockPaused,
        VisitClockResumed,
        VisitDueMoved,
        VisitHeld,
        VisitOverdue,
        VisitOverdueEscalated,
        VisitOverdueWithdrawn,
        PreparatoryGroupFormed,
        FoundingApplied,
        SetUpApproved,
        MembersJoined,
        FoundingMeetingHeld,
        EnterpriseUnionized,
        UnionDissolved,
        AccompanimentStarted,
        InstructorAssigned,
        InstructorLeft,
        AccompanimentExtended,
        AccompanimentEnded,
    ),
    key=lambda event: event.enterprise,
    apply=_apply,
    indexes=(("union_id", "enterprise"), ("county", "name_key")),
    goes_by=calendar.load().edition,
)
