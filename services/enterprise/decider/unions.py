"""When does an own union begin, when does its term end, who may be its chair, and when does it end?"""

from collections.abc import Sequence

from contracts.enterprise import (
    ChairElected,
    ChairVacated,
    TermOverrun,
    TermRenewed,
    UnionEnded,
    UnionEstablished,
    UnionEvent,
)
from eventing.dates import must_have_happened, years_after
from eventing.moment import Moment
from eventing.refusal import Refused
from services.enterprise.commands import (
    ElectChair,
    EndUnion,
    EstablishUnion,
    MarkTermOverrun,
    RenewTerm,
    VacateChair,
)
from services.enterprise.decider.eligibility import must_be_eligible
from services.enterprise.decider.enterprise import Enterprise, responsible
from services.enterprise.decider.own_union import Ended, Established, NotEstablished, OwnUnion, existing, still_has


def establish(command: EstablishUnion, state: OwnUnion, enterprise: Enterprise, _: Moment) -> Sequence[UnionEvent]:
    if not still_has(enterprise, command.approved_on):
        return []  # it has ended meanwhile
    begun = UnionEstablished(
        enterprise=command.enterprise,
        union=command.union,
        approved_on=command.approved_on,
        term_ends_on=command.term_ends_on,
    )
    match state:
        case NotEstablished() | Ended():
            return [begun]
        case Established(already) if already == begun:
            return []
        case Established():  # founded again, so quickly that the end of the one before isn't known here yet
            return [UnionEnded(enterprise=command.enterprise, ended_on=command.approved_on), begun]


def end(command: EndUnion, state: OwnUnion, enterprise: Enterprise, _: Moment) -> Sequence[UnionEvent]:
    match state:
        case NotEstablished() | Ended():
            return []
        case Established(begun) if still_has(enterprise, begun.approved_on):
            return []  # founded again meanwhile: the end is that of the union before
        case Established():
            return [UnionEnded(enterprise=command.enterprise, ended_on=command.ended_on)]


def renew(command: RenewTerm, state: OwnUnion, _: Enterprise, moment: Moment) -> Sequence[UnionEvent]:
    union = existing(command, state)
    renewal = TermRenewed(
        enterprise=command.enterprise,
        elected_on=command.elected_on,
        term_years=command.term_years,
        term_ends_on=years_after(command.elected_on, command.term_years),
    )
    if union.renewed == renewal:
        return []
    known_on = union.renewed.elected_on if union.renewed else union.begun.approved_on
    if command.elected_on <= known_on:
        raise Refused("elected_before_known", "elected_on", known_on=known_on)
    must_have_happened(command.elected_on, "elected_on", moment)
    return [renewal]


def mark_overrun(
    command: MarkTermOverrun, state: OwnUnion, enterprise: Enterprise, moment: Moment
) -> Sequence[UnionEvent]:
    """The union that looks after the enterprise is the one next up: it is told."""
    told = responsible(command, enterprise)
    if told is None or not isinstance(state, Established):
        return []
    if state.term_ends_on != command.ended_on or state.overrun is not None:
        return []
    if command.ended_on >= moment.today:
        raise Refused("not_due_yet", "ended_on", due_on=command.ended_on)
    return [TermOverrun(enterprise=command.enterprise, ended_on=command.ended_on, told=told)]


def vacate_chair(command: VacateChair, state: OwnUnion, _: Enterprise, moment: Moment) -> Sequence[UnionEvent]:
    union = existing(command, state)
    vacancy = ChairVacated(enterprise=command.enterprise, reason=command.reason, vacant_on=command.vacant_on)
    match union.chair:
        case ChairVacated() as known if known == vacancy:
            return []
        case ChairVacated() as known:
            raise Refused("chair_vacant_already", "vacant_on", vacant_on=known.vacant_on)
        case ChairElected(elected_on=since):
            pass
        case None:
            since = union.begun.approved_on
    if command.vacant_on < since:
        raise Refused("vacant_before_elected", "vacant_on", elected_on=since)
    must_have_happened(command.vacant_on, "vacant_on", moment)
    return [vacancy]


def elect_chair(command: ElectChair, state: OwnUnion, _: Enterprise, moment: Moment) -> Sequence[UnionEvent]:
    union = existing(command, state)
    must_be_eligible(command.chair_post, "chair_post")
    election = ChairElected(enterprise=command.enterprise, elected_on=command.elected_on)
    match union.chair:
        case ChairElected() as known if known == election:
            return []
        case ChairVacated(vacant_on=vacant_on):
            if command.elected_on < vacant_on:
                raise Refused("elected_before_vacant", "elected_on", vacant_on=vacant_on)
            must_have_happened(command.elected_on, "elected_on", moment)
            return [election]
        case _:
            raise Refused("chair_not_vacant")
