"""A person's number in a name that everybody will read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from contracts.personal_numbers import PersonalNumber, check_name
from contracts.vocabulary import AskedName, PublicName

ASKED = TypeAdapter[str](AskedName)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
MOBILES = [
    "13812345678",
    "138 1234 5678",
    "138-1234-5678",
    "138\u20111234\u20145678",
    "138.1234.5678",
    "1381\u200b2345678",
    "+86 13812345678",
    "+86-138-1234-5678",
    "8613812345678",
    "008613812345678",
    "１３８１２３４５６７８",
    "\uff0b８６　１３８　１２３４　５６７８",
]
IDENTITIES = ["610102199003078515", "61010219900307851X", "61010219900307851x", "610102 19900307 8515"]


def reason(written: str) -> str:
    with pytest.raises(ValidationError) as caught:
        ASKED.validate_python(written)
    (error,) = caught.value.errors()
    wrong = error["ctx"]["error"]
    assert isinstance(wrong, PersonalNumber)
    assert written not in f"{wrong!r}{vars(wrong)}"
    return wrong.reason


@pytest.mark.parametrize("number", MOBILES)
@pytest.mark.parametrize("around", ["{}", "张三 {}", "张三{}", "{}张三", "示例店（{}）", "12号-{}"])
def test_a_mobile_number_in_a_name_is_refused(number: str, around: str) -> None:
    assert reason(around.format(number)) == "with_mobile"


@pytest.mark.parametrize("number", [*IDENTITIES, *(number.translate(WIDE) for number in IDENTITIES)])
@pytest.mark.parametrize("around", ["{}", "张三{}", "{} 张三"])
def test_an_identity_number_in_a_name_is_refused(number: str, around: str) -> None:
    assert reason(around.format(number)) == "with_identity"


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.lists(st.sampled_from(["", " ", "-"]), min_size=11))
def test_a_mobile_number_is_found_whatever_stands_between_its_digits(number: str, between: list[str]) -> None:
    with pytest.raises(PersonalNumber):
        check_name("张三" + "".join(digit + gap for digit, gap in zip(number, between, strict=False)))


@pytest.mark.parametrize(
    "name",
    [
        "西安示例109机械厂",
        "示例（1958）1960号机械厂",
        "西安市新城区示例街道第2018001号单元",
        "91610102MA0000007T",
        "示例公司91610102MA0000007T",
        "示例12345678901有限公司",
        "138123456789号示例店",
        "1381234567号示例店",
        "2025-2026年度示例服务队",
        "360示例科技",
        "12351职工服务热线示例驿站",
        "一三八示例店",
    ],
)
def test_other_digits_stay_as_they_are_written(name: str) -> None:
    assert ASKED.validate_python(name) == name


def test_what_is_stored_stays_readable() -> None:
    """Mechanism: events have `PublicName`."""
    assert TypeAdapter[str](PublicName).validate_python("张三 13812345678") == "张三 13812345678"
    assert ASKED.json_schema() == TypeAdapter[str](PublicName).json_schema()
