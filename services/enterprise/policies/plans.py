"""The county's work list keeps itself: whatever may bring an enterprise on it or take it off has it looked at again."""

from contracts.enterprise import (
    EnterpriseClosed,
    EnterpriseDescribed,
    EnterpriseEvent,
    EnterpriseLeft,
    EnterpriseMerged,
    EnterpriseMoved,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    UnionDissolved,
)
from eventing.policies import Policy
from services.enterprise.commands import ReviewPlan


def _review(event: EnterpriseEvent) -> tuple[ReviewPlan, ...]:
    return (ReviewPlan(enterprise=event.enterprise),)


POLICIES = (
    Policy(
        "keep-the-work-list",
        on=(
            EnterpriseSurveyed,
            EnterpriseDescribed,
            EnterpriseMoved,
            EnterpriseUnionized,
            UnionDissolved,
            EnterpriseClosed,
            EnterpriseMerged,
            EnterpriseLeft,
        ),
        then=_review,
    ),
)
