"""Programme 1, events at version 1 that have a newer one: nobody writes them any more, and logs keep them for good."""

from typing import Any, ClassVar

from contracts import enterprise
from contracts.enterprise import EnterpriseEvent, SizeClass
from contracts.upcasting import Upcast
from contracts.vocabulary import Day, Headcount


class EnterpriseSurveyed(EnterpriseEvent):
    """Its workers were counted (摸底)."""

    VERSION: ClassVar[int] = 1

    headcount: Headcount
    size_class: SizeClass | None
    surveyed_on: Day


def _surveyed(old: EnterpriseSurveyed) -> enterprise.EnterpriseSurveyed:
    # The headcount was that of the labour contracts by definition. Dispatched workers weren't asked for; 0 is what the
    # rates have always taken them for.
    return enterprise.EnterpriseSurveyed(
        enterprise=old.enterprise,
        labour_contracts=old.headcount,
        dispatched=0,
        size_class=old.size_class,
        surveyed_on=old.surveyed_on,
    )


UPCASTS: tuple[Upcast[Any, Any], ...] = (Upcast(EnterpriseSurveyed, enterprise.EnterpriseSurveyed, _surveyed),)
