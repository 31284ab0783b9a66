"""What a list shows, written as a ledger: page by page, each page outside the event loop."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from eventing.ledger.books import CsvRows, Rows, XlsxRows
from eventing.ledger.kinds import Cell
from eventing.ledger.ledger import Column, Ledger, Page
from eventing.ledger.table import ABOUT

if TYPE_CHECKING:
    from eventing.shell.desk import Desk

POSITION = "x-gonglian-position"
_PAGE = 500


async def export(
    desk: "Desk", ledger: Ledger, asked: Mapping[str, Any], file: BinaryIO, form: Literal["xlsx", "csv"]
) -> str:
    """Write every page of the list that `asked` (its filters) gives; the position (`SOURCE@SEQUENCE`) of the last.

    A page is read at its own instant, as a reader of the list reads it: the first sheet names the sequence of the
    first page and of the last, which are the same where nothing was entered meanwhile.
    """
    out: Rows = XlsxRows(file, ledger, ABOUT) if form == "xlsx" else CsvRows(file, ledger)
    columns = (*ledger.columns, *ledger.also)
    filters = {name: value for name, value in asked.items() if name not in ("after", "limit")}
    first = last = ""
    count, after = 0, None
    while True:
        query = ledger.export.asked.model_validate({**filters, "limit": _PAGE} | ({"after": after} if after else {}))
        page = await ledger.export.page(desk, query)
        await asyncio.to_thread(_write, out, columns, page)
        last = ", ".join(f"{one.source}@{one.sequence}" for one in page.freshness)
        first, count, after = first or last, count + len(page.rows), page.next
        if after is None:
            break
    said = ", ".join(f"{name}={value}" for name, value in sorted(filters.items()))
    about = [
        ("台账 Ledger", f"{ledger.zh} {ledger.en}"),
        ("截至 As of", f"{desk.moment.at:%Y-%m-%d %H:%M:%S%z}"),
        ("序号 Sequence", last if first == last else f"{first} – {last}"),
        ("工会 Union", desk.actor.union),
        ("筛选 Filters", said or "—"),
        ("行数 Rows", str(count)),
    ]
    await asyncio.to_thread(out.close, about)
    return last


def _write(out: Rows, columns: tuple[Column, ...], page: Page) -> None:
    names = [(column.shown or column.name, column.kind) for column in columns]
    out.add([_cell(kind, getattr(row, name)) for name, kind in names] for row in page.rows)


def _cell(kind: Any, value: object) -> Cell | None:
    return None if value is None else kind.show(value)
