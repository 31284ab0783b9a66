"""A refusal: which rule stood in the way, at which field. What it says lies in `refusals.zh.toml` and `.en.toml`."""

from typing import ClassVar


class Refused(Exception):
    """The rule `code` forbids it in the present state (HTTP 409). `facts` fill the text; never personal data."""

    status: ClassVar[int] = 409

    def __init__(self, code: str, field: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code, self.field, self.facts = code, field, facts


class Invalid(Refused):
    """What was sent can't be right in any state (HTTP 422)."""

    status = 422


class NotFound(Refused):
    """No such thing (HTTP 404)."""

    status = 404


class Forbidden(Refused):
    """The actor's role or union doesn't allow it (HTTP 403)."""

    status = 403


class Unauthenticated(Refused):
    """No valid token (HTTP 401)."""

    status = 401


class TooMany(Refused):
    """Too many requests from there; the answer carries `Retry-After` (HTTP 429)."""

    status = 429


class Busy(Refused):
    """Not now; the answer carries `Retry-After` (HTTP 503)."""

    status = 503
