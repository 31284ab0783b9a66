"""The nearest places bare, as one would write it oneself: a table of points, a GiST index, the ten nearest in SQL, and
a route of FastAPI that answers them as JSON."""

import orjson
from fastapi import FastAPI, Response

from eventing.database import Pool
from eventing.shell.runtime import Runtime

SQL = """
select station, name, place[0] as x, place[1] as y, place <-> point($1::float8, $2::float8) as metres
from bare_place order by place <-> point($1::float8, $2::float8) limit 10
"""


async def make_bare(pool: Pool) -> None:
    """Beside a filled view `nearby`: one point for each of its stations that has stood somewhere."""
    async with pool.acquire() as connection, connection.transaction():
        for name in ("statement_timeout", "transaction_timeout"):
            await connection.execute(f"set local {name} = 0")
        await connection.execute(
            "create table bare_place as select station, name, point(west, south) as place from view_nearby"
            " where west is not null",
            timeout=600,
        )
        await connection.execute("create index on bare_place using gist (place)", timeout=600)
    await pool.execute("vacuum analyze bare_place", timeout=600)


def knn_application(runtime: Runtime) -> FastAPI:
    """Nothing but the search: no hours, no equipment, no token, no limits, no freshness; distances on the plane."""
    pool, app = runtime.pool, FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/knn")
    async def knn(x: float, y: float) -> Response:
        found = [dict(row) for row in await pool.fetch(SQL, x, y)]
        return Response(orjson.dumps(found), media_type="application/json")

    return app
