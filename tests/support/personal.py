"""Personal data wherever a user could put some, by a service's own OpenAPI document, and where it must not be found."""

import csv
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO, StringIO
from itertools import count, cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiokafka
import asyncpg
import xlsxwriter
from confluent_kafka.admin import AdminClient
from pydantic import TypeAdapter

from contracts.vocabulary import DocumentNumber, PublicName
from eventing.ledger.books import XLSX
from eventing.ledger.ledger import Ledger

NAME, PINYIN, PHONE, ID_NUMBER, REASON = "褚砚清", "chuyanqing", "13987650123", "610102199003078515", "丈夫住院欠费"
WRITTEN, TYPED = (NAME, REASON), (PINYIN, PHONE, ID_NUMBER)
MARKS = (*WRITTEN, *TYPED)

PUBLISHED = frozenset(TypeAdapter(word).json_schema()["pattern"] for word in (PublicName, DocumentNumber))
"""Fields of these forms are published by law: an organisation's name, an official document's number. What is entered
there is meant to be told, so nothing personal is put there but what is refused: a person's numbers."""
REFUSED_THERE = (f"{NAME} {PHONE}", f"{NAME}{ID_NUMBER}")

_NUMBERS = count(1)
_OF_A_FORMAT = {"date": "2025-05-06", "date-time": "2025-05-06T09:00:00+08:00"}


@dataclass(frozen=True, slots=True)
class Call:
    """One request; `content` is sent instead of a JSON body."""

    method: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None
    content: bytes | None = None
    headers: Mapping[str, str | bytes] = field(default_factory=dict)


def calls(document: Mapping[str, Any], ledgers: Iterable[Ledger]) -> Iterator[Call]:
    """Every operation of the document, with something personal in one place after another."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            yield from _Operation(document, method.upper(), path, operation).calls(list(ledgers))


def with_a_key(call: Call) -> dict[bytes, bytes]:
    """The call's headers, with an Idempotency-Key of its own if it has none."""
    headers = {"idempotency-key": f"walk{next(_NUMBERS)}", **call.headers}
    return {name.encode(): value.encode() if isinstance(value, str) else value for name, value in headers.items()}


