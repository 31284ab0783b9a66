"""The fold that the peers are given, made beforehand: an enterprise's row, over which each event lays what it tells."""

from collections.abc import Iterator, Mapping, Sequence

import orjson

_TEXTS = ("enterprise", "name", "ownership", "county", "registered_on", "size_class", "form", "approved_on")
_NUMBERS = ("labour_contracts", "members")
Row = Mapping[str, str | int | None]
SCHEMA = {
    "type": "struct",
    "optional": False,
    "fields": [
        {"field": name, "type": "string" if name in _TEXTS else "int32", "optional": name != "enterprise"}
        for name in (*_TEXTS, *_NUMBERS)
    ],
}
"""A row's, in the words of Kafka Connect's JSON converter."""


def rows_after(texts: Sequence[bytes]) -> Iterator[Row]:
    """The enterprise's row after each event."""
    rows: dict[str, dict[str, str | int | None]] = {}
    for text in texts:
        data = orjson.loads(text)["data"]
        row = rows.setdefault(data["enterprise"], dict.fromkeys((*_TEXTS, *_NUMBERS)))
        row |= {name: data[name] for name in row if name in data}
        yield dict(row)


def with_schema(row: Row) -> bytes:
    """As a record's value; the schema goes with each."""
    return orjson.dumps({"schema": SCHEMA, "payload": row})
