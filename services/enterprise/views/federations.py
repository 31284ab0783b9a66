"""The federations of unions (行业性/区域性工会联合会), one row each; and their members, one row a membership."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from msgspec import Struct

from contracts.enterprise import (
    FederationFormed,
    FederationJoined,
    FederationKind,
    FederationLeft,
    MembershipEvent,
)
from eventing.fold import Fold, replace


@dataclass(frozen=True, slots=True)
class FederationRow:
    """A federation."""

    federation: str
    kind: FederationKind
    name: str
    area: str
    industry: str | None
    union_id: str
    """The city's union that formed it."""
    formed_on: date
    document: str


@dataclass(frozen=True, slots=True)
class FederationMemberRow:
    """An enterprise's own union in a federation; with `left_on`, no longer in it. `membership` names both."""

    membership: str
    federation: str
    enterprise: str
    joined_on: date
    left_on: date | None = None


class MembersCell(Struct, frozen=True):
    """By federation."""

    federation: str


class MembersCount(Struct, frozen=True):
    """The unions that are members now."""

    unions: int


def _formed(_: FederationRow | None, event: FederationFormed) -> FederationRow:
    return FederationRow(
        event.federation,
        event.kind,
        event.name,
        event.area,
        event.industry,
        event.formed_by,
        event.formed_on,
        event.document,
    )


def _membership(event: MembershipEvent) -> str:
    return f"{event.federation}/{event.member}"


def _apply(row: FederationMemberRow | None, event: MembershipEvent) -> FederationMemberRow:
    match event:
        case FederationJoined():
            return FederationMemberRow(_membership(event), event.federation, event.member, event.joined_on)
        case FederationLeft():
            assert row is not None, "a member has joined before it leaves"
            return replace(row, left_on=event.left_on)
        case _:
            raise ValueError(f"{type(event).__name__} is not about a member")


def _contribute(row: FederationMemberRow) -> Mapping[MembersCell, MembersCount]:
    return {} if row.left_on is not None else {MembersCell(row.federation): MembersCount(1)}


FEDERATIONS = Fold(
    name="federations",
    row=FederationRow,
    events=(FederationFormed,),
    key=lambda event: event.federation,
    apply=_formed,
    indexes=(("union_id", "federation"),),
)

FEDERATION_MEMBERS = Fold(
    name="federation_members",
    row=FederationMemberRow,
    events=(FederationJoined, FederationLeft),
    key=_membership,
    apply=_apply,
    contribute=_contribute,
    cell=MembersCell,
    measures=MembersCount,
    indexes=(("federation", "enterprise"),),
)
