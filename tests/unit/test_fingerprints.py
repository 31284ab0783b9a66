"""What a build was made with: with other columns, or parts of other fields, it is another one."""

from dataclasses import replace
from datetime import date
from typing import Any

from msgspec import defstruct

from eventing.builds import fingerprint
from tests.support.toy_fold import TOY


def with_row(own: dict[str, Any], inherited: dict[str, Any]) -> str:
    """The fingerprint of a fold of such rows, all of one name."""
    base = defstruct("Base", list(inherited.items()), frozen=True)
    return fingerprint(replace(TOY, row=defstruct("Row", list(own.items()), bases=(base,), frozen=True)))


def parts(**fields: Any) -> Any:
    part: Any = defstruct("Part", list(fields.items()), frozen=True, array_like=True)
    return tuple[part, ...]


def test_a_column_counts_whether_it_is_inherited_or_not() -> None:
    bare = with_row({"name": str}, {"key": str})
    assert bare == with_row({"name": str}, {"key": str})
    assert bare != with_row({"name": str, "day": date}, {"key": str})
    assert bare != with_row({"name": str}, {"key": str, "day": date})
    assert bare != with_row({"name": str | None}, {"key": str})


def test_a_field_of_a_part_counts() -> None:
    """Rows of the one, read as the other's, would be told wrong or not at all."""
    bare = with_row({"spells": parts(since=date)}, {"key": str})
    assert bare == with_row({"spells": parts(since=date)}, {"key": str})
    assert bare != with_row({"spells": parts(since=date, until=date)}, {"key": str})
    assert bare != with_row({"spells": parts(until=date)}, {"key": str})
