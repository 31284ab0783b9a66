"""A Chinese telephone number, as people write it and as it is kept."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_FIXED = re.compile(r"(0(?:10|2[0-9])|0[3-9][0-9]{2})-?([0-9]{7,8})")
_COUNTRY = re.compile(r"^(?:\+|00)86-?")


class InvalidPhone(ValueError):
    """No such number; doesn't hold what was said, which may be somebody's."""

    reason = "form"


def _tidied(said: object) -> object:
    """The same number in one form, or one number could have two tickets: without blanks, country code, full width."""
    if not isinstance(said, str):
        return said
    plain = _COUNTRY.sub("", re.sub(r"\s", "", unicodedata.normalize("NFKC", said)))
    if _MOBILE.fullmatch(mobile := plain.replace("-", "")):
        return mobile
    fixed = _FIXED.fullmatch(plain)
    return plain if fixed is None else f"{fixed[1]}-{fixed[2]}"


def _checked(tidied: str) -> str:
    if not _MOBILE.fullmatch(tidied) and not _FIXED.fullmatch(tidied):
        raise InvalidPhone
    return tidied


Phone = Annotated[
    str,
    BeforeValidator(_tidied),
    AfterValidator(_checked),
    # The pattern only documents: the validator says in words what is wrong.
    Field(
        repr=False,
        json_schema_extra={"pattern": r"^(?:1[3-9][0-9]{9}|0[0-9]{2,3}-[0-9]{7,8})$"},
        examples=["0571-00000000"],
    ),
]
"""A Chinese mobile number, or a fixed line with its area code."""
