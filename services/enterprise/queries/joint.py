"""What the lists of joint unions (联合工会) and their units answer, to whom it belongs."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.enterprise import UnionForm
from contracts.vocabulary import CreditCode, RegionCode, UnionId
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.enterprise.decider.founding import COMMITTEE_FROM
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.joint import JOINT_UNIONS
from services.enterprise.views.units import UNITS

_JOINT_UNIONS = """
select joint.*, coalesce(counted.units, 0) as units, coalesce(counted.members, 0) as members
from {rows} as joint left join {counted} as counted using (joint_union)
where union_id = any($1::text[]) and joint_union > $2 and starts_with(county, $3)
order by joint_union limit $4
"""

_UNITS = """
select unit.enterprise, found.name, found.county, unit.joint_union, unit.form, unit.members, unit.joined_on,
    unit.members >= $5 as needs_a_committee
from {rows} as unit join {enterprises} as found using (enterprise)
where found.union_id = any($1::text[]) and enterprise > $2 and starts_with(found.county, $3)
  and ($4::text is null or joint_union = $4) and unit.left_on is null
order by enterprise limit $6
"""


@dataclass(frozen=True, slots=True)
class JointUnionShown:
    """A joint union with what it covers now; with `dissolved_on`, one that was."""

    joint_union: str
    form: UnionForm
    name: str
    county: str
    union_id: str
    """The county's union that formed it."""
    formed_on: date
    document: str
    dissolved_on: date | None
    units: int
    members: int


@dataclass(frozen=True, slots=True)
class UnitShown:
    """An enterprise that is a unit of a joint union."""

    enterprise: str
    name: str
    county: str
    joint_union: str
    form: UnionForm
    members: int
    joined_on: date
    needs_a_committee: bool
    """It has 25 members or more: it is to found a union of its own, with a committee [L]."""


_JOINT_UNIONS_SHOWN = TypeAdapter(tuple[JointUnionShown, ...])
_UNITS_SHOWN = TypeAdapter(tuple[UnitShown, ...])


class JointUnionsAsked(BaseModel):
    """Which joint unions, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode | None = None
    """Of the counties in it (行政区划)."""
    after: UnionId | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class JointUnionPage(BaseModel):
    """A page of them, in the order of their ids."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    joint_unions: tuple[JointUnionShown, ...]
    next: UnionId | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


class UnitsAsked(BaseModel):
    """Which units, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    union: UnionId | None = None
    """Of this joint union (联合工会)."""
    region: RegionCode | None = None
    """The region and those in it (行政区划)."""
    after: CreditCode | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class UnitPage(BaseModel):
    """A page of units, in the order of the credit codes."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    units: tuple[UnitShown, ...]
    next: CreditCode | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_joint_unions(desk: Desk, asked: JointUnionsAsked) -> JointUnionPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    async with desk.read(JOINT_UNIONS) as reading:
        page, following = await reading.page(
            _JOINT_UNIONS_SHOWN,
            "joint_union",
            _JOINT_UNIONS.format(rows=reading.rows, counted=view_table(UNITS).cells),
            desk.subtree,
            asked.after or "",
            regions.prefix(asked.region),
            limit=asked.limit,
        )
    return JointUnionPage(
        joint_unions=page,
        next=following,
        freshness=reading.freshness,
    )


async def list_units(desk: Desk, asked: UnitsAsked) -> UnitPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    async with desk.read(UNITS) as reading:
        page, following = await reading.page(
            _UNITS_SHOWN,
            "enterprise",
            _UNITS.format(rows=reading.rows, enterprises=view_table(ENTERPRISES).rows),
            desk.subtree,
            asked.after or "",
            regions.prefix(asked.region),
            asked.union,
            COMMITTEE_FROM,
            limit=asked.limit,
        )
    return UnitPage(
        units=page,
        next=following,
        freshness=reading.freshness,
    )
