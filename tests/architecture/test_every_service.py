"""What a new service could forget, or take from another, and nobody would be told."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from contracts.catalogue import CONTEXTS
from services.platform import BY_NAME

HOUSE = Path(__file__).parents[2]
SERVICES = {name: make() for name, make in BY_NAME.items()}


def test_every_service_runs() -> None:
    """What isn't in `services/platform.py` is neither served nor met by the tests that walk over all services."""
    assert {file.parent.name for file in (HOUSE / "services").glob("*/app.py")} == set(SERVICES)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_publishes_what_the_catalogue_has_of_it(name: str) -> None:
    assert set(SERVICES[name].publishes) == set(CONTEXTS[name])


def test_a_ledger_is_of_one_service() -> None:
    """`gonglian ledger` is told a ledger's name only, and takes the first service that has one of that name."""
    assert twice(ledger.name for service in SERVICES.values() for ledger in service.ledgers) == set()


def test_a_fold_is_of_one_service() -> None:
    """`gonglian rebuild` and `gonglian parity` are told its name only, and would take all of that name."""
    folds = {
        (service.name, fold.name)
        for service in SERVICES.values()
        for fold in (*service.views, *(fold for folds in service.read_models.values() for fold in folds))
    }
    assert twice(fold for _, fold in folds) == set()


def test_every_context_is_named_among_those_that_eventing_does_not_know() -> None:
    """import-linter has no way to say 'every context': those whose rule isn't there would be kept by nobody."""
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
    (rule,) = (
        rule for rule in project["tool"]["importlinter"]["contracts"] if rule.get("source_modules") == ["eventing"]
    )
    assert {f"contracts.{context}" for context in CONTEXTS} <= set(rule["forbidden_modules"])


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_and_its_ledgers_stand_in_the_documents(name: str) -> None:
    assert f"| `services/{name}/` |" in (HOUSE / "README.md").read_text("utf-8")
    assert (SERVICES[name].home / "README.md").read_text("utf-8").startswith(f"# {name}")
    ledgers = (HOUSE / "docs/how-to/ledgers.md").read_text("utf-8")
    assert [ledger.name for ledger in SERVICES[name].ledgers if f"`{ledger.name}` (" not in ledgers] == []


def twice(names: Iterable[str]) -> set[str]:
    return {name for name, times in Counter(names).items() if times > 1}
