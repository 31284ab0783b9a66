"""Units of joint unions (联合工会覆盖单位): one row an enterprise, as it stands or stood last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from msgspec import Struct

from contracts.enterprise import JointUnionJoined, JointUnionLeft, UnionForm, UnitEvent, UnitLeaving
from eventing.fold import Fold, replace


@dataclass(frozen=True, slots=True)
class UnitRow:
    """An enterprise in a joint union; with `left_on`, no longer in it."""

    enterprise: str
    joint_union: str
    form: UnionForm
    members: int
    joined_on: date
    left_on: date | None = None
    reason: UnitLeaving | None = None


class UnitsCell(Struct, frozen=True):
    """By joint union."""

    joint_union: str


class UnitsCount(Struct, frozen=True):
    """What it covers now."""

    units: int
    members: int


def _apply(row: UnitRow | None, event: UnitEvent) -> UnitRow:
    match event:
        case JointUnionJoined():
            return UnitRow(event.enterprise, event.union, event.form, event.members, event.joined_on)
        case JointUnionLeft():
            assert row is not None, "a unit has joined before it leaves"
            return replace(row, left_on=event.left_on, reason=event.reason)
        case _:
            raise ValueError(f"{type(event).__name__} is not about a unit")


def _contribute(row: UnitRow) -> Mapping[UnitsCell, UnitsCount]:
    return {} if row.left_on is not None else {UnitsCell(row.joint_union): UnitsCount(1, row.members)}


UNITS = Fold(
    name="units",
    row=UnitRow,
    events=(JointUnionJoined, JointUnionLeft),
    key=lambda event: event.enterprise,
    apply=_apply,
    contribute=_contribute,
    cell=UnitsCell,
    measures=UnitsCount,
    indexes=(("joint_union", "enterprise"),),
)
