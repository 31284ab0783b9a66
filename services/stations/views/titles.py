"""Titles that stations hold and held (称号): one row for each granting."""

from dataclasses import dataclass
from datetime import date

from contracts.stations import Title, TitleEvent, TitleGranted, TitleWithdrawn
from eventing.fold import Fold, replace


@dataclass(frozen=True, slots=True)
class TitleRow:
    """One title, granted by that body on that day."""

    granting: str
    """Station, title, day and body: `s-330110-001/model/2025-04-28/浙江省总工会`."""
    station: str
    title: Title
    granted_by: str
    granted_on: date
    withdrawn_on: date | None = None


def _key(event: TitleEvent) -> str:
    return f"{event.station}/{event.title}/{event.granted_on}/{event.granted_by}"


def _apply(row: TitleRow | None, event: TitleEvent) -> TitleRow:
    if isinstance(event, TitleWithdrawn):
        assert row is not None, "what is withdrawn was granted"
        return replace(row, withdrawn_on=event.withdrawn_on)
    return TitleRow(_key(event), event.station, event.title, event.granted_by, event.granted_on)


TITLES = Fold(
    name="titles",
    row=TitleRow,
    events=(TitleGranted, TitleWithdrawn),
    key=_key,
    apply=_apply,
    indexes=(("station",),),
)
