"""The ledgers of programme 1: each column goes into a command, comes out of the list, and is explained."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from fastapi import APIRouter

from eventing.identity import Actor, Role
from eventing.ledger.forms import write_template
from eventing.ledger.ledger import Becomes, Ledger
from eventing.refusal import Forbidden
from eventing.shell.ledger_routes import Unrouted, ledger_routes, must_be_let, routes_of
from services.enterprise.api import router
from services.enterprise.commands import ApproveUnion, BeginAccompaniment
from services.enterprise.ledgers import LEDGERS
from services.enterprise.ledgers.visits import VISITS
from services.enterprise.queries.check_ins import CheckInListed
from services.enterprise.queries.members import MembersListed
from services.enterprise.queries.plan_steps import PlanStepListed
from services.enterprise.queries.targets import TargetLine
from services.enterprise.views.enterprises import EnterpriseRow
from tests.support.ledgers import TEXTS, Sent, xlsx

LISTED: dict[str, Any] = {
    "plans": PlanStepListed,
    "check-ins": CheckInListed,
    "members": MembersListed,
    "targets": TargetLine,
}
"""What the exported list's rows are, where it isn't the list of enterprises."""

each_ledger = pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)


def test_names_and_sheets_are_unlike() -> None:
    assert len({ledger.name for ledger in LEDGERS}) == len({ledger.zh for ledger in LEDGERS}) == len(LEDGERS)


@each_ledger
def test_every_column_is_a_field_and_every_required_field_a_column(ledger: Ledger) -> None:
    fields = [becomes.command.model_fields for becomes in ledger.becomes]
    names = {column.name for column in ledger.columns}
    assert names <= {name for each in fields for name in each}
    assert {name for each in fields for name, field in each.items() if field.is_required()} <= names


@each_ledger
def test_headers_are_unlike_and_explained(ledger: Ledger) -> None:
    headers = [column.zh for column in (*ledger.columns, *ledger.also)]
    assert len(set(headers)) == len(headers)
    assert all(column.explained_zh and column.explained_en for column in ledger.columns)


@each_ledger
def test_every_column_is_in_the_exported_list(ledger: Ledger) -> None:
    shown = {column.shown or column.name for column in (*ledger.columns, *ledger.also)}
    assert shown <= set(LISTED.get(ledger.name, EnterpriseRow).__dataclass_fields__)


@each_ledger
def test_the_templates_example_is_a_row_that_would_be_good(ledger: Ledger) -> None:
    example = [None if one.example is None else one.kind.show(one.example) for one in ledger.columns]
    # Another enterprise or region: the example itself is skipped.
    example[0] = "91610102000001185N" if ledger.columns[0].name == "enterprise" else "610103"
    sent = Sent(xlsx([[column.zh for column in ledger.columns], example]), ledger)
    assert (sent.found, [type(command) for command in sent.commands]) == (
        [],
        [becomes.command for becomes in ledger.becomes],
    )
    file = BytesIO()
    write_template(file, ledger)
    assert Sent(file, ledger).rows == []


def test_a_credit_code_is_checked_in_the_words_of_the_api() -> None:
    ledger = VISITS
    sent = Sent(xlsx([["统一社会信用代码", "走访日期"], ["91610102000001185M", "2025-05-13"]]), ledger)
    assert sent.found == [(2, "统一社会信用代码", "credit_code_check_digit")]


def test_who_may_not_approve_doesnt_approve_by_a_ledger_either() -> None:
    """Mechanism: an import asks the route of each command that its rows become."""
    approvals = replace(LEDGERS[0], becomes=(Becomes(ApproveUnion, "approve"),))
    routes = routes_of("enterprise", (approvals,), router)
    must_be_let(approvals, routes, Actor("p-1", frozenset({Role.APPROVER}), "u-610102"))
    with pytest.raises(Forbidden):
        must_be_let(approvals, routes, Actor("p-1", frozenset({Role.OFFICER}), "u-610102"))


def test_a_ledger_whose_command_no_route_takes_stops_the_start() -> None:
    astray = replace(LEDGERS[0], becomes=(Becomes(BeginAccompaniment, "begin-accompaniment"),))
    ledger_routes("enterprise", LEDGERS, router, TEXTS)
    with pytest.raises(Unrouted, match="begin-accompaniment"):
        ledger_routes("enterprise", (astray,), router, TEXTS)
    with pytest.raises(Unrouted):
        ledger_routes("enterprise", LEDGERS, APIRouter(), TEXTS)
