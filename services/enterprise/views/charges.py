"""Who is responsible (责任人) for which enterprise: one row each, gone with the enterprise or its move."""

from dataclasses import dataclass
from datetime import date

from contracts.enterprise import EnterpriseClosed, EnterpriseLeft, EnterpriseMerged, EnterpriseMoved, OfficerAssigned
from contracts.event import Event
from eventing.fold import Fold


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """An enterprise and the officer who is responsible for it, of the union that looks after it."""

    enterprise: str
    officer: str
    union_id: str
    assigned_on: date


def _apply(_: ChargeRow | None, event: Event) -> ChargeRow | None:
    match event:
        case OfficerAssigned():
            return ChargeRow(event.enterprise, event.officer, event.union, event.assigned_on)
        case EnterpriseMoved() | EnterpriseClosed() | EnterpriseMerged() | EnterpriseLeft():
            return None  # the union to which it moves names its own
        case _:
            raise ValueError(f"{type(event).__name__} changes nobody's charge")


CHARGES = Fold(
    name="charges",
    row=ChargeRow,
    events=(OfficerAssigned, EnterpriseMoved, EnterpriseClosed, EnterpriseMerged, EnterpriseLeft),
    key=lambda event: event.enterprise,
    apply=_apply,
    indexes=(("officer", "enterprise"),),
)
