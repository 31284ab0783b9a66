"""Is a unified social credit code (统一社会信用代码, GB 32100) well formed, and what kind of owner does it name?"""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from stdnum.cn import uscc

from contracts.regions import UnknownRegion, check_region

Reason = Literal["alphabet", "length", "department", "region", "check_digit", "organisation_check_digit"]

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WRITTEN = re.compile(f"[{_ALPHABET}]*")
_DEPARTMENT = re.compile(r"[1-9ANY][1-9]")
_REGION = re.compile(r"[0-9]{6}")
_REGISTERED_NATIONALLY = "10"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)

_TELL: dict[Reason, str] = {
    "alphabet": "只能用数字和大写字母（无 IOSVZ），不含空格 / digits and capitals but IOSVZ, no spaces",
    "length": "应为 18 位 / 18 characters",
    "department": "登记管理部门代码（前两位）不对 / the first two characters name no issuing department",
    "region": "登记机关行政区划码（第 3–8 位）不对 / characters 3 to 8 name no region",
    "check_digit": "校验码（第 18 位）不符，请核对各位 / the last character doesn't fit the others: check them",
    "organisation_check_digit": "主体标识码校验位（第 17 位）不符 / character 17 doesn't fit characters 9 to 16",
}


class InvalidCreditCode(ValueError):
    """It is no unified social credit code; `reason` says which rule it breaks first."""

    def __init__(self, code: str, reason: Reason) -> None:
        super().__init__(f"{code}: {_TELL[reason]}")
        self.code = code
        self.reason = reason


class OwnerKind(StrEnum):
    """What the code's first two characters say of its owner."""

    ENTERPRISE = "enterprise"
    SOLE_PROPRIETOR = "sole_proprietor"
    COOPERATIVE = "cooperative"
    OTHER = "other"


@lru_cache(maxsize=1 << 16)  # a code is met again in each event of its enterprise; a rebuild meets all of them
def check_credit_code(text: str) -> str:
    """The code itself, exactly as written: a lower-case or spaced one is refused, not mended.

    Both check digits are tested: the last one (GB 32100) and that of the organisation code within (GB 11714). The
    region need only lie in a known province or be 10…, registered nationally: a code outlives the county that it was
    issued in. Raises `InvalidCreditCode`.
    """
    if not _WRITTEN.fullmatch(text):
        raise InvalidCreditCode(text, "alphabet")
    if len(text) != 18:
        raise InvalidCreditCode(text, "length")
    if not _DEPARTMENT.fullmatch(text[:2]):
        raise InvalidCreditCode(text, "department")
    if not _REGION.fullmatch(text[2:8]) or not _is_known_province(text[2:4]):
        raise InvalidCreditCode(text, "region")
    # Not uscc.validate: it mends case and spaces, and refuses the departments A, N and Y.
    if text[17] != uscc.calc_check_digit(text[:17]):
        raise InvalidCreditCode(text, "check_digit")
    if text[16] != _organisation_check_digit(text[8:16]):
        raise InvalidCreditCode(text, "organisation_check_digit")
    return text


def owner_kind(code: str) -> OwnerKind:
    """By the first two characters: 91 enterprise, 92 sole proprietor (个体工商户), 93 cooperative (农民专业合作社)."""
    match code[:2]:
        case "91":
            return OwnerKind.ENTERPRISE
        case "92":
            return OwnerKind.SOLE_PROPRIETOR
        case "93":
            return OwnerKind.COOPERATIVE
        case _:
            return OwnerKind.OTHER


def make_credit_code(department: str, region: str, serial: int) -> str:
    """A valid code for synthetic ledgers, never for a real owner: `make_credit_code("91", "610102", 7)`.

    The serial, from 0 to 31**8 - 1, becomes the organisation's eight characters; each gives another code.
    Raises `InvalidCreditCode` for an unknown department or region, `ValueError` for a serial out of range.
    """
    if not 0 <= serial < len(_ALPHABET) ** 8:
        raise ValueError(f"{serial}: a serial is from 0 to 31**8 - 1")
    body = ""
    for _ in range(8):
        serial, digit = divmod(serial, len(_ALPHABET))
        body = _ALPHABET[digit] + body
    inner = f"{department}{region}{body}{_organisation_check_digit(body)}"
    return check_credit_code(inner + uscc.calc_check_digit(inner))


def _organisation_check_digit(body: str) -> str:
    """GB 11714: characters count 0-9, A=10 to Z=35; a check of 10 is written X, one of 11 is written 0."""
    check = 11 - sum(int(digit, 36) * weight for digit, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(check, str(check))


def _is_known_province(pair: str) -> bool:
    if pair == _REGISTERED_NATIONALLY:
        return True
    try:
        check_region(pair + "0000")
    except UnknownRegion:
        return False
    return True
