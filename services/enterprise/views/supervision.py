"""Refusing enterprises (重点督导台账): one row each, from the first contact on. Internal: nobody else reads it."""

from dataclasses import dataclass
from datetime import date

from contracts.enterprise import (
    EnterpriseMoved,
    RefusalConfirmed,
    RefusalContactRecorded,
    SupervisionEnded,
    SupervisionEvent,
    SupervisionLetterSent,
    SupervisionOutcome,
    SupervisionReplied,
)
from eventing.fold import Fold, replace


@dataclass(frozen=True, slots=True)
class SupervisionRow:
    """How far the supervision of one enterprise has come; the last one, where there were several."""

    enterprise: str
    union_id: str
    contacts: int
    """Days on which it was contacted."""
    contacted_on: date
    """The latest of them."""
    confirmed_on: date | None = None
    labour_inspection_sent_on: date | None = None
    labour_inspection_replied_on: date | None = None
    market_supervision_sent_on: date | None = None
    market_supervision_replied_on: date | None = None
    other_sent_on: date | None = None
    other_replied_on: date | None = None
    outcome: SupervisionOutcome | None = None
    ended_on: date | None = None


def _apply(row: SupervisionRow | None, event: SupervisionEvent | EnterpriseMoved) -> SupervisionRow | None:
    match row, event:
        case None, EnterpriseMoved():
            return None
        case SupervisionRow(), EnterpriseMoved():
            return replace(row, union_id=event.union)
        case SupervisionRow(ended_on=None), RefusalContactRecorded():
            contacted_on = max(row.contacted_on, event.contacted_on)
            return replace(row, union_id=event.union, contacts=row.contacts + 1, contacted_on=contacted_on)
        case _, RefusalContactRecorded():
            return SupervisionRow(event.enterprise, event.union, 1, event.contacted_on)
        case SupervisionRow(), RefusalConfirmed():
            return replace(row, confirmed_on=event.confirmed_on)
        case SupervisionRow(), SupervisionLetterSent():
            return replace(row, **{f"{event.authority}_sent_on": event.sent_on})
        case SupervisionRow(), SupervisionReplied():
            return replace(row, **{f"{event.authority}_replied_on": event.replied_on})
        case SupervisionRow(), SupervisionEnded():
            return replace(row, outcome=event.outcome, ended_on=event.ended_on)
        case _:
            raise ValueError(f"{type(event).__name__} is not of a supervision that has begun")


SUPERVISIONS = Fold(
    name="supervisions",
    row=SupervisionRow,
    events=(
        RefusalContactRecorded,
        RefusalConfirmed,
        SupervisionLetterSent,
        SupervisionReplied,
        SupervisionEnded,
        EnterpriseMoved,
    ),
    key=lambda event: event.enterprise,
    apply=_apply,
    indexes=(("union_id", "enterprise"),),
)
