"""What commands and queries take: no public name without a look at the numbers in it, no form without an example."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import TypeAdapter, ValidationError

from contracts.vocabulary import PUBLIC_NAME
from eventing.decision import Command
from eventing.shell.examples import examples_in
from services.platform import BY_NAME
from services.stations.commands import WithdrawTitle

NO_NEW_ONE = {(WithdrawTitle, "granted_by")}
"""Takes only what a title has already."""
NAMES = [
    (command, name)
    for make in BY_NAME.values()
    for decision in make().decisions
    for command in decision.commands
    for name, field in command.model_fields.items()
    if PUBLIC_NAME in field.metadata and (command, name) not in NO_NEW_ONE
]


@pytest.mark.parametrize(("command", "name"), NAMES, ids=lambda one: one if isinstance(one, str) else one.__name__)
def test_a_commands_public_name_holds_no_persons_number(command: type[Command], name: str) -> None:
    field = command.model_fields[name]
    asked = TypeAdapter[str](field.rebuild_annotation())
    assert asked.validate_python("西安示例109机械厂")
    with pytest.raises(ValidationError, match="with_mobile"):
        asked.validate_python("张三 13812345678")


def test_the_names_are_found() -> None:
    assert len(NAMES) >= 10


def asked(name: str) -> list[Any]:
    """JSON schemas of all commands, and the OpenAPI document of all routes."""
    service = BY_NAME[name]()
    app = FastAPI()
    app.include_router(service.router)
    commands = [command for decision in service.decisions for command in decision.commands]
    return [*(command.model_json_schema() for command in commands), app.openapi()]


def forms(schema: Any) -> Iterator[tuple[str, list[str]]]:
    """Each pattern, with the examples beside it."""
    if isinstance(schema, dict):
        if isinstance(pattern := schema.get("pattern"), str):
            yield pattern, schema.get("examples", [])
        for part in schema.values():
            yield from forms(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from forms(part)


@pytest.mark.parametrize("name", BY_NAME)
def test_every_form_that_is_asked_for_has_an_example_of_it(name: str) -> None:
    """Else who writes it wrongly is told no more than that."""
    schemas = asked(name)
    shown = examples_in(schemas)
    found = dict(forms(schemas))
    assert len(found) >= 5
    for pattern, examples in forms(schemas):
        assert examples, f"no example beside {pattern}"
        assert all(re.search(pattern, example) for example in (*examples, shown[pattern])), pattern
