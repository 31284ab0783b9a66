"""How many members the unions have, by month: each one's numbers, and their sums."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.vocabulary import CreditCode, Month, RegionCode
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.members import MEMBERS, MembersRow

_REPORT = r"^[0-9A-Z]{18}/[0-9]{4}-[0-9]{2}$"

_ASKED = f"""
from {{rows}} m join {view_table(ENTERPRISES).rows} e using (enterprise)
where e.union_id = any($1::text[]) and starts_with(e.county, $2)
  and ($3::text is null or m.month = $3) and ($4::text is null or enterprise = $4)
"""

_LIST = f"select m.*, e.name, e.county {_ASKED} and m.report > $5 order by m.report limit $6"

_SUMS = f"""
select m.month, count(*) as unions, sum(m.members)::bigint as members, sum(m.women)::bigint as women,
    sum(m.migrant)::bigint as migrant, sum(m.new_forms)::bigint as new_forms {_ASKED} group by m.month order by m.month
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersListed(MembersRow):
    """One union's members at the end of one month, with what is known of its enterprise."""

    name: str
    county: str


@dataclass(frozen=True, slots=True)
class MembersOfMonth:
    """The sums of one month over all unions that reported."""

    month: str
    unions: int
    members: int
    women: int
    migrant: int
    new_forms: int


_ROWS, _MONTHS = TypeAdapter(tuple[MembersListed, ...]), TypeAdapter(tuple[MembersOfMonth, ...])


class MembersAsked(BaseModel):
    """Which reports, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    month: Month | None = None
    """One month (月份); left out: all."""
    region: RegionCode | None = None
    """The region and those in it (行政区划)."""
    enterprise: CreditCode | None = None
    """One enterprise's union."""
    after: Annotated[str, Field(pattern=_REPORT, examples=["91610102MA0000007T/2025-05"])] | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class MembersPage(BaseModel):
    """A page of reports by enterprise and month, and the sums over all pages."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    reports: tuple[MembersListed, ...]
    sums: tuple[MembersOfMonth, ...]
    """One for each month."""
    next: str | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_members(desk: Desk, asked: MembersAsked) -> MembersPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    which = (desk.subtree, regions.prefix(asked.region), asked.month, asked.enterprise)
    async with desk.read(MEMBERS) as reading:
        page, following = await reading.page(
            _ROWS, "report", _LIST.format(rows=reading.rows), *which, asked.after or "", limit=asked.limit
        )
        sums = await reading.fetch(_SUMS.format(rows=reading.rows), *which)
    return MembersPage(
        reports=page,
        sums=_MONTHS.validate_python([dict(record) for record in sums]),
        next=following,
        freshness=reading.freshness,
    )
