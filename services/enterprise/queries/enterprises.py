"""What the ledger of enterprises answers, to whom it belongs: an officer sees their union and those below it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.enterprise import SizeClass, Will
from contracts.vocabulary import CreditCode, IndustryCode, RegionCode, TownId
from eventing.read_models import Freshness
from eventing.refusal import NotFound
from eventing.shell.desk import Desk
from services.enterprise.views.enterprises import ENTERPRISES, EnterpriseRow

_LIST = """
select * from {rows}
where union_id = any($1::text[]) and enterprise > $2
  and starts_with(county, $3) and ($4::text is null or will = $4) and (visit_overdue or not $5)
  and (ended_on is null) = $6 and ($7::text is null or starts_with(industry, $7)) and ($8::text is null or town = $8)
  and ($9::text is null or size_class = $9) and ($10::bigint is null or headcount >= $10)
order by enterprise limit $11
"""

_ONE = "select * from {rows} where enterprise = $1"

_ROWS = TypeAdapter(tuple[EnterpriseRow, ...])


class EnterprisesAsked(BaseModel):
    """Which enterprises, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode | None = None
    """The region and those in it (行政区划)."""
    will: Will | None = None
    """What it said last (建会意愿)."""
    overdue: bool = False
    """Only those whose visit is overdue (走访逾期)."""
    active: bool = True
    """Those that are active; false: those that have ended instead (注销、合并、迁出)."""
    industry: IndustryCode | None = None
    """The industry and those within it: `C` has `C34` among them (国民经济行业分类)."""
    town: TownId | None = None
    """The town, subdistrict or park (镇街/园区)."""
    size_class: SizeClass | None = None
    """The statistics bureau's size class (企业规模)."""
    headcount_from: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    """So many workers with a labour contract, or more, by the latest survey (职工人数)."""
    after: CreditCode | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class EnterprisePage(BaseModel):
    """A page of the ledger, in the order of the credit codes."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    enterprises: tuple[EnterpriseRow, ...]
    next: CreditCode | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


class EnterpriseFound(BaseModel):
    """One enterprise."""

    model_config = ConfigDict(frozen=True)

    enterprise: EnterpriseRow
    freshness: tuple[Freshness, ...]


async def list_enterprises(desk: Desk, asked: EnterprisesAsked) -> EnterprisePage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    async with desk.read(ENTERPRISES) as reading:
        page, following = await reading.page(
            _ROWS,
            "enterprise",
            _LIST.format(rows=reading.rows),
            desk.subtree,
            asked.after or "",
            regions.prefix(asked.region),
            asked.will,
            asked.overdue,
            asked.active,
            asked.industry,
            asked.town,
            asked.size_class,
            asked.headcount_from,
            limit=asked.limit,
        )
    return EnterprisePage(
        enterprises=page,
        next=following,
        freshness=reading.freshness,
    )


async def get_enterprise(desk: Desk, enterprise: str) -> EnterpriseFound:
    """Raises `NotFound`, and `Forbidden` for one of a union outside the actor's subtree."""
    async with desk.read(ENTERPRISES) as reading:
        found = await reading.fetch(_ONE.format(rows=reading.rows), enterprise)
    if not found:
        raise NotFound("enterprise_unknown", "enterprise", enterprise=enterprise)
    (row,) = _ROWS.validate_python([dict(found[0])])
    desk.must_see(row.union_id)
    return EnterpriseFound(enterprise=row, freshness=reading.freshness)
