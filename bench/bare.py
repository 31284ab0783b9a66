"""The same work bare: a FastAPI route that checks the token, parses the body, and runs our path's statements."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import orjson
from asyncpg.connection import LoggedQuery
from fastapi import FastAPI, Request, Response

from bench.facts import COUNTY, NAME, UNION
from contracts import calendar
from contracts.creditcode import make_credit_code
from contracts.enterprise import Ownership
from eventing.deadline_table import DeadlineTable
from eventing.execution import Order
from eventing.shell.runtime import Runtime
from eventing.store.postgres import PostgresStore
from eventing.views import open_view
from services.enterprise.commands import RegisterEnterprise


async def bare_application(runtime: Runtime) -> FastAPI:
    """Takes the statements from one command that our path carries out, so that they can't drift apart."""
    answered, load, append, load_row, save_row, load_plan, save_plan, keep = await statements(runtime)
    pool, verifier = runtime.pool, runtime.verifier
    rest_of_row, rest_of_plan = save_row.args[2:], save_plan.args[2:]
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/api/enterprise/register")
    async def register(command: RegisterEnterprise, request: Request) -> Response:
        actor = verifier.actor(request.headers.get("authorization"))
        key, code, id = request.headers["idempotency-key"], command.enterprise, uuid4()
        stream, now = f"enterprise-{code}", datetime.now(UTC).isoformat()
        tail = _tail(stream, str(id), now, command.model_dump_json())
        async with pool.acquire() as connection, connection.transaction():
            await connection.fetchrow(answered.query, actor.subject, key)
            await connection.fetch(load.query, [stream])
            rows = await connection.fetch(append.query, [stream], [1], [id], [tail])
            await connection.fetch(load_row.query, [code])
            await connection.execute(save_row.query, [code], [command.name], *rest_of_row)
            await connection.fetch(load_plan.query, [code])
            await connection.execute(save_plan.query, [code], [command.name], *rest_of_plan)
            body = orjson.dumps({"stream": stream, "version": 1, "events": ["EnterpriseRegistered"]})
            await connection.execute(keep.query, actor.subject, key, "0" * 64, body.decode(), rows[0]["pos"])
        return Response(body, media_type="application/json")

    return app


def _tail(stream: str, id: str, now: str, data: str) -> str:
    attributes = {
        "specversion": "1.0",
        "id": id,
        "source": "/regions/610000/enterprise",
        "type": "gonglian.enterprise.EnterpriseRegistered.v1",
        "subject": stream,
        "time": now,
        "recordedtime": now,
        "streamversion": 1,
        "correlationid": id,
        "causationid": id,
        "causationdepth": 0,
        "datacontenttype": "application/json",
        "dataschema": "http://localhost:8610/schemas/gonglian.enterprise.EnterpriseRegistered.v1.json",
    }
    return f'{orjson.dumps(attributes).decode()[1:-1]},"data":{data}}}'


async def statements(runtime: Runtime) -> list[LoggedQuery]:
    """Raises `RuntimeError` where our path has others than the bare one knows."""
    service, pool, found = runtime.service, runtime.pool, list[Any]()
    views = [await open_view(pool, fold) for fold in service.views]
    store = PostgresStore(pool, views, DeadlineTable(service.deadlines, calendar.load()))
    async with pool.acquire() as connection, connection.transaction():
        unit = store.within(connection)
        await runtime.execution.within(unit, _registration(30**8))  # asyncpg asks for types at a first use
        with connection.query_logger(found.append):
            await runtime.execution.within(unit, _registration(30**8 + 1))
    if len(found) != 8:
        raise RuntimeError(f"our path has {len(found)} statements now: bare.py must follow it")
    return found


def _registration(serial: int) -> Order:
    code = make_credit_code("91", COUNTY, serial)
    command = RegisterEnterprise(enterprise=code, name=NAME, ownership=Ownership.PRIVATE, county=COUNTY, union=UNION)
    return Order(command, "p-bench", f"recorded-{serial}", None, "recorded", "recorded")
