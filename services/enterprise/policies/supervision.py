"""Joint supervision ends by itself: with an enterprise that no longer refuses, and with one that is gone."""

from datetime import date

from contracts.enterprise import (
    EnterpriseClosed,
    EnterpriseLeft,
    EnterpriseMerged,
    SupervisionOutcome,
    Will,
    WillStated,
)
from eventing.policies import Policy
from services.enterprise.commands import CloseSupervision


def _talks(event: WillStated) -> tuple[CloseSupervision, ...]:
    """Whoever says that they are willing, or that they hesitate, talks."""
    if event.will is Will.REFUSING:
        return ()
    return (CloseSupervision(enterprise=event.enterprise, outcome=SupervisionOutcome.TALKS, ended_on=event.stated_on),)


def _gone(enterprise: str, on: date) -> tuple[CloseSupervision, ...]:
    return (CloseSupervision(enterprise=enterprise, outcome=SupervisionOutcome.ENTERPRISE_GONE, ended_on=on),)


POLICIES = (
    Policy("supervision-talks", on=WillStated, then=_talks),
    Policy("supervision-closed", on=EnterpriseClosed, then=lambda event: _gone(event.enterprise, event.closed_on)),
    Policy("supervision-merged", on=EnterpriseMerged, then=lambda event: _gone(event.enterprise, event.merged_on)),
    Policy("supervision-left", on=EnterpriseLeft, then=lambda event: _gone(event.enterprise, event.left_on)),
)
