"""An officer's desk (工作台): what is due today, what is overdue, what comes next, what was sent back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts.vocabulary import Day, PersonId
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from eventing.views import view_table
from services.enterprise import rules
from services.enterprise.queries import alongside, founding, plans, stations, supervision, unions, visits
from services.enterprise.queries.duties import Duties
from services.enterprise.views.charges import CHARGES
from services.enterprise.views.enterprises import ENTERPRISES

DUTIES: tuple[Duties, ...] = (
    *visits.DUTIES,
    *supervision.DUTIES,
    *founding.DUTIES,
    *plans.DUTIES,
    *alongside.DUTIES,
    *unions.DUTIES,
    *stations.DUTIES,
)
"""Every subject's; a kind stands once."""

_PLACED = """
with duty as ({duties}),
placed as (
    select duty.kind, duty.enterprise, duty.union_id, duty.due_on,
        case
            when duty.returned then 'returned'
            when duty.overdue or duty.due_on < $2 then 'overdue'
            when duty.due_on = $2 then 'today'
            when duty.due_on <= $3 then 'coming'
        end as place
    from duty
    where duty.union_id = any($1::text[])
        and ($4::text is null
            or $4 = (select officer from {charges} as charge where charge.enterprise = duty.enterprise))
)
"""

_COUNTS = f"{_PLACED} select place, count(*) from placed where place is not null group by place"

_ROWS = f"""
{_PLACED},
numbered as (
    select *, row_number() over (partition by place order by due_on, enterprise, kind) as number
    from placed where place is not null
)
select numbered.*,
    (select name from {{enterprises}} as found where found.enterprise = numbered.enterprise) as name,
    (select officer from {{charges}} as charge where charge.enterprise = numbered.enterprise) as officer
from numbered where number > $5 and number <= $5 + $6 order by place, number
"""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that falls due."""

    kind: str
    """What it is, such as `visit`."""
    enterprise: str
    name: str
    union_id: str
    """The union that it belongs to."""
    due_on: date | None
    officer: str | None
    """Who is responsible (责任人) for the enterprise; null: nobody was named."""


_DUTIES_SHOWN = TypeAdapter(tuple[Duty, ...])


class DeskAsked(BaseModel):
    """Whose desk, and on which day."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    officer: PersonId | None = None
    """Only what this officer is responsible for (责任人). Left out: all of your union and those below it."""
    on: Day | None = None
    """Left out: today. What is open is what is open now, whichever day is asked for."""
    skip: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    """So many of each part are left out, those due first."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    """So many of each part at most."""


class DeskPart(BaseModel):
    """All there are in this part, and those of the page; what is due first comes first."""

    model_config = ConfigDict(frozen=True)

    count: int
    duties: tuple[Duty, ...]


class DeskShown(BaseModel):
    """The desk. Each open duty lies in one part at most."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    on: date
    coming_until: date
    """So many working days (工作日) after `on`: 5, unless changed since."""
    today: DeskPart
    """Due on that day (今日到期)."""
    overdue: DeskPart
    """逾期."""
    coming: DeskPart
    """Due by `coming_until` (即将到期)."""
    returned: DeskPart
    """Sent back by the union next up (退回)."""
    freshness: tuple[Freshness, ...]


async def show_desk(desk: Desk, asked: DeskAsked) -> DeskShown:
    """Raises nothing: what lies outside the actor's subtree isn't there."""
    on = asked.on or desk.moment.today
    until = desk.moment.calendar.due(on, rules.on(on).desk_looks_ahead).on
    asking = (desk.subtree, on, until, asked.officer)
    async with desk.read(CHARGES) as reading:
        counts = {row["place"]: row["count"] for row in await reading.fetch(counts_sql(), *asking)}
        rows = await reading.fetch(rows_sql(), *asking, asked.skip, asked.limit)
    parts = {
        place: DeskPart(
            count=counts.get(place, 0),
            duties=_DUTIES_SHOWN.validate_python([dict(row) for row in rows if row["place"] == place]),
        )
        for place in ("today", "overdue", "coming", "returned")
    }
    return DeskShown(on=on, coming_until=until, **parts, freshness=reading.freshness)


def counts_sql() -> str:
    """How many duties there are in each part; $1 to $4: unions, the day, the last one of what is coming, officer."""
    return _COUNTS.format(**_tables())


def rows_sql() -> str:
    """The duties of each part's page; besides, $5 and $6: how many to leave out, and how many at most."""
    return _ROWS.format(**_tables())


def _tables() -> dict[str, str]:
    return {
        "duties": _all(DUTIES),
        "enterprises": view_table(ENTERPRISES).rows,
        "charges": view_table(CHARGES).rows,
    }


def _all(duties: Sequence[Duties]) -> str:
    """Each kind's rows with its name, one below the other."""
    return " union all ".join(
        f"select '{duty.kind}' as kind, enterprise, union_id, due_on, overdue, returned"
        f" from ({duty.select.format(rows=view_table(duty.view).rows)}) as {duty.kind}"
        for duty in duties
    )
