"""Which unions are to know that a station of their town is closed; the stations of a town stand beside its 60 days."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts.vocabulary import CreditCode
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.enterprise.queries.duties import Duties
from services.enterprise.views.stations import CLOSINGS, NOTED_STATIONS, ClosingRow

DUTIES = (
    # No time is set for it: it is due on the day from which the station is closed.
    Duties(
        "station_closed",
        CLOSINGS,
        "select enterprise, union_id, first_closed_on as due_on, false as overdue, false as returned"
        " from {rows} where first_closed_on is not null",
    ),
)

STATIONS_OF_TOWN = f"""
array(
    select station from {view_table(NOTED_STATIONS).rows} as noted
    where noted.town = {{town}} and noted.since <= {{day}} and (noted.until is null or {{day}} < noted.until)
    order by station
)
"""
"""The ids of the stations that serve a town on a day: an SQL expression."""

_LIST = """
select * from {rows}
where union_id = any($1::text[]) and first_closed_on is not null and enterprise > $2 order by enterprise limit $3
"""


class ClosingsAsked(BaseModel):
    """From where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    after: CreditCode | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class ClosingPage(BaseModel):
    """A page of enterprises whose unions are told of closed stations, in the order of the credit codes."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    closings: tuple[ClosingRow, ...]
    next: CreditCode | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


_ROWS = TypeAdapter(tuple[ClosingRow, ...])


async def list_closings(desk: Desk, asked: ClosingsAsked) -> ClosingPage:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    async with desk.read(CLOSINGS) as reading:
        page, following = await reading.page(
            _ROWS,
            "enterprise",
            _LIST.format(rows=reading.rows),
            desk.subtree,
            asked.after or "",
            limit=asked.limit,
        )
    return ClosingPage(closings=page, next=following, freshness=reading.freshness)
