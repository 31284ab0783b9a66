"""Who may call a route is declared beside it; an application with an undeclared route doesn't start."""

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from eventing.identity import Role

DECLARED = "x-roles"


def only(*roles: Role) -> dict[str, Any]:
    """Route keywords: the roles that may call it. `@router.post("/survey", **only(Role.OFFICER))`."""
    return {"openapi_extra": {DECLARED: sorted(roles)}}


def anyone() -> dict[str, Any]:
    """Route keywords: no token needed (health, metrics, documents)."""
    return {"openapi_extra": {DECLARED: []}}


class Undeclared(Exception):
    """A route that doesn't say who may call it."""


def check_declared(app: FastAPI) -> None:
    """Raise `Undeclared` unless every route says who may call it."""
    for route in app.routes:
        if isinstance(route, APIRoute) and DECLARED not in (route.openapi_extra or {}):
            raise Undeclared(f"{sorted(route.methods)} {route.path}")
