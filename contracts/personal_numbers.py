"""Does a name that everybody will read hold a number that is one person's?"""

import re
import unicodedata
from typing import Literal

Reason = Literal["with_mobile", "with_identity"]

_BETWEEN = r"[\s.\u2010-\u2015\u2212-]*"
_COUNTRY = rf"(?:(?:\+|00)?86{_BETWEEN})?"
_MOBILE = re.compile(rf"(?<![0-9]){_COUNTRY}1{_BETWEEN}[3-9](?:{_BETWEEN}[0-9]){{9}}(?![0-9])")
# No look at the check digit: with a slip in it, it tells hardly less of whoever it belongs to.
_IDENTITY = re.compile(rf"(?<![0-9])[0-9](?:{_BETWEEN}[0-9]){{16}}{_BETWEEN}[0-9Xx](?![0-9])")


class PersonalNumber(ValueError):
    """A mobile or an identity number (身份证号码) stands in a name; doesn't hold it, for it may be somebody's."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def check_name(name: str) -> str:
    """The name itself, exactly as written. Raises `PersonalNumber`, however the number's digits are written."""
    plain = unicodedata.normalize("NFKC", name)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    if _IDENTITY.search(plain):
        raise PersonalNumber("with_identity")
    if _MOBILE.search(plain):
        raise PersonalNumber("with_mobile")
    return name
