"""Ledgers: rows in beside the command path alone, rows out beside XlsxWriter alone; and whether memory grows."""

import asyncio
import time
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from itertools import count
from typing import Any

import asyncpg
import httpx
import orjson
import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.client import CONNECTIONS, post, send
from bench.facts import COUNTY, NAME, UNION, fresh_code
from bench.ground import Child, Ground
from bench.profiling import profiled
from bench.report import Finding
from bench.rounds import Ratio, Scale, Spread, alternate, ratio
from contracts.enterprise import Ownership, SizeClass
from demo.wire import Wire
from eventing.identity import Role
from eventing.ledger.books import XlsxRows
from eventing.ledger.checking import Checker
from eventing.ledger.importing import import_rows
from eventing.ledger.posting import Posting
from eventing.ledger.sheets import AT_HOME
from eventing.ledger.table import ABOUT, find_table
from eventing.shell.issuer import Issuer
from eventing.shell.settings import Settings
from eventing.shell.texts import Texts
from eventing.views import view_table
from services.enterprise.app import enterprise
from services.enterprise.ledgers.survey import SURVEY
from services.enterprise.views.enterprises import ENTERPRISES, EnterpriseRow

_ROWS, _IN = 100_000, 2_000
_NUMBERS, _DAY = count(1), date(2025, 5, 6)
_HOW = f"""Rows of the survey's ledger, two commands each. In: a workbook of {_IN:,} rows (a quick run: fewer) is read,
checked and posted over {CONNECTIONS} lanes; beside it the same commands, prepared beforehand, are sent by the
benchmark's client over {CONNECTIONS} connections to the same service. Out: {_ROWS:,} rows of the list (a quick run:
fewer) come as a workbook from the export's route; XlsxWriter alone writes the same cells, which lie in memory, with
`constant_memory`. Memory is the peak of a process of its own that does the same with {_ROWS:,} rows and with a fifth of
them (a quick run: fewer)."""


