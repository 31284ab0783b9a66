"""What the lists of federations (工会联合会) and their members answer, to whom it belongs."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.enterprise import FederationKind
from contracts.vocabulary import CreditCode, RegionCode, UnionId
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.federations import FEDERATION_MEMBERS, FEDERATIONS

_FEDERATIONS = """
select federation.*, coalesce(counted.unions, 0) as unions
from {rows} as federation left join {counted} as counted using (federation)
where union_id = any($1::text[]) and federation > $2 and starts_with(area, $3)
order by federation limit $4
"""

_MEMBERS = """
select member.federation, member.enterprise, found.name, found.county, member.joined_on
from {rows} as member join {enterprises} as found using (enterprise)
where found.union_id = any($1::text[]) and enterprise > $2 and federation = $3 and left_on is null
order by enterprise limit $4
"""


@dataclass(frozen=True, slots=True)
class FederationShown:
    """A federation with how many unions are its members now."""

    federation: str
    kind: FederationKind
    name: str
    area: str
    industry: str | None
    union_id: str
    """The city's union that formed it."""
    formed_on: date
    document: str
    unions: int


@dataclass(frozen=True, slots=True)
class FederationMemberShown:
    """An enterprise whose own union is a member."""

    federation: str
    enterprise: str
    name: str
    county: str
    joined_on: date


_FEDERATIONS_SHOWN = TypeAdapter(tuple[FederationShown, ...])
_MEMBERS_SHOWN = TypeAdapter(tuple[FederationMemberShown, ...])


class FederationsAsked(BaseModel):
    """Which federations, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode | None = None
    """Of the areas in it (行政区划)."""
    after: UnionId | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class FederationPage(BaseModel):
    """A page of them, in the order of their ids."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    federations: tuple[FederationShown, ...]
    next: UnionId | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


class FederationMembersAsked(BaseModel):
    """Whose members, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    federation: UnionId
    after: CreditCode | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class FederationMemberPage(BaseModel):
    """A page of members, in the order of the enterprises' credit codes."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    members: tuple[FederationMemberShown, ...]
    next: CreditCode | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_federations(desk: Desk, asked: FederationsAsked) -> FederationPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    async with desk.read(FEDERATIONS) as reading:
        page, following = await reading.page(
            _FEDERATIONS_SHOWN,
            "federation",
            _FEDERATIONS.format(rows=reading.rows, counted=view_table(FEDERATION_MEMBERS).cells),
            desk.subtree,
            asked.after or "",
            regions.prefix(asked.region),
            limit=asked.limit,
        )
    return FederationPage(
        federations=page,
        next=following,
        freshness=reading.freshness,
    )


async def list_members(desk: Desk, asked: FederationMembersAsked) -> FederationMemberPage:
    """Those in the actor's subtree; raises nothing."""
    async with desk.read(FEDERATION_MEMBERS) as reading:
        page, following = await reading.page(
            _MEMBERS_SHOWN,
            "enterprise",
            _MEMBERS.format(rows=reading.rows, enterprises=view_table(ENTERPRISES).rows),
            desk.subtree,
            asked.after or "",
            asked.federation,
            limit=asked.limit,
        )
    return FederationMemberPage(
        members=page,
        next=following,
        freshness=reading.freshness,
    )
