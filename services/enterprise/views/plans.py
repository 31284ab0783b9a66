"""The counties' work lists (百人以上企业工作清单): each enterprise with the plan that it has or had."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from contracts.enterprise import (
    EnterpriseDescribed,
    EnterpriseEvent,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    FoundingPlanned,
    JointUnionJoined,
    JointUnionLeft,
    PlanAwaitsCheck,
    PlanEvent,
    PlanLeaving,
    PlanLeft,
    PlanOpened,
    PlanReturned,
    PlanStruckOff,
    UnitEvent,
)
from eventing.fold import Fold, replace
from services.enterprise.decider.founding import COMMITTEE_FROM


class PlanStatus(StrEnum):
    """How it stands on the work list."""

    OPEN = "open"
    AWAITING_CHECK = "awaiting_check"
    """Its own union is approved; the union next up is to check that."""
    RETURNED = "returned"
    """Sent back by the check: it stays on the list."""
    STRUCK_OFF = "struck_off"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One enterprise. It has a row from its registration on, and a status once it came on the list."""

    enterprise: str
    name: str
    status: PlanStatus | None = None
    left_reason: PlanLeaving | None = None
    county: str | None = None
    union_id: str | None = None
    """The union on whose list it is."""
    headcount: int | None = None
    """Workers with a labour contract, by the latest survey."""
    surveyed_on: date | None = None
    opened_on: date | None = None
    planned_on: date | None = None
    approved_on: date | None = None
    checked_on: date | None = None
    left_on: date | None = None
    joint_union: str | None = None
    joint_members: int | None = None
    committee_from_25: bool = False
    """So many of its workers are members of a joint union that they need a committee of their own."""


def _apply(row: PlanRow | None, event: EnterpriseEvent | PlanEvent | UnitEvent) -> PlanRow:
    if isinstance(event, EnterpriseRegistered):
        return PlanRow(event.enterprise, event.name)
    assert row is not None, "an enterprise's first event registers it"
    return _change(row, event)


def _change(row: PlanRow, event: EnterpriseEvent | PlanEvent | UnitEvent) -> PlanRow:
    match event:
        case EnterpriseDescribed():
            return replace(row, name=event.name)
        case EnterpriseSurveyed() if row.surveyed_on is None or event.surveyed_on >= row.surveyed_on:
            return replace(row, headcount=event.labour_contracts, surveyed_on=event.surveyed_on)
        case EnterpriseSurveyed():
            return row  # an older one, entered late
        case PlanOpened():
            return replace(
                row,
                status=PlanStatus.OPEN,
                left_reason=None,
                county=event.county,
                union_id=event.union,
                opened_on=event.opened_on,
                approved_on=None,
                checked_on=None,
                left_on=None,
            )
        case FoundingPlanned():
            return replace(row, planned_on=event.planned_on)
        case PlanAwaitsCheck():
            return replace(row, status=PlanStatus.AWAITING_CHECK, approved_on=event.approved_on, checked_on=None)
        case PlanReturned():
            return replace(row, status=PlanStatus.RETURNED, checked_on=event.checked_on)
        case PlanStruckOff():
            return replace(row, status=PlanStatus.STRUCK_OFF, checked_on=event.checked_on)
        case PlanLeft():
            return replace(row, status=PlanStatus.LEFT, left_reason=event.reason, left_on=event.left_on)
        case JointUnionJoined():
            return replace(
                row,
                joint_union=event.union,
                joint_members=event.members,
                committee_from_25=event.members >= COMMITTEE_FROM,
            )
        case JointUnionLeft():
            return replace(row, joint_union=None, joint_members=None, committee_from_25=False)
        case _:
            raise ValueError(f"{type(event).__name__} is not in this list")


PLANS = Fold(
    name="plans",
    row=PlanRow,
    # Three streams feed a row. The registration begins it, which comes before all that the others can say of it.
    events=(
        EnterpriseRegistered,
        EnterpriseDescribed,
        EnterpriseSurveyed,
        PlanOpened,
        FoundingPlanned,
        PlanAwaitsCheck,
        PlanReturned,
        PlanStruckOff,
        PlanLeft,
        JointUnionJoined,
        JointUnionLeft,
    ),
    key=lambda event: event.enterprise,
    apply=_apply,
    indexes=(("union_id", "enterprise"),),
)
