"""What a build was made with: with other columns it is another one."""

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


def test_a_column_counts_whether_it_is_inherited_or_not() -> None:
    bare = with_row({"name": str}, {"key": str})
    assert bare == with_row({"name": str}, {"key": str})
    assert bare != with_row({"name": str, "day": date}, {"key": str})
    assert bare != with_row({"name": str}, {"key": str, "day": date})
    assert bare != with_row({"name": str | None}, {"key": str})
