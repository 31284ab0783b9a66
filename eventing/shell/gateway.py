"""One port for all services, under the paths that a gateway serves elsewhere; health, schemas and the played clock."""

from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from pydantic import BaseModel
from starlette.types import ASGIApp, Receive, Scope, Send

from contracts.vocabulary import AskedInstant
from eventing.identity import Role
from eventing.playing import Playing
from eventing.refusal import NotFound, Refused
from eventing.shell.access import anyone, check_declared, check_role, only
from eventing.shell.application import shelled
from eventing.shell.health import health_routes
from eventing.shell.problems import Problems
from eventing.shell.runtime import World
from eventing.shell.texts import Texts


class Advance(BaseModel):
    """Business time to move to."""

    to: AskedInstant


class Now(BaseModel):
    """Business time."""

    now: datetime
    played: bool
    """Whether it moves only by `POST` here."""


def gateway(apps: Mapping[str, FastAPI], world: World, playing: Playing | None) -> ASGIApp:
    """`/api/<service>/…` goes to that service, anything else to the platform itself."""
    platform = _platform(world, playing)

    async def dispatch(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        name = path.split("/", 3)[2] if path.startswith("/api/") else ""
        await apps.get(name, platform)(scope, receive, send)

    return dispatch


def _platform(world: World, playing: Playing | None) -> FastAPI:
    router = APIRouter()

    async def allowed(request: Request) -> None:
        check_role(request.scope["route"], world.verifier.actor(request.headers.get("authorization")))

    @router.get("/schemas/{name}.json", **anyone())
    async def schema(name: str) -> Response:
        """The golden JSON Schema of an event type: what its `dataschema` points at."""
        file = files("contracts") / "schemas" / f"{name}.json"
        if not name.replace(".", "").isalnum() or not file.is_file():
            raise NotFound("unknown_route")
        return Response(file.read_bytes(), media_type="application/schema+json")

    @router.get("/api/platform/clock", **only(*Role), dependencies=[Depends(allowed)])
    async def clock() -> Now:
        """Business time (业务时间)."""
        return Now(now=world.clock.now(), played=playing is not None)

    @router.post("/api/platform/clock", **only(Role.OPERATOR), dependencies=[Depends(allowed)])
    async def advance(to: Advance) -> Now:
        """Play business time up to an instant: all that falls due on the way is done (推进业务时间)."""
        if playing is None:
            raise Refused("clock_not_played", "to")
        return Now(now=await playing.advance(to.to), played=True)

    problems = Problems(Texts(), world.settings.public_url)
    routers = [router, health_routes(world.health, world.metrics, problems)]
    app = shelled(routers, problems, world.settings, world.metrics)
    check_declared(app, allowed)
    return app
