"""The ledgers of services of the day: each column goes into its command, and comes out of the list."""

from io import BytesIO

import pytest

from eventing.ledger.forms import write_template
from eventing.ledger.ledger import Ledger
from services.stations.ledgers.services import SERVICE_COUNTS, SERVICES_OF_THE_DAY
from services.stations.views.services import ServiceRow
from tests.support.ledgers import Sent, xlsx

each_ledger = pytest.mark.parametrize("ledger", [SERVICES_OF_THE_DAY, SERVICE_COUNTS], ids=lambda ledger: ledger.name)


@each_ledger
def test_columns_are_the_commands_fields_and_stand_in_the_list(ledger: Ledger) -> None:
    (becomes,) = ledger.becomes
    assert {column.name for column in ledger.columns} == set(becomes.command.model_fields)
    shown = {column.name for column in (*ledger.columns, *ledger.also)}
    assert shown <= set(ServiceRow.__dataclass_fields__)


@each_ledger
def test_the_templates_example_is_a_row_that_would_be_good(ledger: Ledger) -> None:
    example = [column.kind.show(column.example) for column in ledger.columns]
    example[0] = "d-330110-002-20250516-1"  # the example itself is skipped
    sent = Sent(xlsx([[column.zh for column in ledger.columns], example]), ledger)
    assert (sent.found, [type(command) for command in sent.commands]) == ([], [ledger.becomes[0].command])
    file = BytesIO()
    write_template(file, ledger)
    assert Sent(file, ledger).rows == []
