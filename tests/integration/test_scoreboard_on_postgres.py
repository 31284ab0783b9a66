"""On PostgreSQL: the board is a recount of the facts as of any day, and the list behind a number is as long as it."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from contracts.creditcode import make_credit_code
from contracts.enterprise import (
    EnterpriseMoved,
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
from eventing.refusal import Invalid
from eventing.shell.access import check_declared
from eventing.shell.desk import Desk, at_desk
from services.projection.api import router
from services.projection.queries import EnterprisesAsked, board_of, list_enterprises
from services.projection.queries.board import BoardAsked, Count, RegionBoard
from services.projection.queries.pace import Change, PaceAsked, list_pace
from services.projection.scoreboard import SCOREBOARD, Cell, Measures, Metric, Span
from services.projection.targets import TARGETS
from tests.support import board_recount
from tests.support.drive_lives import FIRST, LAST, Life, lives

TODAY = date(2025, 5, 20)
BEFORE = date(2025, 3, 31)
_TABLES = count(2)
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
            registered_on=chance.choice([BEFORE, TODAY]),
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
                        surveyed_on=chance.choice([BEFORE, TODAY]),
                    ),
                    EnterpriseUnionized(
                        enterprise=code,
                        form=chance.choice(list(UnionForm)),
                        members=chance.choice([0, 1, 30]),
                        own_committee=True,
                        approved_on=chance.choice([BEFORE, TODAY]),
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


async def test_the_tables_are_the_fold_in_memory(table: Table, pool: Pool, history: list[Event]) -> None:
    rows, cells = fold_in_memory(SCOREBOARD, history)
    async with pool.acquire() as connection:
        assert {row.code: row for row in await table.matching(connection, {})} == rows
    counted = {
        Cell(record[0], Span(record[1]), record[2]): Measures(*record[3:])
        for record in map(tuple, await pool.fetch("select * from scoreboard_1_cells"))
    }
    assert {cell: of for cell, of in counted.items() if of != Measures()} == {
        cell: of for cell, of in cells.items() if of != Measures()
    }


some_lives = st.integers(3, 12).flatmap(lambda count: st.tuples(*(lives(number) for number in range(1, count + 1))))
days = st.dates(FIRST - timedelta(days=3), LAST + timedelta(days=3))


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    phases=[Phase.generate],  # to shrink one takes minutes
)
@given(some_lives, st.lists(days, min_size=1, max_size=2), st.sampled_from(["610000", "610100", "610102"]))
async def test_behind_every_number_of_any_day_are_as_many_enterprises_and_it_is_a_recount(
    pool: Pool, targets: Table, several: tuple[Life, ...], asked: list[date], region: str
) -> None:
    """Mechanism: sums and lists go by the same days, counties, bits and members of the same rows."""
    table = Table(SCOREBOARD, f"scoreboard_{next(_TABLES)}")
    async with pool.acquire() as connection, connection.transaction():
        await table.create(connection)
        await table.fold_in(connection, [event for life in several for event in life.events])
    desk = DeskOverTable(pool, table, targets, "u-610000")
    for day in asked:
        board = await board_of(desk, BoardAsked(region=region, as_of=day))
        recounted = board_recount.board([life.events for life in several], day)
        assert numbers(board.region) == expected(recounted, region)
        for metric, of in ((figure.metric, figure) for figure in board.region.figures):
            for number, narrowed in (
                (of.total, {}),
                (of.covered, {"covered": True}),
                (of.total - of.covered, {"covered": False}),
                (of.covered_without_shells, {"covered": True, "shell": False}),
                (of.covered - of.covered_without_shells, {"shell": True}),
                (of.derived, {"derived": True} if metric == "small_micro_covered" else {"metric": None}),
                (of.baseline.total, {"baseline": True}),
                (of.baseline.covered, {"baseline": True, "covered": True}),
                (of.baseline.total - of.baseline.covered, {"baseline": True, "covered": False}),
            ):
                if narrowed.get("metric", metric) is not None:
                    page = await list_enterprises(
                        desk, EnterprisesAsked(region=region, as_of=day, **{"metric": metric, **narrowed})
                    )
                    assert page.total == number == len(page.enterprises) + page.hidden
                    if "covered" in narrowed:
                        assert {line.covered for line in page.enterprises} <= {narrowed["covered"]}
        for name in Count:
            page = await list_enterprises(desk, EnterprisesAsked(region=region, as_of=day, count=name))
            assert page.total == len(page.enterprises) + page.hidden
            number = getattr(board.region.counts, name)
            assert number == (page.members if name.startswith("members") else page.total)


def numbers(board: RegionBoard) -> dict[str, int]:
    """A line's numbers by the names of the recount, those that aren't 0."""
    found = {name: number for name, number in board.counts if name != "members_gained"}
    for of in board.figures:
        found |= {f"{of.metric}_total": of.total, f"{of.metric}_covered": of.covered}
        found |= {f"{of.metric}_hollow": of.covered - of.covered_without_shells}
        found |= {f"{of.metric}_baseline": of.baseline.total, f"{of.metric}_baseline_covered": of.baseline.covered}
        found["derived"] = found.get("derived", 0) + of.derived
    return {name: number for name, number in found.items() if number}


def expected(recounted: dict[str, Any], region: str) -> dict[str, int]:
    """户县 (610125) has become 鄠邑区 (610118): it counts in Xi'an as well."""
    sums: dict[str, int] = {}
    for county, of in recounted.items():
        if region in (county, county[:4] + "00", "610000"):
            for name, number in of.items():
                if name != "with_members":
                    sums[name] = sums.get(name, 0) + number
    return sums


