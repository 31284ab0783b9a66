"""A day and an instant are written as such; pydantic would take digits for seconds since 1970."""

from datetime import UTC, date, datetime

import pytest
from pydantic import TypeAdapter, ValidationError

from contracts.vocabulary import AskedInstant, Day

DAY, TIME = TypeAdapter[date](Day), TypeAdapter[datetime](AskedInstant)


@pytest.mark.parametrize("written", [1746489600, "1746489600", "1746489600.0", "20250506", "0"])
def test_digits_are_neither_a_day_nor_an_instant(written: object) -> None:
    with pytest.raises(ValidationError, match="2025-05-06"):
        DAY.validate_python(written)
    with pytest.raises(ValidationError, match="2025-05-06T09:00"):
        TIME.validate_python(written)


def test_what_is_written_out_is_read() -> None:
    assert DAY.validate_python("2025-05-06") == DAY.validate_python(date(2025, 5, 6)) == date(2025, 5, 6)
    assert TIME.validate_python("2025-05-06T10:00:00+08:00") == datetime(2025, 5, 6, 2, tzinfo=UTC)
