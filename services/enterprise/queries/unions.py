"""What the ledger of own unions answers, and what falls due there."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.vocabulary import CreditCode, Day, RegionCode
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.enterprise.queries.duties import Duties
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.unions import UNIONS, UnionRow

_LIST = f"""
select u.*, e.name, e.county from {{rows}} u join {view_table(ENTERPRISES).rows} e using (enterprise)
where u.union_id = any($1::text[]) and enterprise > $2 and starts_with(e.county, $3)
  and ($4::boolean is null or (u.shell_since is not null) = $4)
  and ($5::boolean is null or (u.chair_vacant_since is not null) = $5)
  and ($6::date is null or u.term_ends_on < $6)
order by enterprise limit $7
"""

DUTIES: tuple[Duties, ...] = (
    Duties(
        "return_visit",
        UNIONS,
        "select enterprise, union_id, return_visit_due_on as due_on, return_visit_missed as overdue,"
        " false as returned from {rows}",
    ),
    Duties(
        "term",
        UNIONS,
        "select enterprise, union_id, term_ends_on as due_on, term_overrun as overdue, false as returned"
        " from {rows} where term_ends_on is not null",
    ),
)
"""An own union is to be visited again, or to elect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionListed(UnionRow):
    """Where one union stands, with what is known of its enterprise."""

    name: str
    county: str


_ROWS = TypeAdapter(tuple[UnionListed, ...])


class UnionsAsked(BaseModel):
    """Which unions, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode | None = None
    """The region and those in it (行政区划)."""
    shell: bool | None = None
    """Flagged as a shell and not put right (空壳工会), or not."""
    chair_vacant: bool | None = None
    """Without a chair (主席空缺), or with one."""
    term_before: Day | None = None
    """Those whose term ends before that day (届期)."""
    after: CreditCode | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class UnionPage(BaseModel):
    """A page of the ledger, in the order of the credit codes."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    unions: tuple[UnionListed, ...]
    next: CreditCode | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_unions(desk: Desk, asked: UnionsAsked) -> UnionPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    async with desk.read(UNIONS) as reading:
        page, following = await reading.page(
            _ROWS,
            "enterprise",
            _LIST.format(rows=reading.rows),
            desk.subtree,
            asked.after or "",
            regions.prefix(asked.region),
            asked.shell,
            asked.chair_vacant,
            asked.term_before,
            limit=asked.limit,
        )
    return UnionPage(
        unions=page,
        next=following,
        freshness=reading.freshness,
    )
