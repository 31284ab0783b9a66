"""Which enterprises of an officer's union, and those below it, refuse to talk? Internal (重点督导)."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts.vocabulary import CreditCode
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from services.enterprise.queries.duties import Duties
from services.enterprise.views.supervision import SUPERVISIONS, SupervisionRow

_NO_LETTER = """
confirmed_on is not null and ended_on is null
and labour_inspection_sent_on is null and market_supervision_sent_on is null and other_sent_on is null
"""

_LIST = f"""
select * from {{rows}}
where union_id = any($1::text[]) and enterprise > $2
  and (ended_on is not null) = $3 and (not $4 or ({_NO_LETTER}))
order by enterprise limit $5
"""

_ROWS = TypeAdapter(tuple[SupervisionRow, ...])

DUTIES = (
    # No figure is stated for how long the letter may take: promptly [S], so it is due on the day of the confirmation.
    Duties(
        "supervision_letter",
        SUPERVISIONS,
        f"select enterprise, union_id, confirmed_on as due_on, false as overdue, false as returned"
        f" from {{rows}} where {_NO_LETTER}",
    ),
)


class SupervisionsAsked(BaseModel):
    """Which supervisions, and from where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    ended: bool = False
    """Those that have ended, instead of those that go on (已结束)."""
    no_letter: bool = False
    """Only confirmed refusals of which no authority was told yet (待函告)."""
    after: CreditCode | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class SupervisionPage(BaseModel):
    """A page of supervisions, in the order of the credit codes."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    supervisions: tuple[SupervisionRow, ...]
    next: CreditCode | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_supervisions(desk: Desk, asked: SupervisionsAsked) -> SupervisionPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    async with desk.read(SUPERVISIONS) as reading:
        page, following = await reading.page(
            _ROWS,
            "enterprise",
            _LIST.format(rows=reading.rows),
            desk.subtree,
            asked.after or "",
            asked.ended,
            asked.no_letter,
            limit=asked.limit,
        )
    return SupervisionPage(
        supervisions=page,
        next=following,
        freshness=reading.freshness,
    )
