"""The ledger of enterprises (企业台账): one row each, folded from this service's own events in their transaction."""

from dataclasses import dataclass
from datetime import date

from contracts.enterprise import (
    AccompanimentEnded,
    AccompanimentEvent,
    AccompanimentExtended,
    AccompanimentStarted,
    EnterpriseEvent,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    FoundingApplied,
    InstructorAssigned,
    InstructorLeft,
    Ownership,
    SizeClass,
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
    applied_on: date | None = None
    unionized_on: date | None = None
    form: UnionForm | None = None
    members: int | None = None
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
            )
        case VisitOverdue():
            return replace(row, visit_due_on=event.due_on, visit_provisional=False, visit_overdue=True)
        case VisitHeld():
            return replace(row, visited_on=event.held_on, visit_overdue=False)
        case VisitOverdueWithdrawn():
            return replace(row, visit_overdue=False)
        case FoundingApplied():
            return replace(row, applied_on=event.applied_on)
        case EnterpriseUnionized():
            return replace(
                row,
                unionized_on=event.approved_on,
                form=event.form,
                members=event.members,
                visit_overdue=False,
            )
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
        FoundingApplied,
        EnterpriseUnionized,
        AccompanimentStarted,
        InstructorAssigned,
        InstructorLeft,
        AccompanimentExtended,
        AccompanimentEnded,
    ),
    key=lambda event: event.enterprise,
    apply=_apply,
    indexes=(("union_id", "enterprise"),),
)
