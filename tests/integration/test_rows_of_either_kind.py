"""A row and its parts come back from PostgreSQL as they went in, dataclasses and Structs alike."""

import itertools
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from contracts.enterprise import EnterpriseSurveyed, Ownership
from eventing.columns import Shape
from eventing.database import Pool
from eventing.engine import Table
from eventing.fold import Fold, replace
from tests.support.toy import enterprise
from tests.support.toy_fold import surveyed

_NUMBERS = itertools.count(1)


class Part(Struct, frozen=True, array_like=True):
    said: str
    kind: Ownership
    number: int
    lat: float
    sure: bool
    day: date
    said_or: str | None
    kind_or: Ownership | None
    number_or: int | None
    lat_or: float | None
    sure_or: bool | None
    day_or: date | None


class Keyed(Struct, frozen=True):
    enterprise: str
    lat: float
    parts: tuple[Part, ...]


class Row(Keyed, frozen=True):
    lat_or: float | None
    kind_or: Ownership | None
    days: tuple[date, ...]
    lats: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class DataclassPart:
    said: str
    kind: Ownership
    number: int
    lat: float
    sure: bool
    day: date
    said_or: str | None
    kind_or: Ownership | None
    number_or: int | None
    lat_or: float | None
    sure_or: bool | None
    day_or: date | None


@dataclass(frozen=True, slots=True)
class DataclassRow:
    enterprise: str
    lat: float
    parts: tuple[DataclassPart, ...]
    lat_or: float | None
    kind_or: Ownership | None
    days: tuple[date, ...]
    lats: tuple[float, ...]


_SAID = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_KIND, _NUMBER = st.sampled_from(Ownership), st.integers(-(2**63), 2**63 - 1)
_LAT = st.floats(allow_nan=False, allow_infinity=False)
_OF_PART = (_SAID, _KIND, _NUMBER, _LAT, st.booleans(), st.dates())


def rows(row: Any, part: Any) -> st.SearchStrategy[Any]:
    parts = st.builds(part, *_OF_PART, *(st.none() | each for each in _OF_PART))
    return st.builds(
        row,
        st.integers(1, 4).map(enterprise),
        _LAT,
        st.lists(parts, max_size=3).map(tuple),
        st.none() | _LAT,
        st.none() | _KIND,
        st.lists(st.dates(), max_size=3).map(tuple),
        st.lists(_LAT, max_size=3).map(tuple),
    )


async def there_and_back(pool: Pool, kind: type, made: list[Any]) -> None:
    given = {row.enterprise: row for row in made}
    fold = Fold(
        name="either",
        row=kind,
        events=(EnterpriseSurveyed,),
        key=lambda event: event.enterprise,
        apply=lambda _, event: given[event.enterprise],
    )
    table = Table(fold, f"either_{next(_NUMBERS)}")
    async with pool.acquire() as connection, connection.transaction():
        await table.create(connection)
        await table.fold_in(connection, [surveyed(code, 1) for code in given])
        written = await connection.fetch(f"select ctid from {table.rows}")
        found, expected = await table.matching(connection, {}), [given[code] for code in sorted(given)]
        assert (found, repr(found)) == (expected, repr(expected)), "an enum's member equals its text, and 1 is 1.0"
        await table.fold_in(connection, [surveyed(code, 1) for code in given])
        assert await connection.fetch(f"select ctid from {table.rows}") == written, "equal rows are written again"


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(rows(Row, Part), max_size=4))
async def test_structs_come_back_as_they_went_in(pool: Pool, made: list[Row]) -> None:
    await there_and_back(pool, Row, made)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(rows(DataclassRow, DataclassPart), max_size=4))
async def test_dataclasses_come_back_as_they_went_in(pool: Pool, made: list[DataclassRow]) -> None:
    await there_and_back(pool, DataclassRow, made)


@given(row=rows(Row, Part))
def test_a_struct_with_a_column_changed_is_another_one(row: Row) -> None:
    """As a dataclass is: rows are compared, and cells are keys."""
    same, other = replace(row, lat=row.lat), replace(row, enterprise="another")
    assert (same, hash(same)) == (row, hash(row))
    assert other != row
    assert replace(other, enterprise=row.enterprise) == row


def test_parts_that_would_be_written_by_name_are_refused() -> None:
    class ByName(Struct, frozen=True):
        day: date

    class OfThose(Struct, frozen=True):
        enterprise: str
        parts: tuple[ByName, ...]

    with pytest.raises(AssertionError, match="ByName: say array_like=True"):
        Shape.of(OfThose)
