"""The ledger of enterprises (企业台账): one row each, folded from this service's own events in their transaction."""

from dataclasses import dataclass
from datetime import date

from contracts.enterprise import (
    AccompanimentEnded,
    AccompanimentEvent,
    AccompanimentStarted,
    EnterpriseEvent,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    FoundingApplied,
    FoundingMeetingHeld,
    InstructorAssigned,
    Ownership,
    PreparatoryGroupFormed,
    SetUpApproved,
    SizeClass,
    UnionDissolved,
    UnionForm,
    VisitHeld,
    VisitOverdue,
    VisitOverdueWithdrawn,
    Will,
    WillStated,
)
from eventing.fold import Fold, replace


@dataclass(frozen=True, slots=True)
class EnterpriseRow:
    """Where one enterprise stands. The visit is the one that answers to the will stated last."""

    enterprise: str
    name: str
    ownership: Ownership
    county: str
    union_id: str
    registered_on: date
    headcount: int | None = None
    """Workers with a labour contract."""
    dispatched: int | None = None
    """Dispatched workers, beside them."""
    size_class: SizeClass | None = None
    surveyed_on: date | None = None
    will: Will | None = None
    stated_on: date | None = None
    visit_due_on: date | None = None
    visit_provisional: bool = False
    visit_overdue: bool = False
    visited_on: date | None = None
    prepared_on: date | None = None
    applied_on: date | None = None
    simplified: bool | None = None
    """One form, one visit."""
    approval_due_on: date | None = None
    set_up_on: date | None = None
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
            event.enterprise, event.name, event.ownership, event.county, event.union, event.registered_on
        )
    assert row is not None, "an enterprise's first event registers it"
    return _change(row, event)


def _change(row: EnterpriseRow, event: EnterpriseEvent | AccompanimentEvent) -> EnterpriseRow:
    match event:
        case EnterpriseSurveyed():
            return replace(
                row,
                headcount=event.labour_contracts,
                dispatched=event.dispatched,
                size_class=event.size_class,
                surveyed_on=event.surveyed_on,
            )
        case WillStated():
            return replace(
                row,
                will=event.will,
                stated_on=event.stated_on,
                visit_due_on=event.visit_due_on,
                visit_provisional=event.provisional,
                visit_overdue=False,
                visited_on=None,
                prepared_on=None,
            )
        case VisitOverdue():
            return replace(row, visit_due_on=event.due_on, visit_provisional=False, visit_overdue=True)
        case VisitHeld():
            return replace(row, visited_on=event.held_on, visit_overdue=False)
        case VisitOverdueWithdrawn():
            return replace(row, visit_overdue=False)
        case PreparatoryGroupFormed():
            return replace(row, prepared_on=event.formed_on)
        case FoundingApplied():
            return replace(
                row, applied_on=event.applied_on, simplified=event.simplified, approval_due_on=event.approval_due_on
            )
        case SetUpApproved():
            return replace(row, set_up_on=event.approved_on)
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
        case AccompanimentStarted():
            return replace(row, alongside_until=event.ends_on)
        case InstructorAssigned():
            return replace(row, instructor=event.instructor)
        case AccompanimentEnded():
            return replace(row, alongside_until=None, instructor=None)
        case _:
            raise ValueError(f"{type(event).__name__} is not in this ledger")


def _asked_anew(row: EnterpriseRow, event: UnionDissolved) -> EnterpriseRow:
    """Of its will, the visit and the way to a union, nothing of the last time holds any more."""
    return replace(
        row,
        will=None,
        stated_on=None,
        visit_due_on=None,
        visit_provisional=False,
        visited_on=None,
        prepared_on=None,
        applied_on=None,
        simplified=None,
        approval_due_on=None,
        set_up_on=None,
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
        EnterpriseSurveyed,
        WillStated,
        VisitHeld,
        VisitOverdue,
        VisitOverdueWithdrawn,
        PreparatoryGroupFormed,
        FoundingApplied,
        SetUpApproved,
        FoundingMeetingHeld,
        EnterpriseUnionized,
        UnionDissolved,
        AccompanimentStarted,
        InstructorAssigned,
        AccompanimentEnded,
    ),
    key=lambda event: event.enterprise,
    apply=_apply,
    indexes=(("union_id", "enterprise"),),
)
