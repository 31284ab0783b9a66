"""What are two enterprises of similar names to each other, and what follows from it? (同名研判)"""

from collections.abc import Sequence
from dataclasses import replace

from contracts.enterprise import (
    ClosingReason,
    EnterpriseClosed,
    EnterpriseEvent,
    NameAdjudicated,
    NameVerdict,
)
from eventing.dates import must_have_happened
from eventing.moment import Moment
from eventing.refusal import NotFound, Refused
from services.enterprise.commands import AdjudicateName
from services.enterprise.decider.enterprise import Enterprise, Gone, Unknown, gone, unknown
from services.enterprise.decider.entry import Entry
from services.enterprise.decider.places import must_be_another
from services.enterprise.decider.registration import described


def adjudicate(
    command: AdjudicateName, state: Enterprise, other: Enterprise, moment: Moment
) -> Sequence[EnterpriseEvent]:
    must_be_another(command.other, "other", command.enterprise)
    if isinstance(state, Unknown):
        raise unknown(command)
    must_have_happened(command.decided_on, "decided_on", moment)
    if isinstance(other, Unknown):
        raise NotFound("enterprise_unknown", "other", enterprise=command.other)
    known = _known(command, (*state.entry.adjudicated, *other.entry.adjudicated))
    if known is not None:
        return _again(command, known)
    for one in (state, other):
        if isinstance(one, Gone):
            raise gone(one)
    return _adjudicate(command, state.entry, other.entry)


def _known(command: AdjudicateName, adjudicated: Sequence[NameAdjudicated]) -> NameAdjudicated | None:
    """The verdict on these two, whichever of them was named first."""
    pair = {command.enterprise, command.other}
    return next((known for known in adjudicated if {known.enterprise, known.other} == pair), None)


def _again(command: AdjudicateName, known: NameAdjudicated) -> Sequence[EnterpriseEvent]:
    the_other_way = command.model_copy(update={"enterprise": command.other, "other": command.enterprise})
    if known == _verdict(command):
        return []
    if known.verdict is NameVerdict.DIFFERENT and known == _verdict(the_other_way):
        return []  # to be different goes both ways
    raise Refused("adjudicated_already", "other", other=command.other, decided_on=known.decided_on)


def _adjudicate(command: AdjudicateName, entry: Entry, other: Entry) -> Sequence[EnterpriseEvent]:
    if entry.county != other.county:
        raise Refused("counties_differ", "other", county=entry.county, others=other.county)
    since = max(entry.here_since, other.here_since)
    if command.decided_on < since:
        raise Refused("before_its_entry", "decided_on", day=command.decided_on, since=since)
    verdict = _verdict(command)
    match command.verdict:
        case NameVerdict.SAME:
            closed = EnterpriseClosed(
                enterprise=command.enterprise, reason=ClosingReason.DUPLICATE, closed_on=command.decided_on
            )
            return [verdict, closed]
        case NameVerdict.BRANCH if entry.parent != command.other:
            # Only whose branch it is was decided, and not before what else is known of it was so.
            on = max(command.decided_on, entry.described_on)
            return [verdict, described(replace(entry, parent=command.other), on)]
        case NameVerdict.BRANCH | NameVerdict.DIFFERENT:
            return [verdict]


def _verdict(command: AdjudicateName) -> NameAdjudicated:
    return NameAdjudicated(
        enterprise=command.enterprise,
        other=command.other,
        verdict=command.verdict,
        evidence=command.evidence,
        decided_by=command.decided_by,
        decided_on=command.decided_on,
    )
