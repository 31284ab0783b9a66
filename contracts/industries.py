"""GB/T 4754 (国民经济行业分类): which division numbers belong to which section's letter."""

from typing import Literal

_LAST_DIVISION = {
    "A": 5,
    "B": 12,
    "C": 43,
    "D": 46,
    "E": 50,
    "F": 52,
    "G": 60,
    "H": 62,
    "I": 65,
    "J": 69,
    "K": 70,
    "L": 72,
    "M": 75,
    "N": 79,
    "O": 82,
    "P": 83,
    "Q": 85,
    "R": 90,
    "S": 96,
    "T": 97,
}
"""Divisions are numbered through all sections: each begins after the last one of the section before."""

_SECTIONS = tuple(_LAST_DIVISION)

_TELL = {
    "form": "应为 A–T 一个字母，后接 0、2、3 或 4 位数字，如 C34 / a letter A to T with 0, 2, 3 or 4 digits, like C34",
    "division": "大类代码不属于该门类 / that division is not in that section",
}


class InvalidIndustry(ValueError):
    """It is no industry of GB/T 4754; `reason` says why."""

    def __init__(self, code: str, reason: Literal["form", "division"]) -> None:
        super().__init__(f"{code}: {_TELL[reason]}")
        self.code = code
        self.reason = reason


def check_industry(code: str) -> str:
    """The code itself: a section alone, or with its division, group or class. Raises `InvalidIndustry`."""
    section, number = code[:1], code[1:]
    if section not in _LAST_DIVISION or len(number) not in (0, 2, 3, 4) or number.strip("0123456789"):
        raise InvalidIndustry(code, "form")
    if number and not _before(section) < int(number[:2]) <= _LAST_DIVISION[section]:
        raise InvalidIndustry(code, "division")
    return code


def _before(section: str) -> int:
    at = _SECTIONS.index(section)
    return _LAST_DIVISION[_SECTIONS[at - 1]] if at else 0
