"""What pydantic found wrong with a request, in the words of our refusals."""

from collections.abc import Mapping, Sequence
from typing import Any

from eventing.refusal import Invalid
from eventing.shell.examples import ExampleOf

MOST = 20
"""No more findings than this are told of one request: a body of 100,000 unknown fields gets a short answer too."""

_PLAIN = {
    "missing": "field_missing",
    "extra_forbidden": "field_unknown",
    "json_invalid": "body_not_json",
    "finite_number": "number_wrong",
    "string_type": "text_wanted",
    "string_unicode": "body_not_utf8",
}
_LIMITS = {
    "greater_than_equal": ("ge", "number_too_small", "too_early"),
    "less_than_equal": ("le", "number_too_large", "too_late"),
    "string_too_short": ("min_length", "text_too_short", ""),
    "string_too_long": ("max_length", "text_too_long", ""),
}
_FAMILIES = {
    "int_": "number_not_whole",
    "float_": "number_wrong",
    "date_": "date_wrong",
    "datetime_": "time_wrong",
    "timezone_": "time_wrong",
}
_REFERENCE = {
    "UnknownRegion": "region",
    "InvalidCreditCode": "credit_code",
    "InvalidIndustry": "industry",
    "Swapped": "place",
    "InvalidPhone": "phone",
    "PersonalNumber": "name",
}


def findings(errors: Sequence[Mapping[str, Any]], example_of: ExampleOf) -> list[Invalid]:
    """One refusal for each error of a `RequestValidationError`, the first `MOST` of them."""
    return [_finding(error, example_of) for error in errors[:MOST]]


def _finding(error: Mapping[str, Any], example_of: ExampleOf) -> Invalid:
    kind, where, context = error["type"], error["loc"], error.get("ctx") or {}
    field = _path(where[1:])
    if kind == "json_invalid" or where == ("body",):
        return Invalid({"missing": "body_missing"}.get(kind) or _PLAIN.get(kind) or "body_not_object")
    if kind in _PLAIN:
        return Invalid(_PLAIN[kind], field)
    if kind in _LIMITS:
        name, code, of_a_day = _LIMITS[kind]
        limit = context.get(name)
        return Invalid(of_a_day if isinstance(limit, str) else code, field, limit=limit)  # FastAPI gives a day as text
    if kind == "string_pattern_mismatch" and (example := example_of(pattern := context["pattern"])) is not None:
        return Invalid("form_wrong", field, example=example, pattern=pattern)
    if kind in ("enum", "literal_error"):
        return Invalid("choice_unknown", field, choices=_choices(str(context.get("expected"))))
    if kind == "value_error" and (wrong := _of_reference_data(context.get("error"), field)):
        return wrong
    return Invalid(next((code for start, code in _FAMILIES.items() if kind.startswith(start)), "field_invalid"), field)


def _of_reference_data(error: object, field: str) -> Invalid | None:
    """A word that says itself what is wrong, such as a region: why in `reason`, and more beside it."""
    subject, reason = _REFERENCE.get(type(error).__name__), getattr(error, "reason", None)
    if subject is None or reason is None:
        return None
    facts = {name: fact for name, fact in vars(error).items() if name not in ("code", "field")}
    return Invalid(f"{subject}_{reason}", field, **facts)


def _choices(expected: str) -> list[str]:
    return [choice.strip().strip("'") for part in expected.split(",") for choice in part.split(" or ")]


def _path(where: Sequence[str | int]) -> str:
    """`workers.0.name`. Half a surrogate pair in a sender's field name can't be sent back as UTF-8."""
    return ".".join(map(str, where)).encode("utf-8", "replace").decode()[:200]
