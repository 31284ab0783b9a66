"""A service's ledgers over HTTP: `/api/<service>/ledgers/{ledger}/template|check|import|export`."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated, Any, BinaryIO, Literal, cast

from fastapi import APIRouter, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel, ValidationError
from starlette.background import BackgroundTask

from eventing.decision import Command
from eventing.identity import Actor, Role
from eventing.ledger.books import CSV, XLSX
from eventing.ledger.checking import Finding
from eventing.ledger.exporting import POSITION, export
from eventing.ledger.forms import write_csv_template, write_template
from eventing.ledger.importing import Refusal, Send, import_rows
from eventing.ledger.ledger import Becomes, Ledger
from eventing.refusal import Busy, NotFound, Refused
from eventing.shell.access import check_role, only
from eventing.shell.desk import AtDesk, Desk
from eventing.shell.ledger_upload import Told, as_file, read_upload
from eventing.shell.texts import Language, Texts

Form = Literal["xlsx", "csv"]
_LANES = 3
"""Commands of an import that are decided side by side: the service has others to serve."""
_EXPORTS = 2
"""Exports that are written at the same time."""


class LedgerChecked(BaseModel):
    """What the format tells. `good` rows could be sent; whether a rule refuses them shows on import."""

    ledger: str
    rows: int
    good: int
    findings: list[Finding]
    notices: list[Told]


class LedgerImported(BaseModel):
    """`done` rows are in, now or before; each of the others has its findings."""

    ledger: str
    rows: int
    done: int
    findings: list[Finding]
    notices: list[Told]


class Unrouted(Exception):
    """A ledger's command that no route of the service takes."""


def ledger_routes(service: str, ledgers: Sequence[Ledger], taken_by: APIRouter, texts: Texts) -> APIRouter:
    """Raises `Unrouted`. Whoever may not call a command's own route may not import rows that become it."""
    router = APIRouter(prefix=f"/api/{service}/ledgers", tags=["ledgers 台账"])
    by_name = {ledger.name: ledger for ledger in ledgers}
    routes = routes_of(service, ledgers, taken_by)
    writing = asyncio.Semaphore(_EXPORTS)
    file_out: dict[int | str, dict[str, Any]] = {200: {"content": {XLSX: {}, CSV: {}}, "description": "A spreadsheet"}}

    def named(name: str) -> Ledger:
        if name not in by_name:
            raise NotFound("ledger_unknown", "ledger", ledger=name, known=list(by_name))
        return by_name[name]

    @router.get("/{ledger}/template", response_class=Response, responses=file_out, **only(*_READERS))
    async def template(ledger: str, desk: AtDesk, format: Form = "xlsx") -> Response:
        """台账模板 · An empty ledger to fill in: headers, drop-downs, an example row, each column explained."""
        chosen, file = named(ledger), BytesIO()
        await asyncio.to_thread(write_template if format == "xlsx" else write_csv_template, file, chosen)
        return Response(file.getvalue(), media_type=_type(format), headers=as_file(f"{chosen.zh}-模板.{format}"))

    @router.post("/{ledger}/check", response_model=LedgerChecked, responses=file_out, **_takes_a_file(Role.OFFICER))
    async def check(ledger: str, request: Request, desk: AtDesk, report: _Report = False) -> Any:
        """检查台账 · What is wrong with which row of a filled-in ledger; nothing is entered."""
        read = await read_upload(named(ledger), request, texts)
        found = {row.number: row.findings for row in read.rows if row.findings}
        if report:
            return await read.report(found)
        return LedgerChecked(rows=len(read.rows), good=len(read.rows) - len(found), **read.told(found))

    @router.post("/{ledger}/import", response_model=LedgerImported, responses=file_out, **_takes_a_file(Role.OFFICER))
    async def import_(ledger: str, request: Request, desk: AtDesk, report: _Report = False) -> Any:
        """导入台账 · Enter a ledger's rows: the good ones go in, the others come back. Twice changes nothing."""
        chosen = named(ledger)
        must_be_let(chosen, routes, desk.actor)
        read = await read_upload(chosen, request, texts)
        imported = await import_rows(chosen, read.checker, read.rows, _sender(desk, texts, read.language), _LANES)
        if report:
            return await read.report(imported.findings)
        return LedgerImported(rows=imported.rows, done=imported.done, **read.told(imported.findings))

    @router.get("/{ledger}/export", response_class=Response, responses=file_out, **only(*_READERS))
    async def export_(ledger: str, request: Request, desk: AtDesk, format: Form = "xlsx") -> Response:
        """导出台账 · What the list shows, with the same filters, as a spreadsheet that can be imported again."""
        chosen = named(ledger)
        asked = {name: value for name, value in request.query_params.items() if name != "format"}
        with _as_a_query():
            chosen.export.asked.model_validate(asked)
        file = NamedTemporaryFile(prefix="gonglian-ledger-", delete=False)  # noqa: SIM115 -- the answer outlives us
        done = BackgroundTask(_discard, file.name)
        try:
            async with writing:
                position = await export(desk, chosen, asked, cast(BinaryIO, file), format)
            file.close()
        except BaseException:
            file.close()
            _discard(file.name)
            raise
        headers = {**as_file(f"{chosen.zh}.{format}"), POSITION: position}
        return FileResponse(file.name, media_type=_type(format), headers=headers, background=done)

    return router


