"""What `gonglian parked` prints for a person."""

from collections.abc import Sequence
from datetime import datetime

import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from eventing.parking import Parked, StreamShown


def tables(found: Sequence[Parked]) -> None:
    """The parked streams; then the unknown types and the unreadable records, where there are any."""
    streams = [
        (row.reader, row.source, row.stream, _at(row.since), _error(row.error, row.wish), row.sequence, row.waiting)
        for each in found
        for row in each.parked
    ]
    heads = ("读者 reader", "源 source", "事件流 stream", "自 since", "错误 error", "失败于 fails at", "等候 waiting")
    _print(heads, streams, "没有搁置的事件流。Nothing is parked.")
    unknown = [
        (row.reader, row.source, row.type, row.count, row.first, row.last) for each in found for row in each.unknown
    ]
    _print(("读者 reader", "源 source", "未知类型 unknown type", "数 count", "首 first", "末 last"), unknown)
    unreadable = [(row.reader, row.source, row.count) for each in found for row in each.unreadable]
    _print(("读者 reader", "源 source", "无法读取的记录 unreadable records"), unreadable)


def table_of(shown: StreamShown, with_data: bool) -> None:
    """One stream and what waits there."""
    print(f"{shown.reader}  {shown.source}  {shown.stream}\n{_error(shown.error, shown.wish)}  {_at(shown.since)}")
    rows = [
        (
            event.sequence,
            event.type or "—",
            _at(event.time) if event.time else "—",
            *([orjson.dumps(event.data).decode()] if with_data else []),
        )
        for event in shown.events
    ]
    _print(("序号 sequence", "类型 type", "时间 time", *(["内容 data"] if with_data else [])), rows)


def _print(heads: Sequence[str], rows: Sequence[Sequence[object]], nothing: str | None = None) -> None:
    if not rows:
        if nothing:
            print(nothing)
        return
    table = Table()
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))  # as Text: rich would read brackets in it as markup
    Console().print(table)


def _error(error: str, wish: str | None) -> str:
    return f"{error} ({wish} …)" if wish else error


def _at(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")
