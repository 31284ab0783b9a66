"""What an operator sees of a service and does to it: `/api/<service>/operator/…`."""

from datetime import datetime
from typing import TYPE_CHECKING

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from eventing import parking
from eventing.identity import Role
from eventing.parking import Parked, StreamShown
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


class Retry(BaseModel):
    """Which parked stream is to be tried again; without both, every one of this service."""

    model_config = ConfigDict(extra="forbid")

    reader: str | None = Field(default=None, examples=["scoreboard/1"])
    stream: str | None = Field(default=None, examples=["enterprise-91610102MA0000007T"])


class Discard(BaseModel):
    """Which stream's failing event is to be given up, and why; with `sequence`, only if it is that event."""

    model_config = ConfigDict(extra="forbid")

    reader: str = Field(examples=["scoreboard/1"])
    stream: str = Field(examples=["enterprise-91610102MA0000007T"])
    reason: str = Field(min_length=1, max_length=500, examples=["registered-twice"])
    sequence: int | None = Field(default=None, examples=[41])


class Wished(BaseModel):
    """Of how many streams it is wished now; their readers carry it out within a second or so."""

    wished: int


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

    @router.get("/parked", **only(Role.OPERATOR))
    async def parked(desk: AtDesk) -> Parked:
        """搁置的事件流 · What the readers have set aside: failing streams, unknown types, unreadable records."""
        must_operate(desk)
        return await parking.all_parked(runtime.pool)

    @router.get("/parked/stream", **only(Role.OPERATOR))
    async def parked_stream(desk: AtDesk, reader: str, stream: str, data: bool = False) -> StreamShown:
        """一个搁置的事件流 · What waits in one stream."""
        must_operate(desk)
        return await parking.show(runtime.pool, reader, stream, data)

    @router.post("/parked/retry", **only(Role.OPERATOR))
    async def retry_parked(desk: AtDesk, wish: Retry) -> Wished:
        """重试 · Have it tried again: the failing event and what waits behind it, in order."""
        must_operate(desk)
        if wish.reader is None and wish.stream is None:
            return Wished(wished=await parking.wish_retry_all(runtime.pool, desk.actor.subject))
        await parking.wish_retry(runtime.pool, desk.actor.subject, wish.reader or "", wish.stream or "")
        return Wished(wished=1)

    @router.post("/parked/discard", **only(Role.OPERATOR))
    async def discard_parked(desk: AtDesk, wish: Discard) -> Wished:
        """放弃 · Give up the failing event, with a reason; what waits behind it is taken up."""
        must_operate(desk)
        by, reason = desk.actor.subject, wish.reason
        await parking.wish_discard(runtime.pool, by, wish.reader, wish.stream, reason, wish.sequence)
        runtime.journal.warning("discard_wished", reader=wish.reader, reason_given=True)
        return Wished(wished=1)

    return router
