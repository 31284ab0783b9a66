"""What an operator sees of a service and does to it: `/api/<service>/operator/…`."""

from datetime import datetime
from typing import TYPE_CHECKING

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from contracts.vocabulary import AskedInstant
from eventing import parking
from eventing.identity import Role
from eventing.kept_clock import KeptClock
from eventing.parking import Parked, StreamShown
from eventing.refusal import Forbidden, Refused
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Desk
from eventing.standing import Standing

if TYPE_CHECKING:
    from eventing.shell.runtime import Runtime


class Move(BaseModel):
    """An instant of business time to go by."""

    to: AskedInstant


class Clock(BaseModel):
    """Business time here."""

    now: datetime


class Fired(BaseModel):
    """How many deadlines were due and are done."""

    fired: int


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
    sequence: int | None = Field(default=None, ge=1, le=2**63 - 1, examples=[41])


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
        return await runtime.standing()

    @router.post("/clock", **only(Role.OPERATOR))
    async def set_clock(move: Move, desk: AtDesk) -> Clock:
        """推演时钟 · Move business time, where it is played; an earlier instant changes nothing."""
        must_operate(desk)
        if not isinstance(runtime.clock, KeptClock):
            raise Refused("clock_not_played", "to")
        await runtime.clock.set(move.to)
        return Clock(now=runtime.clock.now())

    @router.post("/deadlines/fire", **only(Role.OPERATOR))
    async def fire_due(desk: AtDesk) -> Fired:
        """到期处理 · Fire what is due by this service's clock, each deadline once."""
        must_operate(desk)
        return Fired(fired=await runtime.deadlines.fire_due())

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
