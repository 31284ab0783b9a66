"""A town of the district's list: the states of its life."""

from dataclasses import dataclass

from contracts.stations import OutdoorWorkersCounted, TownDelisted, TownEvent, TownListed
from eventing.decision import StreamKind


@dataclass(frozen=True, slots=True)
class Unlisted:
    """It was never on the list."""


@dataclass(frozen=True, slots=True)
class Listed:
    """It is on the list."""

    particulars: TownListed
    counted: OutdoorWorkersCounted | None = None
    """The count of the latest day."""


@dataclass(frozen=True, slots=True)
class Delisted:
    """It was on the list."""

    particulars: TownListed
    delisted: TownDelisted


Town = Unlisted | Listed | Delisted


def evolve(state: Town, event: TownEvent) -> Town:
    match state, event:
        case Unlisted() | Delisted(), TownListed():
            return Listed(event)
        case Listed(_, counted), TownListed():
            return Listed(event, counted)
        case Listed(particulars), TownDelisted():
            return Delisted(particulars, event)
        case Listed(particulars, counted), OutdoorWorkersCounted():
            latest = event if counted is None or event.counted_on >= counted.counted_on else counted
            return Listed(particulars, latest)
        case _:
            raise ValueError(f"{event!r} can't follow {state}")


TOWN: StreamKind[Town] = StreamKind("town", Unlisted(), evolve)
