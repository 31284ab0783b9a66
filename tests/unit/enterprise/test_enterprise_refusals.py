"""Every rule that can stand in the way says so in both languages, and nothing else has a text."""

import ast
import string
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from eventing import refusal
from services.enterprise import app

HOME = Path(app.__file__).parent
KINDS = {name for name, kind in vars(refusal).items() if isinstance(kind, type) and issubclass(kind, refusal.Refused)}


@dataclass(frozen=True)
class Raised:
    """A refusal as it stands in the source."""

    code: str
    facts: frozenset[str]
    where: str


def raised() -> Iterator[Raised]:
    for file in sorted(HOME.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
                code = node.args[0]
                assert isinstance(code, ast.Constant), f"{file.name}:{node.lineno}: a code is written out"
                facts = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
                yield Raised(str(code.value), facts, f"{file.name}:{node.lineno}")


def texts(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((HOME / f"refusals.{language}.toml").read_text("utf-8"))


def placeholders(text: dict[str, str]) -> set[str]:
    return {name for line in text.values() for _, name, _, _ in string.Formatter().parse(line) if name}


ZH, EN = texts("zh"), texts("en")
RAISED = tuple(raised())


def test_every_rule_has_its_texts_and_every_text_its_rule() -> None:
    assert {refused.code for refused in RAISED} == set(ZH) == set(EN)


@pytest.mark.parametrize("code", ZH)
def test_both_languages_say_the_same_facts(code: str) -> None:
    assert set(ZH[code]) == set(EN[code]) == {"title", "detail"}
    assert placeholders(ZH[code]) == placeholders(EN[code])


@pytest.mark.parametrize("refused", RAISED, ids=lambda refused: refused.where)
def test_a_refusal_brings_the_facts_that_its_text_names(refused: Raised) -> None:
    assert placeholders(ZH[refused.code]) <= refused.facts