async def test_members_gained_are_those_since_the_month_before(pool: Pool, targets: Table) -> None:
    """It is founded in February and moves to another county in March: a gain of that county's, not the city's."""
    life = drive((date(2025, 1, 5), "registered"), (date(2025, 2, 10), "unionized"), (date(2025, 3, 12), "moved"))
    table = Table(SCOREBOARD, f"scoreboard_{next(_TABLES)}")
    async with pool.acquire() as connection, connection.transaction():
        await table.create(connection)
        await table.fold_in(connection, life)
    desk = DeskOverTable(pool, table, targets, "u-610000")

    async def gained(region: str, day: date) -> int:
        board = await board_of(desk, BoardAsked(region=region, as_of=day))
        page = await list_enterprises(desk, EnterprisesAsked(region=region, as_of=day, count=Count.MEMBERS_GAINED))
        assert page.members == board.region.counts.members_gained
        return page.members

    february, march = date(2025, 2, 20), date(2025, 3, 20)
    assert [await gained(region, february) for region in ("610100", "610102", "610113")] == [30, 30, 0]
    assert [await gained(region, march) for region in ("610100", "610102", "610113")] == [0, -30, 30]


def drive(*facts: tuple[date, str]) -> list[Event]:
    """Of one enterprise, in 610102 and, when it has moved, in 610113."""
    code = make_credit_code("91", "610102", 1)
    made: dict[str, Any] = {
        "registered": lambda day: EnterpriseRegistered(
            enterprise=code,
            name="西安示例机械有限公司",
            ownership=Ownership.PRIVATE,
            county="610102",
            union="u-610102",
            registered_on=day,
        ),
        "unionized": lambda day: EnterpriseUnionized(
            enterprise=code,
            form=UnionForm.OWN,
            members=30,
            own_committee=True,
            approved_on=day,
            approved_by="u-610102",
            document="新工发〔2025〕12号",
        ),
        "moved": lambda day: EnterpriseMoved(enterprise=code, county="610113", union="u-610113", moved_on=day),
    }
    return [made[what](day) for day, what in facts]


async def test_the_list_is_as_long_as_the_figure_hidden_ones_included(client: httpx.AsyncClient) -> None:
    for region, as_of in (("610100", TODAY), ("610102", TODAY), ("610118", TODAY), ("610100", BEFORE)):
        asked = {"region": region, "as_of": str(as_of)}
        board = (await client.get("/api/projection/scoreboard", params=asked)).raise_for_status().json()
        for figure in board["region"]["figures"]:
            total, covered = figure["total"], figure["covered"]
            for choice, number in ((None, total), (True, covered), (False, total - covered)):
                hidden, lines = await listed(client, asked, figure["metric"], choice)
                assert len(lines) + hidden == number > hidden > 0
                assert {line["covered"] for line in lines} <= ({True, False} if choice is None else {choice})


