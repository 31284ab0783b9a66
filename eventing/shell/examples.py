"""What a field looks like: an example for each form, from where the API's documents have theirs."""

from collections.abc import Callable
from typing import Any, TypeAlias

ExampleOf: TypeAlias = Callable[[str], str | None]
"""The example for a pattern, where one is known."""


def examples_in(schema: Any) -> dict[str, str]:
    """By pattern, the first example that stands beside it in a JSON schema or an OpenAPI document."""
    found: dict[str, str] = {}
    _gather(schema, found)
    return found


def _gather(part: Any, found: dict[str, str]) -> None:
    match part:
        case {"pattern": str(pattern), "examples": [str(example), *_]}:
            found.setdefault(pattern, example)
        case dict():
            for inner in part.values():
                _gather(inner, found)
        case list():
            for inner in part:
                _gather(inner, found)
