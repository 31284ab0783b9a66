"""Every rule that can stand in the way says so in both languages, and nothing else has a text."""

import ast
import string
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import services
from eventing import refusal
from services.platform import BY_NAME

KINDS = {name for name, kind in vars(refusal).items() if isinstance(kind, type) and issubclass(kind, refusal.Refused)}
HOMES = {name: Path(services.__file__).parent / name for name in BY_NAME}


@dataclass(frozen=True)
class Raised:
    """A refusal as it stands in the source."""

    service: str
    code: str
    facts: frozenset[str]
    where: str


def raised(service: str) -> Iterator[Raised]:
    for file in sorted(HOMES[service].rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KINDS:
                code = node.args[0]
                if isinstance(code, ast.JoinedStr):
                    continue  # `region_…`: the spine has a text for each reason why a code is no region
                assert isinstance(code, ast.Constant), f"{file.name}:{node.lineno}: a code is written out"
                facts = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
                yield Raised(service, str(code.value), facts, f"{file.name}:{node.lineno}")


def texts(service: str, language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((HOMES[service] / f"refusals.{language}.toml").read_text("utf-8"))


def placeholders(text: dict[str, str]) -> set[str]:
    return {name for line in text.values() for _, name, _, _ in string.Formatter().parse(line) if name}


ZH = {service: texts(service, "zh") for service in BY_NAME}
EN = {service: texts(service, "en") for service in BY_NAME}
RAISED = tuple(each for service in BY_NAME for each in raised(service))
EVERYWHERE = tomllib.loads((Path(refusal.__file__).parent / "refusals.zh.toml").read_text("utf-8"))


@pytest.mark.parametrize("service", BY_NAME)
def test_every_rule_has_its_texts_and_every_text_its_rule(service: str) -> None:
    """Refusals of all services have theirs in the spine."""
    own = {refused.code for refused in RAISED if refused.service == service} - set(EVERYWHERE)
    assert own == set(ZH[service]) == set(EN[service])


@pytest.mark.parametrize(("service", "code"), [(service, code) for service in BY_NAME for code in ZH[service]])
def test_both_languages_say_the_same_facts(service: str, code: str) -> None:
    zh, en = ZH[service][code], EN[service][code]
    assert set(zh) == set(en) == {"title", "detail"}
    assert placeholders(zh) == placeholders(en)


@pytest.mark.parametrize("refused", RAISED, ids=lambda refused: f"{refused.service}:{refused.where}")
def test_a_refusal_brings_the_facts_that_its_text_names(refused: Raised) -> None:
    text = ZH[refused.service].get(refused.code, EVERYWHERE.get(refused.code, {}))
    assert placeholders(text) <= refused.facts