async def listed(
    client: httpx.AsyncClient, of: dict[str, str], metric: str, covered: bool | None
) -> tuple[int, list[dict[str, Any]]]:
    """How many are hidden, and all pages of those that aren't."""
    asked = of | {"metric": metric, "limit": "7"} | ({} if covered is None else {"covered": str(covered)})
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


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"metric": "union_50", "as_of": TODAY + timedelta(days=1)}, "as_of_in_future", "as_of"),
        ({}, "one_number_behind", "metric"),
        ({"metric": "union_50", "count": "shells"}, "one_number_behind", "metric"),
        ({"count": "shells", "covered": True}, "one_number_behind", "metric"),
        ({"metric": "union_50", "derived": True}, "derived_of_small_ones", "derived"),
    ],
)
async def test_a_list_is_of_one_number_of_a_day_that_has_come(
    desk: DeskOverTable, asked: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await list_enterprises(desk, EnterprisesAsked(region="610100", **asked))
    assert (refused.value.code, refused.value.field) == (code, field)


async def test_a_board_of_a_day_to_come_is_refused(desk: DeskOverTable) -> None:
    with pytest.raises(Invalid) as refused:
        await board_of(desk, BoardAsked(region="610100", as_of=TODAY + timedelta(days=1)))
    assert refused.value.facts == {"as_of": TODAY + timedelta(days=1), "today": TODAY}


async def test_the_board_names_the_list_behind_each_of_its_numbers_and_that_is_as_long(
    client: httpx.AsyncClient,
) -> None:
    """Mechanism: the addresses that the answer names, asked one by one."""
    seen = set[str]()
    for region, as_of in (("610100", BEFORE), ("610102", TODAY)):
        board = (await client.get("/api/projection/scoreboard", params={"region": region, "as_of": f"{as_of}"})).json()
        for line in (board["region"], *(child for child in board["children"] if child["code"] == "610113")):
            for name, address in board["lists"].items():
                for number, of in numbers_of(line, name):
                    there = address.format(region=line["code"], **of)
                    page = (await client.get(f"{there}&limit=500")).raise_for_status().json()
                    assert told_by(page, name) == number, there
                    listed = len(page["enterprises"]) + page["hidden"]
                    assert listed == page.get("total", page.get("won"))
                    seen.add(name)
    counts = {f"counts.{name}" for name in board["region"]["counts"]}
    rates = {
        "total",
        "covered",
        "derived",
        "gap",
        "had",
        "covered_without_shells",
        "baseline.total",
        "baseline.covered",
    }
    assert seen == counts | {f"figures.{name}" for name in rates}
    follows = {"rate", "needed_per_week", "had_per_week", "forecast_on", "rate_without_shells", "baseline.rate"}
    decided = {"at_due_day.total", "at_due_day.covered", "at_due_day.rate"}  # the same lists, of the due day
    assert set(board["lists"]) - seen == {f"figures.{name}" for name in follows | decided}


def numbers_of(line: dict[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
    """The whole numbers of that name in a line, with what stands for the braces of their list's address."""
    kind, *path = name.split(".")
    found = []
    for of in line["figures"] if kind == "figures" else [line["counts"]]:
        number: Any = of
        for part in path:
            number = None if number is None else number[part]
        if isinstance(number, int) and (name != "figures.derived" or of["metric"] == "small_micro_covered"):
            found.append((number, {"metric": of.get("metric")}))
    return found


def told_by(page: dict[str, Any], name: str) -> int:
    """The board's number, as its list says it."""
    said = {"figures.gap": "needed", "figures.had": "had"}
    number: int = page[said.get(name, "members" if name.startswith("counts.members") else "total")]
    return number


async def test_what_was_had_is_what_was_won_less_what_was_lost(pool: Pool, targets: Table) -> None:
    """One that moves is lost to its county and won by the other; their city has neither."""
    life = drive((date(2025, 1, 5), "registered"), (date(2025, 2, 10), "unionized"), (date(2025, 3, 12), "moved"))
    counted = EnterpriseSurveyed(
        enterprise=make_credit_code("91", "610102", 1),
        labour_contracts=60,
        dispatched=0,
        size_class=None,
        surveyed_on=date(2025, 1, 6),
    )
    table = Table(SCOREBOARD, f"scoreboard_{next(_TABLES)}")
    async with pool.acquire() as connection, connection.transaction():
        await table.create(connection)
        await table.fold_in(connection, [*life, counted])
    desk = DeskOverTable(pool, table, targets, "u-610000")

    async def had(region: str, day: date, change: Change = Change.WON) -> tuple[int, int, int, list[str]]:
        page = await list_pace(desk, PaceAsked(region=region, metric=Metric.UNION_50, as_of=day, change=change))
        board = await board_of(desk, BoardAsked(region=region, as_of=day))
        assert [page.had] == [figure.had for figure in board.region.figures if figure.metric is Metric.UNION_50]
        return page.won, page.lost, page.had, [line.county for line in page.enterprises]

    february, march, april = date(2025, 2, 20), date(2025, 3, 20), date(2025, 4, 20)
    assert await had("610100", february) == (1, 0, 1, ["610102"])
    assert await had("610100", march) == (0, 0, 0, [])
    assert await had("610102", march, Change.LOST) == (0, 1, -1, ["610113"])
    assert await had("610113", march) == (1, 0, 1, ["610113"])
    assert await had("610113", april) == (0, 0, 0, [])


async def test_a_list_of_what_was_had_comes_in_pages(desk: DeskOverTable) -> None:
    asked = PaceAsked(region="610100", metric=Metric.UNION_50, limit=5)
    at = first = await list_pace(desk, asked)
    codes = [line.code for line in first.enterprises]
    while at.next is not None:
        at = await list_pace(desk, asked.model_copy(update={"after": at.next}))
        assert (at.won, at.lost) == (first.won, first.lost)
        codes += [line.code for line in at.enterprises]
    assert len(codes) > 5
    assert codes == sorted(set(codes))
    assert len(codes) + first.hidden == first.won
