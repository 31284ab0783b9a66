"""What stood on a county's list when its survey was closed comes on the baseline, each enterprise by itself."""

from contracts.enterprise import SurveyClosed
from eventing.policies import Policy
from services.enterprise.commands import EnterOnBaseline


def _enter_on_baseline(event: SurveyClosed) -> tuple[EnterOnBaseline, ...]:
    return tuple(
        EnterOnBaseline(enterprise=enterprise, county=event.county, closed_on=event.closed_on)
        for enterprise in event.enterprises
    )


POLICIES = (Policy("enter-on-baseline", on=SurveyClosed, then=_enter_on_baseline),)
