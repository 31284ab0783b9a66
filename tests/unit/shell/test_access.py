from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.responses import PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from eventing.identity import Actor, Role
from eventing.refusal import Forbidden
from eventing.shell.access import Undeclared, anyone, check_declared, check_role, only


def gate() -> None: ...


def through_the_gate(passed: Annotated[None, Depends(gate)]) -> None: ...


def an_app(router: APIRouter) -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    outer = APIRouter()
    outer.include_router(router, prefix="/inner")
    app.include_router(outer, prefix="/api")
    return app


def test_a_route_that_says_nothing_is_found_however_deep_it_is_included() -> None:
    router = APIRouter()

    @router.get("/open")
    async def open_() -> None: ...

    with pytest.raises(Undeclared, match="/api/inner/open"):
        check_declared(an_app(router))


def test_a_route_of_another_kind_is_found_too() -> None:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/files", StaticFiles(directory="."))
    with pytest.raises(Undeclared, match="/files"):
        check_declared(app)

    async def plain(request: Request) -> Response:
        return PlainTextResponse("open")

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_route("/plain", plain)
    with pytest.raises(Undeclared, match="/plain"):
        check_declared(app)


def test_fastapis_own_documents_are_undeclared() -> None:
    with pytest.raises(Undeclared, match="openapi"):
        check_declared(FastAPI())


def test_declared_routes_pass() -> None:
    router = APIRouter()

    @router.get("/open", **anyone())
    async def open_() -> None: ...

    @router.get("/closed", **only(Role.OFFICER))
    async def closed(passed: Annotated[None, Depends(through_the_gate)]) -> None: ...

    check_declared(an_app(router), gate)


def test_a_route_that_names_roles_and_checks_nobody_is_found() -> None:
    router = APIRouter()

    @router.get("/closed", **only(Role.OFFICER))
    async def closed() -> None: ...

    with pytest.raises(Undeclared, match="nothing checks"):
        check_declared(an_app(router), gate)


def test_an_actor_needs_one_of_the_roles_that_the_route_names() -> None:
    router = APIRouter()

    @router.get("/closed", **only(Role.OFFICER, Role.APPROVER))
    async def closed() -> None: ...

    (route,) = router.routes
    check_role(route, Actor("a", frozenset({Role.APPROVER, Role.VIEWER}), "u-1"))
    with pytest.raises(Forbidden) as refused:
        check_role(route, Actor("a", frozenset({Role.VIEWER}), "u-1"))
    assert refused.value.facts == {"roles": ["approver", "officer"]}
