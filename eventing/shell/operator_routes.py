"""What an operator sees of a service and does to it: `/api/<service>/operator/…`."""

from datetime import datetime
from typing import TYPE_CHECKING

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel

from eventing.identity import Role
from eventing.kept_clock import KeptClock
from eventing.refusal import Forbidden, Refused
from eventing.shell.access import only
from eventing.shell.desk import AtDesk, Desk
from eventing.standing import Standing

if TYPE_CHECKING:
    from eventing.shell.runtime import Runtime


class Move(BaseModel):
    """An instant of business time to go by."""

    to: AwareDatetime


class Clock(BaseModel):
    """Business time here."""

    now: datetime


class Fired(BaseModel):
    """How many deadlines were due and are done."""

    fired: int


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

    return router
