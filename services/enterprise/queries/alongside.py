"""What the ledger of the 60 days alongside answers, who walks with how many, and what falls due there."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.vocabulary import CreditCode, RegionCode
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.enterprise.queries.duties import Duties
from services.enterprise.queries.stations import STATIONS_OF_TOWN
from services.enterprise.views.alongside import ACCOMPANIMENTS, AccompanimentRow, AccompanimentStatus
from services.enterprise.views.enterprises import ENTERPRISES

_LIST = f"""
select a.*, e.name, e.county, {STATIONS_OF_TOWN.format(town="e.town", day="$5::date")} as stations
from {{rows}} a join {view_table(ENTERPRISES).rows} e using (enterprise)
where a.union_id = any($1::text[]) and enterprise > $2 and starts_with(e.county, $3)
  and ($4::text is null or a.status = $4)
order by enterprise limit $6
"""

DUTIES: tuple[Duties, ...] = (
    Duties(
        "check_in",
        ACCOMPANIMENTS,
        "select enterprise, union_id, check_in_due_on as due_on, false as overdue, false as returned"
        " from {rows} where check_in_due_on is not null"
        " union all select enterprise, union_id, check_in_missed_on, true, false"
        " from {rows} where check_in_missed_on is not null",
    ),
    Duties(
        "assessment",
        ACCOMPANIMENTS,
        "select enterprise, union_id, assess_by as due_on, false as overdue, false as returned"
        " from {rows} where assess_by is not null",
    ),
    Duties(
        "successor",
        ACCOMPANIMENTS,
        "select enterprise, union_id, replace_by as due_on, false as overdue, false as returned"
        " from {rows} where replace_by is not null",
    ),
)
"""A check-in, the closing assessment, a successor for the instructor who left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccompanimentListed(AccompanimentRow):
    """Where one accompaniment stands, with what is known of its enterprise."""

    name: str
    county: str
    stations: tuple[str, ...]
    """The rest stations (工会驿站) of the enterprise's town today, as far as its town is known."""


_ROWS = TypeAdapter(tuple[AccompanimentListed, ...])


class AccompanimentsAsked(BaseModel):
    """Which accompaniments, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode | None = None
    """The region and those in it (行政区划)."""
    status: AccompanimentStatus | None = None
    """How far it has come (陪跑状态)."""
    after: CreditCode | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class AccompanimentPage(BaseModel):
    """A page of the ledger, in the order of the credit codes."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    accompaniments: tuple[AccompanimentListed, ...]
    next: CreditCode | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_accompaniments(desk: Desk, asked: AccompanimentsAsked) -> AccompanimentPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    async with desk.read(ACCOMPANIMENTS) as reading:
        page, following = await reading.page(
            _ROWS,
            "enterprise",
            _LIST.format(rows=reading.rows),
            desk.subtree,
            asked.after or "",
            regions.prefix(asked.region),
            asked.status,
            desk.moment.today,
            limit=asked.limit,
        )
    return AccompanimentPage(
        accompaniments=page,
        next=following,
        freshness=reading.freshness,
    )
