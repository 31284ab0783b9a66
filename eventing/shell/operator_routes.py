"""What an operator sees of a service and does to it: `/api/<service>/operator/…`."""

from datetime import datetime
from typing import TYPE_CHECKING

from fastapi import APIRouter
from pydantic import BaseModel

from eventing.identity import Role
from eventing.refusal import Forbidden
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Desk

if TYPE_CHECKING:
    from eventing.shell.runtime import Runtime


class ReaderAt(BaseModel):
    """A reader's position in a source: the last sequence applied and that event's hash."""

    reader: str
    source: str
    sequence: int
    hash: str
    epoch: int


class Standing(BaseModel):
    """How far a service is. `sequence` is its log's head, `unsealed` counts what waits for its number."""

    source: str
    sequence: int
    hash: str
    unsealed: int
    next_due_at: datetime | None
    readers: tuple[ReaderAt, ...]


def operator_routes(service: str, runtime: "Runtime", owner: str) -> APIRouter:
    """`owner` is the union whose platform it is: only an operator of that union or one above it comes in."""
    router = APIRouter(prefix=f"/api/{service}/operator", tags=["operator"])

    def must_operate(desk: Desk) -> None:
        if not desk.within(owner):
            raise Forbidden("not_your_union", union=owner, yours=desk.actor.union)

    @router.get("/standing", **only(Role.OPERATOR))
    async def standing(desk: AtDesk) -> Standing:
        """运行状况 · How far the log, its readers and its clocks are."""
        must_operate(desk)
        async with runtime.pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
            head = await connection.fetchrow("select sequence, hash from head")
            unsealed = await connection.fetchval("select count(*) from unsealed")
            due = await connection.fetchval("select min(due_at) from deadline")
            readers = await connection.fetch("select * from position order by reader, source")
        assert head is not None, "made when the runtime was opened"
        return Standing(
            source=runtime.source,
            sequence=head["sequence"],
            hash=head["hash"],
            unsealed=unsealed,
            next_due_at=due,
            readers=tuple(ReaderAt(**{name: row[name] for name in ReaderAt.model_fields}) for row in readers),
        )

    return router