async def measure(ground: Ground, scale: Scale) -> Finding:
    dsn, settings = await ground.database(), Settings()
    log = ground.folder / "ledgers.log"
    child = await Child.start(log, "bench.serving", "ours", dsn, ground.broker.address, str(ground.folder))
    roles = [Role.OFFICER, Role.VIEWER]
    issuer = Issuer(ground.folder, settings.issuer, settings.audience)
    sides = _Sides(int(child.said), issuer.token("p-bench", roles, UNION, timedelta(hours=1)))
    try:
        rates = await alternate(
            scale.rounds, {"in": lambda: sides.rows_in(scale), "commands": lambda: sides.commands(scale)}
        )
        await _fill(dsn, scale.of(_ROWS))
        rates |= await alternate(2, {"out": sides.rows_out, "xlsxwriter": sides.cells_out})
        goals: list[Ratio] = [
            ratio("in / command path alone", rates["in"], rates["commands"], at_least=0.5),
            ratio("out / XlsxWriter alone", rates["out"], rates["xlsxwriter"], at_least=0.5),
        ]
        profile = await _profile(sides, scale) if goals[0].missed else None
    finally:
        await child.end()
    peaks = {
        way: [await _peak(ground, way, scale.of(rows)) for rows in (_ROWS, _ROWS // 5)] for way in ("in", "csv", "out")
    }
    goals += [
        ratio(f"memory {way}, whole / a fifth", whole[:1], whole[1:], at_most=1.2) for way, whole in peaks.items()
    ]
    told = "; ".join(
        f"{way} {whole:.0f} MB, a fifth of the rows {fifth:.0f} MB" for way, (whole, fifth) in peaks.items()
    )
    rows = [(name, Spread.over(rate)) for name, rate in rates.items()]
    return Finding("Ledgers", _HOW, "rows/s", rows, goals, [f"Peak memory: {told}."], profile)


class _Sides:
    """What is timed, at one service."""

    def __init__(self, port: int, token: str) -> None:
        self._port, self._token = port, token
        self._texts = Texts(enterprise().home)
        self._cells: list[list[Any]] = []

    def _client(self) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {self._token}"}
        base = f"http://127.0.0.1:{self._port}"
        return httpx.AsyncClient(base_url=base, headers=headers, transport=Wire(), timeout=600)

    async def rows_in(self, scale: Scale) -> float:
        rows = scale.of(_IN)
        file = workbook(_fresh_rows(rows))
        started = time.perf_counter()
        checker = Checker(SURVEY, find_table(file, SURVEY, AT_HOME), self._texts, "zh")
        async with self._client() as http:
            posting = Posting(http, "enterprise", 60)
            imported = await import_rows(SURVEY, checker, checker.rows(), posting, CONNECTIONS)
        if imported.done != rows:
            raise RuntimeError(f"not in: {list(imported.findings.values())[:3]}")
        return rows / (time.perf_counter() - started)

    async def commands(self, scale: Scale) -> float:
        rows = [
            dict(zip([column.name for column in SURVEY.columns], row, strict=True))
            for row in _fresh_rows(scale.of(_IN))
        ]
        seconds = 0.0
        for becomes in SURVEY.becomes:
            fields = becomes.command.model_fields
            bodies = [{name: value for name, value in row.items() if name in fields} for row in rows]
            for body in bodies:
                body |= {"ownership": "private"} if "ownership" in body else {"size_class": "medium"}
            path = f"/api/enterprise/{becomes.route}"
            requests = [
                post(self._port, path, self._token, f"b{next(_NUMBERS)}", orjson.dumps(body)) for body in bodies
            ]
            rate, _ = await send(self._port, requests, 300)
            seconds += len(requests) / rate
        return len(rows) / seconds

    async def rows_out(self) -> float:
        started = time.perf_counter()
        async with self._client() as http:
            content = (await http.get("/api/enterprise/ledgers/survey/export")).raise_for_status().content
        seconds = time.perf_counter() - started
        if not self._cells:
            sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(SURVEY.zh)
            self._cells = list(sheet.iter_rows())
        return (len(self._cells) - 1) / seconds

    async def cells_out(self) -> float:
        started = time.perf_counter()
        await asyncio.to_thread(self._write_cells)
        return (len(self._cells) - 1) / (time.perf_counter() - started)

    def _write_cells(self) -> None:
        book = xlsxwriter.Workbook(BytesIO(), {"constant_memory": True, "strings_to_formulas": False})
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate(self._cells):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    if cell:
                        sheet.write_string(at, column, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)
                else:
                    sheet.write_number(at, column, cell)
        book.close()


def _fresh_rows(rows: int) -> Iterator[list[Any]]:
    for _ in range(rows):
        yield [fresh_code(), NAME, "私营", COUNTY, UNION, _DAY, 120, 3, "中型", _DAY]


def workbook(rows: Iterator[list[Any]]) -> BytesIO:
    """A survey's ledger as an officer fills it in."""
    file = BytesIO()
    out = XlsxRows(file, SURVEY, ABOUT)
    out.add(rows)
    out.close([])
    return file


async def _fill(dsn: str, rows: int) -> None:
    """So many enterprises in the list, not by commands."""
    table = view_table(ENTERPRISES)
    listed = (
        EnterpriseRow(
            code,
            NAME,
            Ownership.PRIVATE,
            COUNTY,
            UNION,
            _DAY,
            headcount=120,
            dispatched=3,
            size_class=SizeClass.MEDIUM,
            surveyed_on=_DAY,
        )
        for code, *_ in _fresh_rows(rows)
    )
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute("truncate view_enterprises")
        (name, columns, records), *_ = table.records(listed, {})
        await connection.copy_records_to_table(name, records=records, columns=columns)
        await connection.execute("vacuum analyze view_enterprises")
    finally:
        await connection.close()


async def _peak(ground: Ground, way: str, rows: int) -> float:
    """MB of a process that reads, or writes, so many rows."""
    child = await Child.start(ground.folder / "peak.log", "bench.ledger_memory", way, str(rows))
    try:
        return float(await child.line(300)) / 1024
    finally:
        await child.end()


async def _profile(sides: _Sides, scale: Scale) -> str:
    with profiled() as found:
        await sides.rows_in(scale)
    return found.text
