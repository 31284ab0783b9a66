"""With how many unions does each instructor (优会强会指导员) walk now, and how many more is there room for?"""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from contracts.vocabulary import PersonId
from eventing.read_models import Freshness
from eventing.shell.desk import Desk
from services.enterprise import rules
from services.enterprise.views.alongside import ACCOMPANIMENTS

_LIST = """
select instructor, count(*) as walks_with, count(*) filter (where union_id = any($1::text[])) as yours
from {rows} where instructor > $2 group by instructor
having count(*) filter (where union_id = any($1::text[])) > 0
order by instructor limit $3
"""


@dataclass(frozen=True, slots=True)
class InstructorLoad:
    """One instructor's load."""

    instructor: str
    walks_with: int
    """Unions, wherever."""
    yours: int
    """Those of your union and those below it among them."""


_ROWS = TypeAdapter(tuple[InstructorLoad, ...])


class InstructorsAsked(BaseModel):
    """From where on."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    after: PersonId | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=500)] = 100


class InstructorPage(BaseModel):
    """A page of those who walk with a union now, in the order of their pseudonyms."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    instructors: tuple[InstructorLoad, ...]
    at_most: int
    """Unions that one may walk with at once, today."""
    next: PersonId | None
    """Ask again with this as `after`; null: this was the last page."""
    freshness: tuple[Freshness, ...]


async def list_instructors(desk: Desk, asked: InstructorsAsked) -> InstructorPage:
    """Raises nothing: who walks with no union of the actor's subtree isn't there."""
    async with desk.read(ACCOMPANIMENTS) as reading:
        page, following = await reading.page(
            _ROWS, "instructor", _LIST.format(rows=reading.rows), desk.subtree, asked.after or "", limit=asked.limit
        )
    return InstructorPage(
        instructors=page,
        at_most=rules.on(desk.moment.today).instructor_load,
        next=following,
        freshness=reading.freshness,
    )
