"""Does an enterprise belong on its county's work list, by what is known of it now, and what follows from that?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from contracts.creditcode import owner_kind
from contracts.enterprise import (
    EnterpriseClosed,
    EnterpriseDescribed,
    EnterpriseEvent,
    EnterpriseLeft,
    EnterpriseMerged,
    EnterpriseMoved,
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    Ownership,
    PlanAwaitsCheck,
    PlanEvent,
    PlanLeaving,
    PlanLeft,
    PlanOpened,
    UnionDissolved,
)
from eventing.decision import StreamKind
from eventing.moment import Moment
from services.enterprise import rules
from services.enterprise.commands import ReviewPlan
from services.enterprise.decider.founding import OUTSIDE
from services.enterprise.decider.plan import AwaitingCheck, Left, NotOpened, Open, Plan, StruckOff

PUBLIC = frozenset({Ownership.STATE, Ownership.COLLECTIVE})
"""Not 非公 (docs/domain.md 1, 'Decided for the first version', [D])."""


@dataclass(frozen=True, slots=True)
class OffList:
    """It doesn't belong there, and why; `since` that day."""

    reason: PlanLeaving
    since: date


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the work list goes by: where it is, whose it is, how many work there, whether it has its own union.

    `since` is the day from which on the first two and the last have been as they are.
    """

    county: str
    union: str
    ownership: Ownership
    since: date
    counts: Mapping[date, int]
    """Workers by the day of the survey: surveys may be entered in any order, and the latest day's holds."""
    approved_on: date | None = None
    end: OffList | None = None


def evolve(state: Candidate | None, event: EnterpriseEvent) -> Candidate | None:
    match event:
        case EnterpriseRegistered():
            return Candidate(event.county, event.union, event.ownership, event.registered_on, {})
        case _ if state is None:
            raise ValueError(f"{type(event).__name__} comes before the registration")
        case EnterpriseSurveyed():
            return replace(state, counts={**state.counts, event.surveyed_on: event.labour_contracts})
        case EnterpriseDescribed() if (event.ownership in PUBLIC) != (state.ownership in PUBLIC):
            return replace(state, ownership=event.ownership, since=event.described_on)
        case EnterpriseMoved():
            return replace(state, county=event.county, union=event.union, since=event.moved_on)
        case EnterpriseUnionized():
            return replace(state, approved_on=event.approved_on)
        case UnionDissolved():
            return replace(state, approved_on=None, since=event.dissolved_on)
        case EnterpriseClosed():
            return replace(state, end=OffList(PlanLeaving.CLOSED, event.closed_on))
        case EnterpriseMerged():
            return replace(state, end=OffList(PlanLeaving.CLOSED, event.merged_on))
        case EnterpriseLeft():
            return replace(state, end=OffList(PlanLeaving.MOVED, event.left_on))
        case _:
            return state


CANDIDATE: StreamKind[Candidate | None] = StreamKind("enterprise", None, evolve)
"""The enterprise's own stream, read for these few facts: whatever else it goes through doesn't matter here."""


def standing(enterprise: str, candidate: Candidate) -> OffList | date | None:
    """Since when it belongs on the list, or why it doesn't; None before its first survey."""
    if candidate.end is not None:
        return candidate.end
    if candidate.ownership in PUBLIC or owner_kind(enterprise) in OUTSIDE:
        return OffList(PlanLeaving.OUTSIDE, candidate.since)
    if not candidate.counts:
        return None
    sizes = [(day, count >= rules.on(day).plan_from) for day, count in sorted(candidate.counts.items(), reverse=True)]
    large = sizes[0][1]
    crossed = min(day for day, _ in takewhile(lambda size: size[1] is large, sizes))
    return max(crossed, candidate.since) if large else OffList(PlanLeaving.BELOW_100, crossed)


def review(command: ReviewPlan, plan: Plan, candidate: Candidate | None, _: Moment) -> Sequence[PlanEvent]:
    """Whatever happened, and in whatever order it was entered: what holds now decides."""
    if candidate is None:
        return []
    wanted = standing(command.enterprise, candidate)
    match plan:
        case NotOpened() | StruckOff() | Left():
            return _open(command, plan, candidate, wanted)
        case Open():
            return _keep(command, plan, candidate, wanted)


def _open(
    command: ReviewPlan, plan: NotOpened | StruckOff | Left, candidate: Candidate, wanted: OffList | date | None
) -> Sequence[PlanEvent]:
    if wanted is None or isinstance(wanted, OffList):
        return []
    if candidate.approved_on is None:
        return [_opened(command, candidate, wanted)]
    struck_off_for = plan.struck.approved_on if isinstance(plan, StruckOff) else None
    if candidate.approved_on < wanted or candidate.approved_on == struck_off_for:
        return []  # it grew with a union, or is done
    return [_opened(command, candidate, wanted), _awaits(command, candidate.approved_on)]


def _keep(command: ReviewPlan, plan: Open, candidate: Candidate, wanted: OffList | date | None) -> Sequence[PlanEvent]:
    if isinstance(wanted, OffList):
        return [PlanLeft(enterprise=command.enterprise, reason=wanted.reason, left_on=wanted.since)]
    if wanted is None:
        return []
    approved_on = candidate.approved_on
    if (plan.opened.county, plan.opened.union) != (candidate.county, candidate.union):
        left = PlanLeft(enterprise=command.enterprise, reason=PlanLeaving.MOVED, left_on=candidate.since)
        again = _opened(command, candidate, wanted)
        return [left, again] if approved_on is None else [left, again, _awaits(command, approved_on)]
    match plan:
        case AwaitingCheck() if approved_on is None:
            return [_opened(command, candidate, wanted)]
        case AwaitingCheck(awaits=awaits) if awaits.approved_on == approved_on:
            return []
        case _:
            return [] if approved_on is None else [_awaits(command, approved_on)]


def _opened(command: ReviewPlan, candidate: Candidate, since: date) -> PlanOpened:
    return PlanOpened(
        enterprise=command.enterprise,
        county=candidate.county,
        union=candidate.union,
        labour_contracts=candidate.counts[max(candidate.counts)],
        opened_on=since,
    )


def _awaits(command: ReviewPlan, approved_on: date) -> PlanAwaitsCheck:
    return PlanAwaitsCheck(enterprise=command.enterprise, approved_on=approved_on)
