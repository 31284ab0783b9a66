"""What commands take: no name that becomes public without a look at the numbers in it."""

import pytest
from pydantic import TypeAdapter, ValidationError

from contracts.vocabulary import PUBLIC_NAME
from eventing.decision import Command
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
