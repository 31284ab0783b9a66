"""Who may call a route is declared beside it; an application with an undeclared route doesn't start."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute

from eventing.identity import Actor, Role
from eventing.refusal import Forbidden

DECLARED = "x-roles"


def only(role: Role, *others: Role) -> dict[str, Any]:
    """Route keywords: a token with one of these roles may call it. `@router.post("/survey", **only(Role.OFFICER))`."""
    return {"openapi_extra": {DECLARED: sorted({role, *others})}}


def anyone() -> dict[str, Any]:
    """Route keywords: no token needed (health, metrics, documents)."""
    return {"openapi_extra": {DECLARED: []}}


class Undeclared(Exception):
    """A route that doesn't say who may call it, or says so and has nobody to check it."""


def check_declared(app: FastAPI, gate: Callable[..., Any] | None = None) -> None:
    """Raise `Undeclared` unless every route says who may call it.

    With `gate` (the dependency that calls `check_role`): also unless every route that names roles passes through it.
    """
    # `app.routes` holds an included router as one entry of its own kind: only the contexts show every route.
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        what = f"{sorted(context.methods or [])} {context.path}"
        if not isinstance(route, APIRoute) or (roles := _declared(route)) is None:
            raise Undeclared(f"{what}: say `only(…)` or `anyone()`")
        if roles and gate is not None and not _passes(context.dependant, gate):
            raise Undeclared(f"{what}: names roles, and nothing checks them")


def check_role(route: BaseRoute | None, actor: Actor) -> None:
    """Refuse an actor who has none of the roles that the route names. Take the route from `request.scope["route"]`."""
    roles = _declared(route) if isinstance(route, APIRoute) else None
    if roles is None:
        raise Undeclared(str(route))
    if roles and actor.roles.isdisjoint(roles):
        raise Forbidden("role_missing", roles=roles)


def _declared(route: APIRoute) -> list[Role] | None:
    return (route.openapi_extra or {}).get(DECLARED)


def _passes(dependant: Dependant, gate: Callable[..., Any]) -> bool:
    return any(each.call is gate or _passes(each, gate) for each in dependant.dependencies)
