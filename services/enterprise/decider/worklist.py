"""Does an enterprise belong on its county's work list, by what is known of it now, and since which day?"""

from collections.abc import Mapping
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
    PlanLeaving,
    UnionDissolved,
)
from eventing.decision import StreamKind
from services.enterprise.decider.founding import OUTSIDE

LISTED_FROM = 100
"""Workers with a labour contract from which on an enterprise has a plan of its own (docs/domain.md 1, [S])."""

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
    sizes = [(day, count >= LISTED_FROM) for day, count in sorted(candidate.counts.items(), reverse=True)]
    large = sizes[0][1]
    crossed = min(day for day, _ in takewhile(lambda size: size[1] is large, sizes))
    return max(crossed, candidate.since) if large else OffList(PlanLeaving.BELOW_100, crossed)
