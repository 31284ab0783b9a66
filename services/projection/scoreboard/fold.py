"""The scoreboard as a fold of the enterprise log: one row an enterprise, counted by day and county."""

from typing import Any

from contracts.enterprise import EnterpriseEvent, EnterpriseRegistered
from eventing.fold import Fold
from services.projection.scoreboard.cells import Cell, Measures, contribute, roll_up
from services.projection.scoreboard.changes import CHANGES
from services.projection.scoreboard.counting import settle
from services.projection.scoreboard.row import EnterpriseRow


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
    indexes=(("moved", "last_county", "last_day", "last_figures", "last_members", "union_id", "code"),),
    version=3,
)