class _Operation:
    def __init__(self, document: Mapping[str, Any], method: str, path: str, operation: Mapping[str, Any]) -> None:
        self._document, self._method, self._path = document, method, path
        self._pairs = zip(cycle(WRITTEN), cycle(TYPED), strict=False)
        parameters = operation.get("parameters", [])
        self._in_path = {one["name"]: one["schema"] for one in parameters if one["in"] == "path"}
        self._in_query = {one["name"]: one["schema"] for one in parameters if one["in"] == "query"}
        content = operation.get("requestBody", {}).get("content", {})
        self._takes_a_file = XLSX in content
        self._body = self._resolved(content["application/json"]["schema"]) if "application/json" in content else None

    def calls(self, ledgers: list[Ledger]) -> Iterator[Call]:
        for ledger in ledgers if "ledger" in self._in_path else [None]:
            plain = self._plain(ledger)
            yield from self._in_headers(plain)  # first, while it still has something new to say
            yield from self._in_the_address(plain)
            if self._takes_a_file and ledger is not None:
                yield from (replace(plain, **file) for file in _files(ledger))
            elif self._body is not None:
                yield from self._in_the_body(plain)

    def _plain(self, ledger: Ledger | None) -> Call:
        """A good request, as the document shows one."""
        named = {name: self._example(schema) for name, schema in self._in_path.items()}
        if ledger is not None:
            named["ledger"] = ledger.name
        needed = {name: self._example(schema) for name, schema in self._in_query.items() if "default" not in schema}
        body = None if self._body is None else self._example(self._body)
        content = _csv(ledger, {}) if self._takes_a_file and ledger is not None else None
        return Call(self._method, self._path.format_map(named), needed, body, content)

    def _in_the_address(self, plain: Call) -> Iterator[Call]:
        yield replace(plain, query={**plain.query, **{mark: mark for mark in MARKS}})
        yield replace(plain, path=f"{plain.path}/{quote(NAME)}")
        for name in self._in_path:
            others = {other: self._example(schema) for other, schema in self._in_path.items()}
            for mark in next(self._pairs):
                yield replace(plain, path=self._path.format_map({**others, name: quote(mark)}))
        for name, schema in self._in_query.items():
            for value in self._fitting(schema):
                yield replace(plain, query={**plain.query, name: value})

    def _in_headers(self, plain: Call) -> Iterator[Call]:
        for mark in next(self._pairs)[1:]:
            everywhere = ("user-agent", "referer", "cookie", "from", "accept-language", "x-forwarded-for", f"x-{mark}")
            told = dict.fromkeys(everywhere, mark)
            one = {"idempotency-key": f"{mark}-{next(_NUMBERS)}", "x-correlation-id": mark, "prefer": f"wait=1;{mark}"}
            yield replace(plain, headers={**told, **one, "x-of": NAME.encode()})
            yield replace(plain, headers={"authorization": f"Bearer {mark}"})

    def _in_the_body(self, plain: Call) -> Iterator[Call]:
        assert self._body is not None
        mark, typed = next(self._pairs)
        yield replace(plain, body=mark)
        yield replace(plain, body=[typed])
        yield replace(plain, body=None, content=f'{{"{mark}": '.encode())
        if not isinstance(plain.body, dict):
            return
        yield replace(plain, body={**plain.body, mark: mark, typed: {mark: typed}})
        for name, schema in self._body.get("properties", {}).items():
            published = self._shown(schema).get("pattern") in PUBLISHED
            for value in REFUSED_THERE if published else self._fitting(schema):
                yield replace(plain, body={**plain.body, name: value})

    def _fitting(self, schema: Mapping[str, Any]) -> Iterator[Any]:
        """Marks as they are, and as one may look right: behind the prefix that the field's example has, or in its
        type."""
        shown = self._shown(schema)
        mark, typed = next(self._pairs)
        yield from (mark, typed)
        prefix, dash, _ = str((shown.get("examples") or [""])[0]).partition("-")
        if dash:
            yield f"{prefix}-{typed}"
        match shown.get("type"):
            case "integer" | "number":
                yield int(PHONE)
            case "array":
                yield [mark, typed]

    def _resolved(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        if (reference := schema.get("$ref")) is None:
            return schema
        found: Mapping[str, Any] = self._document["components"]["schemas"][reference.rpartition("/")[2]]
        return found

    def _shown(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """The schema itself, or of several the first: the others say that it may be left out."""
        schema = self._resolved(schema)
        return self._shown(schema["anyOf"][0]) if "anyOf" in schema else schema

    def _example(self, schema: Mapping[str, Any]) -> Any:
        schema = self._shown(schema)
        if examples := schema.get("examples"):
            return examples[0]
        if "const" in schema or "enum" in schema:
            return schema["const"] if "const" in schema else schema["enum"][0]
        match schema.get("type"):
            case "object":
                return {
                    name: self._example(schema["properties"][name])
                    for name in schema.get("properties", {})
                    if name in schema.get("required", ())
                }
            case "array":
                return []
            case "integer" | "number":
                return schema.get("minimum", 1)
            case "boolean":
                return True
            case _:
                return _OF_A_FORMAT.get(schema.get("format", ""), "none")


def _files(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """A ledger's file with something personal in a cell, beside the columns, in the header, in the file's own name."""
    schemas = [becomes.command.model_json_schema()["properties"] for becomes in ledger.becomes]
    published = {
        column.name
        for column in ledger.columns
        for schema in schemas
        if schema.get(column.name, {}).get("pattern") in PUBLISHED
    }
    named = {"content-disposition": f"attachment; filename*=UTF-8''{quote(NAME)}.xlsx"}
    for column in ledger.columns:
        marks = REFUSED_THERE if column.name in published else MARKS
        yield {"content": _csv(ledger, *({column.name: mark} for mark in marks)), "headers": named}
    yield {"content": _csv(ledger, {}, beside=PHONE), "headers": named}
    yield {"content": f"{NAME}\n{PHONE},{REASON}\n".encode(), "headers": named}
    for mark in (NAME, PHONE):
        yield {"content": _workbook(ledger, mark), "headers": {**named, "content-type": XLSX}}


def _row(ledger: Ledger, cells: Mapping[str, str]) -> list[str]:
    shown = {column.name: column.kind.show(column.example) for column in ledger.columns if column.example is not None}
    return [str({**shown, **cells}.get(column.name, "")) for column in ledger.columns]


def _csv(ledger: Ledger, *rows_of: Mapping[str, str], beside: str | None = None) -> bytes:
    more = [] if beside is None else [beside]
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow([*(column.zh for column in ledger.columns), *more])
    rows.writerows([*_row(ledger, cells), *more] for cells in rows_of)
    return text.getvalue().encode("utf-8-sig")


def _workbook(ledger: Ledger, mark: str) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.set_properties(dict.fromkeys(("title", "author", "manager", "company", "comments"), mark))
        sheet = book.add_worksheet(mark)
        for at, column in enumerate(ledger.columns):
            sheet.write_string(0, at, column.zh)
            sheet.write_string(1, at, _row(ledger, {})[at])
        sheet.write_string(1, len(ledger.columns), mark)
        sheet.write_comment(1, 0, mark)
    return file.getvalue()


def found_in(text: str, marks: Iterable[str] = MARKS) -> set[str]:
    """Which of them stand in a text: as they are, or as JSON, an address or PostgreSQL's bytes show them."""
    return {mark for mark in marks if any(form in text for form in _forms(mark))}


def _forms(mark: str) -> tuple[str, ...]:
    return mark, mark.encode("unicode_escape").decode(), quote(mark), mark.encode().hex()


async def in_tables(dsn: str, marks: Iterable[str] = MARKS) -> Mapping[str, set[str]]:
    """What of them stands in a database, by table."""
    marks = list(marks)
    looked_for = [form.replace("\\", "\\\\") for mark in marks for form in _forms(mark)]
    connection = await asyncpg.connect(dsn)
    try:
        tables = await connection.fetch(
            "select format('%I.%I', schemaname, tablename) from pg_tables"
            " where schemaname not in ('pg_catalog', 'information_schema')"
        )
        found: dict[str, set[str]] = {}
        for (table,) in tables:
            rows = await connection.fetch(
                f"select t::text from {table} t where t::text like any($1)", [f"%{form}%" for form in looked_for]
            )
            if rows:
                found[table] = set().union(*(found_in(row[0], marks) for row in rows))
        return found
    finally:
        await connection.close()


async def in_topics(bootstrap: str, marks: Iterable[str] = MARKS) -> Mapping[str, set[str]]:
    """What of them stands in the records of a broker, their keys and headers, by topic."""
    marks = list(marks)
    found: dict[str, set[str]] = {}
    async for topic, record in _records(bootstrap):
        parts = [record.key, record.value, *(part for header in record.headers for part in header)]
        texts = [part if isinstance(part, str) else (part or b"").decode("utf-8", "replace") for part in parts]
        if here := set().union(*(found_in(text, marks) for text in texts)):
            found.setdefault(topic, set()).update(here)
    return found


async def _records(bootstrap: str) -> AsyncIterator[tuple[str, Any]]:
    topics = AdminClient({"bootstrap.servers": bootstrap}).list_topics(timeout=30).topics
    places = [aiokafka.TopicPartition(name, number) for name, topic in topics.items() for number in topic.partitions]
    consumer = aiokafka.AIOKafkaConsumer(bootstrap_servers=bootstrap, enable_auto_commit=False)
    await consumer.start()
    try:
        consumer.assign(places)
        ends = await consumer.end_offsets(places)
        await consumer.seek_to_beginning(*places)
        while [place for place in places if await consumer.position(place) < ends[place]]:
            for place, records in (await consumer.getmany(timeout_ms=200)).items():
                for record in records:
                    yield place.topic, record
    finally:
        await consumer.stop()


def in_files(folder: Path, but: Path, marks: Iterable[str] = MARKS) -> Mapping[str, set[str]]:
    """What of them stands in the files of a folder, those below `but` left out."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.is_relative_to(but)]
    told = {str(file.relative_to(folder)): found_in(file.read_text("utf-8", "replace"), marks) for file in files}
    return {name: here for name, here in told.items() if here}
