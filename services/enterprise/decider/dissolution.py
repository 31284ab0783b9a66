"""When does an enterprise's own union end? (撤销)"""

from collections.abc import Sequence

from contracts.enterprise import EnterpriseEvent, UnionDissolved
from eventing.dates import must_have_happened
from eventing.moment import Moment
from eventing.refusal import Refused
from services.enterprise.commands import DissolveUnion
from services.enterprise.decider.enterprise import (
    Applied,
    Dissolved,
    Enterprise,
    Gone,
    Listed,
    Reluctant,
    Surveyed,
    Unionized,
    Unknown,
    Willing,
    gone,
    unknown,
)


def dissolve(command: DissolveUnion, state: Enterprise, moment: Moment) -> Sequence[EnterpriseEvent]:
    end = UnionDissolved(enterprise=command.enterprise, reason=command.reason, dissolved_on=command.dissolved_on)
    match state:
        case Unknown():
            raise unknown(command)
        case Gone():
            raise gone(state)
        case Dissolved(dissolution=known) if known == end:
            return []
        case Dissolved(dissolution=known):
            raise Refused("dissolved_already", "dissolved_on", dissolved_on=known.dissolved_on)
        case Listed() | Surveyed() | Reluctant() | Willing() | Applied():
            raise Refused("no_union")
        case Unionized(approval=approval):
            if end.dissolved_on < approval.approved_on:
                raise Refused("dissolved_before_approval", "dissolved_on", approved_on=approval.approved_on)
            must_have_happened(end.dissolved_on, "dissolved_on", moment)
            return [end]
