"""On PostgreSQL: the board is a recount of the rows, and the list behind a figure is as long as the figure."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from contracts.creditcode import make_credit_code
from contracts.enterprise import (
    EnterpriseRegistered,
    EnterpriseSurveyed,
    EnterpriseUnionized,
    Ownership,
    SizeClass,
    UnionForm,
)
from contracts.event import Event
from eventing.database import Pool
from eventing.engine import Table
from eventing.fold import Fold, fold_in_memory
from eventing.identity import Actor, Role
from eventing.moment import CHINA, Moment
from eventing.read_models import Reading
from eventing.shell.access import check_declared
from eventing.shell.desk import Desk, at_desk
from services.projection.api import router
from services.projection.queries.board import load_cells
from services.projection.scoreboard import SCOREBOARD
from services.projection.targets import TARGETS

TODAY = date(2025, 5, 20)
UNIONS = ["u-610102", "u-610113", "u-610118", "u-610702", "u-crec4"]


class DeskOverTable(Desk):
    """A desk in Xi'an's union over the tables of one build; what it was asked to wait for is kept."""

    def __init__(self, pool: Pool, table: Table, targets: Table, union: str = "u-610100") -> None:
        self._pool, self.waited = pool, list[str | None]()
        self._tables = {SCOREBOARD.name: table, TARGETS.name: targets}
        self.actor = Actor("s-1", frozenset({Role.OFFICER}), union)
        self.moment = Moment(datetime.combine(TODAY, time(12), CHINA))

    @asynccontextmanager
    async def read(self, fold: Fold) -> AsyncIterator[Reading]:
        table = self._tables[fold.name]
        async with self._pool.acquire() as connection, connection.transaction(isolation="repeatable_read"):
            yield Reading(connection, table.rows, table.cells, ())

    async def at_least(self, fold: Fold, position: str | None) -> None:
        assert fold is SCOREBOARD
        self.waited.append(position)


@pytest.fixture
def history() -> list[Event]:
    """400 enterprises of all kinds, changed in any order, in counties of three cities, one of them ended."""
    chance = random.Random(610000)
    codes = [make_credit_code(chance.choice(["91"] * 8 + ["92", "93"]), "610102", n) for n in range(400)]
    events: list[Event] = [
        EnterpriseRegistered(
            enterprise=code,
            name="西安示例机械有限公司",
            ownership=chance.choice(list(Ownership)),
            county=chance.choice(["610102", "610113", "610118", "610125", "610702"]),
            union=chance.choice(UNIONS),
            registered_on=TODAY,
        )
        for code in codes
    ]
    for _ in range(1500):
        code = chance.choice(codes)
        events.append(
            chance.choice(
                [
                    EnterpriseSurveyed(
                        enterprise=code,
                        labour_contracts=chance.choice([0, 1, 49, 50, 99, 100, 5000]),
                        dispatched=60,  # whatever the headcount: they count for no rate
                        size_class=chance.choice([None, None, *SizeClass]),
                        surveyed_on=TODAY,
                    ),
                    EnterpriseUnionized(
                        enterprise=code,
                        form=chance.choice(list(UnionForm)),
                        members=chance.choice([0, 1, 30]),
                        own_committee=True,
                        approved_on=TODAY,
                        approved_by="u-610102",
                        document="新工发〔2025〕12号",
                    ),
                ]
            )
        )
    return events


@pytest.fixture
async def table(pool: Pool, history: list[Event]) -> Table:
    table = Table(SCOREBOARD, "scoreboard_1")
    async with pool.acquire() as connection:
        await table.create(connection)
        for start in range(0, len(history), 100):
            async with connection.transaction():
                await table.fold_in(connection, history[start : start + 100])
    return table


@pytest.fixture
async def targets(pool: Pool) -> Table:
    """Nothing set but what holds from the start."""
    table = Table(TARGETS, "targets_1")
    async with pool.acquire() as connection:
        await table.create(connection)
    return table


@pytest.fixture
def desk(pool: Pool, table: Table, targets: Table) -> DeskOverTable:
    return DeskOverTable(pool, table, targets)


@pytest.fixture
async def client(desk: DeskOverTable) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(router)
    app.dependency_overrides[at_desk] = lambda: desk
    check_declared(app, at_desk)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


async def test_the_tables_are_the_fold_in_memory(desk: DeskOverTable, pool: Pool, history: list[Event]) -> None:
    rows, cells = fold_in_memory(SCOREBOARD, history)
    async with desk.read(SCOREBOARD) as reading:
        assert await load_cells(reading) == cells
    kept = await pool.fetch("select * from scoreboard_1")
    assert {record["code"]: SCOREBOARD.row(**dict(record)) for record in kept} == rows


async def test_the_list_is_as_long_as_the_figure_hidden_ones_included(client: httpx.AsyncClient) -> None:
    for region in ("610100", "610102", "610118"):
        board = (await client.get("/api/projection/scoreboard", params={"region": region})).raise_for_status().json()
        for figure in board["region"]["figures"]:
            total, covered = figure["total"], figure["covered"]
            for choice, expected in ((None, total), (True, covered), (False, total - covered)):
                hidden, lines = await listed(client, region, figure["metric"], choice)
                assert len(lines) + hidden == expected > hidden > 0
                assert {line["covered"] for line in lines} <= ({True, False} if choice is None else {choice})


async def listed(
    client: httpx.AsyncClient, region: str, metric: str, covered: bool | None
) -> tuple[int, list[dict[str, Any]]]:
    """How many are hidden, and all pages of those that aren't."""
    asked = {"region": region, "metric": metric, "limit": "7"} | ({} if covered is None else {"covered": str(covered)})
    lines: list[dict[str, Any]] = []
    while True:
        answer = await client.get("/api/projection/scoreboard/enterprises", params=asked)
        page = answer.raise_for_status().json()
        lines += page["enterprises"]
        assert page["total"] - page["hidden"] >= len(lines)
        if page["next"] is None:
            break
        assert len(page["enterprises"]) == 7
        asked |= {"after": page["next"]}
    codes = [line["code"] for line in lines]
    assert codes == sorted(set(codes))
    assert not {"u-610702", "u-crec4"} & {line["union_id"] for line in lines}
    assert "610125" not in {line["county"] for line in lines}
    return page["hidden"], lines


async def test_a_board_has_all_children_and_waits_for_the_position(
    client: httpx.AsyncClient, desk: DeskOverTable
) -> None:
    position = "/regions/610000/enterprise@41"
    answer = await client.get("/api/projection/scoreboard", params={"region": "610100", "at_least": position})
    board = answer.raise_for_status().json()
    assert desk.waited == [position]
    assert len(board["children"]) == 13
    for number, own in enumerate(board["region"]["figures"]):
        assert own["total"] == sum(child["figures"][number]["total"] for child in board["children"]) > 0


async def test_what_can_not_be_asked_is_refused(client: httpx.AsyncClient) -> None:
    for wrong in ({}, {"region": "610101"}, {"region": "61010"}, {"region": "610100", "metric": "union_50"}):
        assert (await client.get("/api/projection/scoreboard", params=wrong)).status_code == 422
