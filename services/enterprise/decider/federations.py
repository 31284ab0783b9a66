"""Which unions may form a federation of an industry or an area? (行业性/区域性工会联合会)"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from contracts import regions
from contracts.enterprise import (
    FederationEvent,
    FederationFormed,
    FederationJoined,
    FederationKind,
    FederationLeft,
    MembershipEvent,
)
from contracts.regions import Level
from eventing.dates import must_have_happened
from eventing.decision import StreamKind
from eventing.moment import Moment
from eventing.refusal import Invalid, NotFound, Refused
from services.enterprise.commands import FormFederation, JoinFederation, LeaveFederation, LeaveFederations
from services.enterprise.decider.enterprise import Enterprise, Unionized


@dataclass(frozen=True, slots=True)
class NotFormed:
    """No federation has that id."""


@dataclass(frozen=True, slots=True)
class Formed:
    """Unions may be its members."""

    formation: FederationFormed


Federation = NotFormed | Formed


def evolve(state: Federation, event: FederationEvent) -> Federation:
    match state, event:
        case NotFormed(), FederationFormed():
            return Formed(event)
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {type(state).__name__}")


FEDERATION: StreamKind[Federation] = StreamKind("federation", NotFormed(), evolve)


@dataclass(frozen=True, slots=True)
class Memberships:
    """Of one enterprise's own union: the last that is known of each federation that it was ever in."""

    last: Mapping[str, FederationJoined | FederationLeft] = field(default_factory=dict)


def evolve_memberships(state: Memberships, event: MembershipEvent) -> Memberships:
    match state.last.get(event.federation), event:
        case (None | FederationLeft(), FederationJoined() as now) | (FederationJoined(), FederationLeft() as now):
            return Memberships({**state.last, now.federation: now})
        case last, _:
            raise ValueError(f"{type(event).__name__} can't follow {type(last).__name__}")


MEMBER: StreamKind[Memberships] = StreamKind("member", Memberships(), evolve_memberships)


def form(command: FormFederation, state: Federation, moment: Moment) -> Sequence[FederationEvent]:
    formed = _formation(command)
    match state:
        case NotFormed():
            must_have_happened(command.formed_on, "formed_on", moment)
            _must_be_of_the_city(command, moment)
            if (command.kind is FederationKind.INDUSTRY) != (command.industry is not None):
                raise Invalid("industry_of_a_federation", "industry")
            return [formed]
        case Formed(known) if known == formed:
            return []  # asked twice: nothing new happened
        case Formed(known):
            raise Refused("federation_formed", "federation", federation=command.federation, formed_on=known.formed_on)


def join(
    command: JoinFederation, state: Memberships, federation: Federation, enterprise: Enterprise, moment: Moment
) -> Sequence[MembershipEvent]:
    """Also reads the federation and the enterprise: members are approved own unions of its area."""
    joined = FederationJoined(federation=command.federation, member=command.enterprise, joined_on=command.joined_on)
    match federation, state.last.get(command.federation):
        case NotFormed(), _:
            raise NotFound("federation_unknown", "federation", federation=command.federation)
        case _, FederationJoined() as known if known == joined:
            return []
        case _, FederationJoined() as known:
            raise Refused("member_already", "joined_on", joined_on=known.joined_on)
        case Formed(formation), left:
            since = max(_may_join(command, formation, enterprise), left.left_on if left else formation.formed_on)
            if command.joined_on < since:
                raise Refused("joined_too_early", "joined_on", since=since)
            must_have_happened(command.joined_on, "joined_on", moment)
            return [joined]


def leave(
    command: LeaveFederation, state: Memberships, federation: Federation, moment: Moment
) -> Sequence[MembershipEvent]:
    left = FederationLeft(federation=command.federation, member=command.enterprise, left_on=command.left_on)
    match state.last.get(command.federation):
        case FederationJoined(joined_on=joined_on):
            if command.left_on < joined_on:
                raise Refused("left_before_joined", "left_on", joined_on=joined_on)
            must_have_happened(command.left_on, "left_on", moment)
            return [left]
        case FederationLeft() as known if known == left:
            return []
        case _:
            raise Refused("not_a_member", "federation", federation=command.federation)


def leave_all(command: LeaveFederations, state: Memberships, _: Moment) -> Sequence[MembershipEvent]:
    """What ended before it began (its end was entered late) ends on the day on which it began."""
    return [
        FederationLeft(federation=federation, member=last.member, left_on=max(last.joined_on, command.left_on))
        for federation, last in sorted(state.last.items())
        if isinstance(last, FederationJoined)
    ]


def owner_of_new(command: FormFederation, _: Federation) -> str:
    """The city's union: nobody forms one in another's city."""
    return f"u-{_city(command.area)}"


def owner(
    _: JoinFederation | LeaveFederation, _state: Memberships, federation: Federation, *_others: object
) -> str | None:
    """The city's union that formed it."""
    return None if isinstance(federation, NotFormed) else federation.formation.formed_by


def _may_join(command: JoinFederation, formation: FederationFormed, enterprise: Enterprise) -> date:
    """From which day on. Raises `Refused`."""
    if not isinstance(enterprise, Unionized):
        raise Refused("own_union_needed", "enterprise", enterprise=command.enterprise)
    if not regions.contains(formation.area, enterprise.entry.county):
        raise Refused("outside_the_area", "enterprise", county=enterprise.entry.county, area=formation.area)
    return max(formation.formed_on, enterprise.approval.approved_on)


def _formation(command: FormFederation) -> FederationFormed:
    return FederationFormed(
        federation=command.federation,
        kind=command.kind,
        name=command.name,
        area=command.area,
        industry=command.industry,
        formed_by=f"u-{_city(command.area)}",
        formed_on=command.formed_on,
        document=command.document,
    )


def _city(area: str) -> str:
    """The city that the area is or lies in."""
    return area if regions.level(area) is Level.CITY else regions.parent(area) or area


def _must_be_of_the_city(command: FormFederation, moment: Moment) -> None:
    """Formed by that city's union, which is there on that day, and called after it. Raises `Invalid`."""
    city, on = _city(command.area), command.formed_on
    if regions.level(city) is not Level.CITY or not moment.unions.knows(f"u-{city}", on):
        raise Invalid("city_union_needed", "area", area=command.area, on=on)
    if not command.federation.startswith(f"u-{city}-") or command.federation in moment.unions.unions:
        raise Invalid("federation_id", "federation", federation=command.federation, city=city)
