"""Every refusal leaves as RFC 9457 problem details, in the language that was asked for."""

from collections.abc import Mapping, Sequence
from functools import cache

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from eventing.refusal import Busy, Invalid, NotFound, Refused, TooMany, Unauthenticated
from eventing.shell.examples import examples_in
from eventing.shell.texts import CONTENT_LANGUAGE, Language, Texts, language_of
from eventing.shell.validation import findings

MEDIA_TYPE = "application/problem+json"


class Wrong(BaseModel):
    """One field of a request and the rule that it broke."""

    code: str
    field: str | None = None
    title: str
    detail: str


class Problem(BaseModel):
    """RFC 9457. `code` names the rule; `correlation` finds the request in the log; `parts` says what isn't ready."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str | None = None
    errors: list[Wrong] | None = None
    correlation: str | None = None
    parts: dict[str, str] | None = None


class Halted(HTTPException):
    """A refusal while the body is read: nothing but an HTTPException gets through FastAPI there unchanged."""

    def __init__(self, status: int, refused: Refused) -> None:
        super().__init__(status, refused.code, {"connection": "close"})
        self.refused = refused


class Problems:
    """Makes the answers; `public_url` is where the platform is reached, and stands in each problem's `type`."""

    def __init__(self, texts: Texts, public_url: str) -> None:
        self._texts, self._types = texts, f"{public_url.rstrip('/')}/problems"

    def answer(
        self,
        request: Request,
        refused: Refused,
        *,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Invalid] = (),
        parts: Mapping[str, str] | None = None,
    ) -> Response:
        """The response for a refusal; `status` stands in for that of its class."""
        language = language_of(request.headers.get("accept-language"))
        correlation = getattr(request.state, "correlation", None)
        title, detail = self._texts.text(refused.code, language, {"correlation": correlation} | refused.facts)
        problem = Problem(
            type=f"{self._types}/{refused.code}",
            title=title,
            status=status or refused.status,
            detail=detail,
            code=refused.code,
            field=refused.field,
            errors=[self._wrong(error, language) for error in errors] or None,
            correlation=correlation,
            parts=dict(parts) if parts is not None else None,
        )
        ours = {"content-language": CONTENT_LANGUAGE[language], "vary": "accept-language", "cache-control": "no-store"}
        return Response(
            problem.model_dump_json(exclude_none=True),
            problem.status,
            ours | _of(refused) | dict(headers or {}),
            MEDIA_TYPE,
        )

    def _wrong(self, error: Invalid, language: Language) -> Wrong:
        title, detail = self._texts.text(error.code, language, error.facts)
        return Wrong(code=error.code, field=error.field, title=title, detail=detail)


def _of(refused: Refused) -> dict[str, str]:
    match refused:
        case Busy(facts={"seconds": seconds}) | TooMany(facts={"seconds": seconds}):
            return {"retry-after": str(seconds)}
        case Busy():
            return {"retry-after": "1"}
        case Unauthenticated(code="token_missing"):
            return {"www-authenticate": "Bearer"}
        case Unauthenticated():
            return {"www-authenticate": 'Bearer error="invalid_token"'}
        case _:
            return {}


def install(app: FastAPI, problems: Problems) -> None:
    """Have the application answer by problem details; what nobody expected, `Correlation` answers."""

    @cache
    def examples() -> dict[str, str]:
        """Made when the first form is wrong: to describe all routes takes tenths of a second."""
        return examples_in(get_openapi(title="", version="", routes=app.routes))

    async def on_refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        return problems.answer(request, error)

    async def on_invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        errors = findings(error.errors(), lambda pattern: examples().get(pattern))
        only = errors[0] if len(error.errors()) == 1 else Invalid("fields_invalid", count=len(error.errors()))
        return problems.answer(request, only, status=400 if only.code == "body_not_json" else None, errors=errors)

    async def on_http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        refused = error.refused if isinstance(error, Halted) else _refusal(error)
        return problems.answer(request, refused, status=error.status_code, headers=error.headers)

    app.add_exception_handler(Refused, on_refused)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)


def _refusal(error: HTTPException) -> Refused:
    match error.status_code:
        case 400:  # FastAPI's, for a body that it couldn't parse
            return Refused("body_not_utf8" if isinstance(error.__cause__, UnicodeDecodeError) else "body_not_json")
        case 404:
            return NotFound("unknown_route")
        case 405:
            return Refused("method_not_allowed", allowed=(error.headers or {}).get("Allow", "").split(", "))
        case status:
            return Refused(f"http_{status}")
