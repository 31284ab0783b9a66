"""A service's API documents: OpenAPI with its roles, and a page that needs nothing from the internet."""

from collections.abc import Sequence
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import FileResponse, HTMLResponse, Response
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute

from eventing.refusal import NotFound
from eventing.shell.access import DECLARED, anyone
from eventing.shell.problems import MEDIA_TYPE, Problem

_ASSETS = ("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png")
_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
_PAGE = """<!DOCTYPE html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="icon" href="docs-assets/favicon-32x32.png">
<link rel="stylesheet" href="docs-assets/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs-assets/swagger-ui-bundle.js"></script>
<script src="docs-assets/start.js"></script>
</body>
</html>
"""
_START = """// Swagger UI 4 turns away OpenAPI 3.1 by its number, and knows `example` where 3.1 has `examples`.
const known = (_, value) => (Array.isArray(value?.examples) ? { ...value, example: value.examples[0] } : value);
fetch("openapi.json").then((answer) => answer.text()).then((text) => SwaggerUIBundle({
  spec: { ...JSON.parse(text, known), openapi: "3.0.3" },
  dom_id: "#swagger-ui",
  validatorUrl: null,
  deepLinking: true,
  presets: [SwaggerUIBundle.presets.apis],
}));
"""
_FASTAPIS_OWN = ("HTTPValidationError", "ValidationError")
_COMMAND_HEADERS = [
    {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "schema": {"type": "string", "pattern": r"^[\x21-\x7e]{1,128}$"},
        "description": "Yours for this command: sent again, it gets the first answer again.",
        "example": "2025-05-06-register-17",
    },
    {
        "name": "Prefer",
        "in": "header",
        "schema": {"type": "string"},
        "description": "`wait` or `wait=SECONDS`: answer with the command's position in the log.",
        "example": "wait",
    },
]
_REFUSAL = {
    "description": "A refusal (RFC 9457): which rule stood in the way, and what to do",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def docs_routes(service: str, title: str, version: str) -> APIRouter:
    """`/api/<service>/docs` and `/api/<service>/openapi.json`, for all routes below `/api/<service>/`."""
    router = APIRouter(prefix=f"/api/{service}", include_in_schema=False)
    made: list[bytes] = []

    @router.get("/openapi.json", **anyone())
    async def openapi(request: Request) -> Response:
        if not made:
            made.append(orjson.dumps(describe(request.app.routes, router.prefix, title, version)))
        return Response(made[0], media_type="application/json")

    @router.get("/docs", **anyone())
    async def page() -> Response:
        return HTMLResponse(_PAGE.format(title=title), headers={"content-security-policy": _POLICY})

    @router.get("/docs-assets/start.js", **anyone())
    async def start() -> Response:
        return Response(_START, media_type="text/javascript")

    @router.get("/docs-assets/{name}", **anyone())
    async def asset(name: str) -> Response:
        from swagger_ui_bundle import swagger_ui_path  # 25 ms, for a page that few open

        if name not in _ASSETS:
            raise NotFound("unknown_route")
        return FileResponse(swagger_ui_path / name, headers={"cache-control": "public, max-age=86400"})

    return router


def describe(routes: Sequence[BaseRoute], below: str, title: str, version: str) -> dict[str, Any]:
    """OpenAPI of the routes below a path: which need a token, with which roles (`x-roles`), and how a refusal looks."""
    ours = [route for route in iter_route_contexts(routes) if (route.path or "").startswith(f"{below}/")]
    document = get_openapi(title=title, version=version, routes=ours)
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method == "post" and not path.startswith((f"{below}/operator/", f"{below}/ledgers/")):
                operation["parameters"] = [*operation.get("parameters", []), *_COMMAND_HEADERS]
            operation["security"] = [{"bearer": []}] if operation[DECLARED] else []
            operation["responses"].pop("422", None)  # FastAPI's own shape, which nothing here answers with
            operation["responses"]["default"] = {"$ref": "#/components/responses/Problem"}
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {}) | problem.pop("$defs") | {"Problem": problem}
    components["schemas"] = {name: schema for name, schema in schemas.items() if name not in _FASTAPIS_OWN}
    components["responses"] = {"Problem": _REFUSAL}
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}}
    return document
