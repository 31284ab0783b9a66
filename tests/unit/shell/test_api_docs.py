import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from eventing.decision import Command
from eventing.identity import Role
from eventing.shell.access import anyone, only
from eventing.shell.docs import docs_routes
from eventing.shell.problems import Problems, install
from eventing.shell.texts import Texts


class Found(Command):
    members: int


def a_service(name: str) -> APIRouter:
    router = APIRouter(prefix=f"/api/{name}")

    @router.post("/found", **only(Role.OFFICER, Role.APPROVER))
    async def found(command: Found) -> str:
        return name

    @router.get("/public", **anyone())
    async def public() -> str:
        return name

    return router


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(a_service("stations"))
    app.include_router(a_service("enterprise"))
    app.include_router(docs_routes("enterprise", "工联 enterprise", "1"))
    install(app, Problems(Texts(), "http://example.test"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://toy") as client:
        yield client


async def the_document(client: httpx.AsyncClient) -> Any:
    return (await client.get("/api/enterprise/openapi.json")).json()


async def test_the_page_and_its_scripts_come_from_here_only(client: httpx.AsyncClient) -> None:
    page = await client.get("/api/enterprise/docs")
    assert "http:" not in page.text
    assert "https:" not in page.text
    assert not re.search(r"(src|href)=\"//", page.text)
    assert not re.search(r"<script(?![^>]*src=)", page.text), "an inline script, which the policy forbids"
    policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
    assert page.headers["content-security-policy"] == policy
    assets = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(assets) == 4
    for asset in assets:
        answer = await client.get(f"/api/enterprise/{asset}")
        assert answer.status_code == 200, asset
        assert answer.content


async def test_what_starts_the_page_names_no_other_host(client: httpx.AsyncClient) -> None:
    start = await client.get("/api/enterprise/docs-assets/start.js")
    assert start.headers["content-type"].startswith("text/javascript")
    assert "http" not in start.text
    assert "validatorUrl: null" in start.text, "or it asks validator.swagger.io"


@pytest.mark.parametrize("name", ["swagger-ui.js.map", "..%2f__init__.py", "index.html"])
async def test_no_other_file_is_served(client: httpx.AsyncClient, name: str) -> None:
    assert (await client.get(f"/api/enterprise/docs-assets/{name}")).status_code == 404


async def test_the_document_is_of_this_service_only(client: httpx.AsyncClient) -> None:
    assert set((await the_document(client))["paths"]) == {"/api/enterprise/found", "/api/enterprise/public"}


async def test_the_document_says_who_may_call_what(client: httpx.AsyncClient) -> None:
    document = await the_document(client)
    found = document["paths"]["/api/enterprise/found"]["post"]
    assert found["x-roles"] == ["approver", "officer"]
    assert found["security"] == [{"bearer": []}]
    assert document["paths"]["/api/enterprise/public"]["get"]["security"] == []
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


async def test_the_document_says_what_a_refusal_looks_like(client: httpx.AsyncClient) -> None:
    document = await the_document(client)
    responses = document["paths"]["/api/enterprise/found"]["post"]["responses"]
    assert set(responses) == {"200", "default"}
    content = document["components"]["responses"]["Problem"]["content"]
    assert content == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    schemas = document["components"]["schemas"]
    assert {"Problem", "Wrong", "Found"} <= set(schemas)
    assert "HTTPValidationError" not in schemas
    for reference in re.findall(r'"#/components/schemas/(\w+)"', str(document).replace("'", '"')):
        assert reference in schemas
