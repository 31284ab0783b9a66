"""Telephone numbers: one form of each, and none that can't be."""

import pytest
from pydantic import ValidationError

from services.stations.commands.phone import InvalidPhone
from services.stations.tickets import BookingAsked
from tests.support.day_services import SERVICE


def taken(written: str) -> str:
    return BookingAsked(service=SERVICE, phone=written).phone


@pytest.mark.parametrize(
    "written",
    ["13900001234", "139 0000 1234", "139-0000-1234", "+86 13900001234", "0086-13900001234", "１３９００００１２３４"],
)
def test_a_mobile_number_is_one_however_it_is_written(written: str) -> None:
    assert taken(written) == "13900001234"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0571-88880000", "0571-88880000"),
        ("0571 88880000", "0571-88880000"),
        ("01088880000", "010-88880000"),
        ("021-88880000", "021-88880000"),
    ],
)
def test_a_fixed_line_has_its_area_code(written: str, kept: str) -> None:
    assert taken(written) == kept


@pytest.mark.parametrize("written", ["88880000", "1390000123", "12900001234", "139000012345", "+1 13900001234", "张三"])
def test_what_is_no_number_is_refused_without_being_repeated(written: str) -> None:
    with pytest.raises(ValidationError) as caught:
        taken(written)
    (error,) = caught.value.errors()
    reason = error["ctx"]["error"]
    assert isinstance(reason, InvalidPhone)
    assert written not in f"{reason!r}{vars(reason)}"