_READERS = (Role.VIEWER, Role.OFFICER, Role.APPROVER)
_Report = Annotated[bool, Query(description="Answer with the workbook to hand back instead of JSON")]


def _takes_a_file(role: Role, *others: Role) -> dict[str, Any]:
    """Route keywords: the body is the file itself, xlsx or csv."""
    binary = {"schema": {"type": "string", "format": "binary"}}
    body = {"required": True, "content": {XLSX: binary, "text/csv": binary}}
    return {"openapi_extra": only(role, *others)["openapi_extra"] | {"requestBody": body}}


def _sender(desk: Desk, texts: Texts, language: Language) -> Send:
    async def send(_: Becomes, command: Command, key: str) -> Refusal | None:
        try:
            await desk.have_done(command, key)
        except Busy:
            raise  # of the whole request, which is to be repeated
        except Refused as refused:
            title, detail = texts.text(refused.code, language, refused.facts)
            return Refusal(refused.field, refused.code, title, detail)
        return None

    return send


def must_be_let(ledger: Ledger, routes: Mapping[type[Command], APIRoute], actor: Actor) -> None:
    """Raises `Forbidden` unless the actor may call each route that takes a command of the ledger's rows."""
    for becomes in ledger.becomes:
        check_role(routes[becomes.command], actor)


def routes_of(service: str, ledgers: Sequence[Ledger], taken_by: APIRouter) -> dict[type[Command], APIRoute]:
    """The service's own route for each command of the ledgers' rows; raises `Unrouted`."""
    by_path = {
        context.path: context.original_route
        for context in iter_route_contexts(taken_by.routes)
        if isinstance(context.original_route, APIRoute) and "POST" in (context.methods or ())
    }
    found = {}
    for ledger in ledgers:
        for becomes in ledger.becomes:
            route = by_path.get(f"/api/{service}/{becomes.route}")
            if route is None:
                raise Unrouted(f"ledger {ledger.name}: no POST /api/{service}/{becomes.route}")
            found[becomes.command] = route
    return found


@contextmanager
def _as_a_query() -> Iterator[None]:
    """A filter that isn't right is refused as on the list's own route."""
    try:
        yield
    except ValidationError as error:
        raise RequestValidationError(
            [{**one, "loc": ("query", *one["loc"])} for one in error.errors(include_url=False)]
        ) from error


def _discard(name: str) -> None:
    Path(name).unlink(missing_ok=True)


def _type(form: Form) -> str:
    return XLSX if form == "xlsx" else CSV
