"""What the ledger of check-ins answers, to whom it belongs: an officer sees their union and those below it."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts import regions
from contracts.vocabulary import CreditCode, RegionCode
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.enterprise.views.check_ins import CHECK_INS, CheckInOutcome, CheckInRow
from services.enterprise.views.enterprises import ENTERPRISES

_CHECK_IN = r"^[0-9A-Z]{18}/[0-9-]{10}$"

_LIST = f"""
select c.*, e.name, e.county from {{rows}} c join {view_table(ENTERPRISES).rows} e using (enterprise)
where e.union_id = any($1::text[]) and c.check_in > $2 and starts_with(e.county, $3)
  and ($4::text is null or enterprise = $4) and ($5::text is null or c.outcome = $5)
order by c.check_in limit $6
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInListed(CheckInRow):
    """One check-in, with what is known of its enterprise."""

    name: str
    county: str


_ROWS = TypeAdapter(tuple[CheckInListed, ...])


class CheckInsAsked(BaseModel):
    """Which check-ins, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    region: RegionCode | None = None
    """The region and those in it (行政区划)."""
    enterprise: CreditCode | None = None
    """One enterprise's."""
    outcome: CheckInOutcome | None = None
    """Held in time, held late, or missed."""
    after: Annotated[str, Field(pattern=_CHECK_IN, examples=["91610102MA0000007T/2025-05-20"])] | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class CheckInPage(BaseModel):
    """A page of the ledger, in the order of the credit codes and due days."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    check_ins: tuple[CheckInListed, ...]
    next: str | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_check_ins(desk: Desk, asked: CheckInsAsked) -> CheckInPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    async with desk.read(CHECK_INS) as reading:
        page, following = await reading.page(
            _ROWS,
            "check_in",
            _LIST.format(rows=reading.rows),
            desk.subtree,
            asked.after or "",
            regions.prefix(asked.region),
            asked.enterprise,
            asked.outcome,
            limit=asked.limit,
        )
    return CheckInPage(
        check_ins=page,
        next=following,
        freshness=reading.freshness,
    )
