"""Is every broken credit code refused, for the right reason, and no good one?"""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from contracts.creditcode import InvalidCreditCode, OwnerKind, check_credit_code, make_credit_code, owner_kind

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
PUBLIC = "91110000600037341L"

made_codes = st.builds(
    make_credit_code,
    st.sampled_from(["91", "92", "93", "81", "52", "A1", "N2", "Y1"]),
    st.sampled_from(["610102", "610125", "330110", "659001", "110105", "100000"]),
    st.integers(0, 31**8 - 1),
)


def reason_for(text: str) -> str:
    with pytest.raises(InvalidCreditCode) as refused:
        check_credit_code(text)
    assert refused.value.code == text
    return refused.value.reason


@pytest.mark.parametrize(
    "code",
    [
        PUBLIC,
        "91100000100003962T",  # registered nationally
        "914403001922038216",
        "91440300708461136T",
        "91330100799655058B",
    ],
)
def test_the_codes_of_well_known_companies_are_accepted(code: str) -> None:
    assert check_credit_code(code) == code


@pytest.mark.parametrize(
    "text",
    [
        PUBLIC.lower(),
        f" {PUBLIC}",
        f"{PUBLIC}\n",
        "9111 0000 6000 3734 1L",
        "91110000-60003734-1L",
        "91110000600O37341L",
        "９1110000600037341L",
    ],
)
def test_what_is_not_written_in_its_characters_is_refused_not_mended(text: str) -> None:
    assert reason_for(text) == "alphabet"


@pytest.mark.parametrize("text", ["", PUBLIC[:-1], PUBLIC + "0"])
def test_a_code_has_eighteen_characters(text: str) -> None:
    assert reason_for(text) == "length"


@pytest.mark.parametrize("department", ["01", "B1", "90", "9A"])
def test_an_unknown_department_is_refused(department: str) -> None:
    assert reason_for(department + PUBLIC[2:]) == "department"


@pytest.mark.parametrize("region", ["990000", "000000", "11000A"])
def test_a_region_outside_every_province_is_refused(region: str) -> None:
    assert reason_for(f"91{region}{PUBLIC[8:]}") == "region"


def test_a_county_that_has_ended_may_still_stand_in_a_code() -> None:
    assert check_credit_code(make_credit_code("91", "610125", 7)).startswith("91610125")


def test_a_wrong_last_character_is_refused() -> None:
    assert reason_for(PUBLIC[:-1] + "M") == "check_digit"


def test_a_wrong_organisation_digit_is_refused_though_the_last_one_fits() -> None:
    inner = PUBLIC[:16] + "2"
    text = inner + uscc.calc_check_digit(inner)
    assert uscc.is_valid(text)
    assert reason_for(text) == "organisation_check_digit"


@settings(deadline=None)  # the first one loads the regions
@given(made_codes)
def test_a_made_code_is_valid(code: str) -> None:
    assert check_credit_code(code) == code


@settings(deadline=None)  # the first one loads the regions
@given(st.integers(0, 31**8 - 1), st.integers(0, 31**8 - 1))
def test_each_serial_makes_another_code(one: int, other: int) -> None:
    assume(one != other)
    assert make_credit_code("91", "610102", one) != make_credit_code("91", "610102", other)


@settings(deadline=None)  # the first one loads the regions
@given(made_codes, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(code: str, at: int, wrong: str) -> None:
    assume(code[at] != wrong)
    with pytest.raises(InvalidCreditCode):
        check_credit_code(code[:at] + wrong + code[at + 1 :])


@settings(deadline=None)  # the first one loads the regions
@given(made_codes, st.integers(0, 16))
def test_two_neighbours_swapped_are_always_found(code: str, at: int) -> None:
    assume(code[at] != code[at + 1])
    with pytest.raises(InvalidCreditCode):
        check_credit_code(code[:at] + code[at + 1] + code[at] + code[at + 2 :])


@given(st.text(max_size=20))
def test_any_other_text_is_refused_with_a_reason(text: str) -> None:
    assume(len(text) != 18)
    assert reason_for(text) in {"alphabet", "length"}


def test_organisation_checks_of_ten_and_eleven_are_written_x_and_0() -> None:
    digits = {make_credit_code("91", "610102", serial)[16] for serial in range(200)}
    assert digits == set("0123456789X")


@pytest.mark.parametrize("serial", [-1, 31**8])
def test_a_serial_out_of_range_makes_no_code(serial: int) -> None:
    with pytest.raises(ValueError, match="31"):
        make_credit_code("91", "610102", serial)


def test_no_code_is_made_for_an_unknown_department() -> None:
    with pytest.raises(InvalidCreditCode):
        make_credit_code("01", "610102", 1)


def test_the_owner_s_kind_stands_in_the_first_two_characters() -> None:
    kinds = {dept: owner_kind(make_credit_code(dept, "610102", 1)) for dept in ("91", "92", "93", "81")}
    assert kinds == {
        "91": OwnerKind.ENTERPRISE,
        "92": OwnerKind.SOLE_PROPRIETOR,
        "93": OwnerKind.COOPERATIVE,
        "81": OwnerKind.OTHER,
    }
