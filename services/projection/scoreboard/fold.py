"""The scoreboard as a fold of the enterprise log: one row an enterprise, counted by day and county."""

from typing import Any

from contracts.enterprise import EnterpriseEvent, EnterpriseRegistered
from eventing.fold import Computed, Fold
from services.projection.rules import RULES
from services.projection.scoreboard.cells import Cell, Measures, contribute, roll_up
from services.projection.scoreboard.changes import CHANGES
from services.projection.scoreboard.counting import settle
from services.projection.scoreboard.row import EnterpriseRow

LAST = (
    Computed("last_day", "date", "days[cardinality(days)]"),
    Computed("last_county", "text", "counties[cardinality(counties)]"),
    Computed("last_figures", "bigint", "figures[cardinality(figures)]"),
    Computed("last_members", "bigint", "members[cardinality(members)]"),
    Computed("moved", "boolean", "counties[1] <> any (counties)"),
)
"""What holds from the last of a row's days on, by which a list is found in an index; and whether it ever counted in
another county: then the last one doesn't say in which it counted on a day before."""


def key(event: Any) -> str:
    enterprise: str = event.enterprise
    return enterprise


def apply(row: EnterpriseRow | None, event: Any) -> EnterpriseRow:
    """Any stream may begin the row. Raises `ValueError` for an enterprise's own event before its registration."""
    row = EnterpriseRow(event.enterprise) if row is None else row
    if not row.listed and isinstance(event, EnterpriseEvent) and not isinstance(event, EnterpriseRegistered):
        raise ValueError(f"{type(event).__name__} can't follow {row}")
    return CHANGES[type(event)](row, event)


SCOREBOARD = Fold(
    name="scoreboard",
    row=EnterpriseRow,
    events=tuple(CHANGES),
    key=key,
    apply=apply,
    contribute=contribute,
    roll_up=roll_up,
    settle=settle,
    cell=Cell,
    measures=Measures,
    computed=LAST,
    indexes=(("moved", "last_county", "last_day", "last_figures", "last_members", "union_id", "code"),),
    version=3,
    goes_by=RULES.load(),
)
