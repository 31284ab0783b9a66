"""Which titles does a station hold, and who granted them? (称号)"""

from collections.abc import Mapping, Sequence

from contracts.stations import Title, TitleEvent, TitleGranted, TitleWithdrawn
from eventing.dates import must_have_happened
from eventing.decision import Decision, StreamKind, StreamRef
from eventing.moment import Moment
from eventing.refusal import Refused
from services.stations.commands import GrantTitle, WithdrawTitle
from services.stations.decider.equipment import must_not_be_closed
from services.stations.decider.station import STATION, Open, Station, Suspended, union_of

Titles = Mapping[tuple[Title, str], TitleGranted | TitleWithdrawn]
"""What is known last of each title and the body that grants it."""


def evolve(titles: Titles, event: TitleEvent) -> Titles:
    which = event.title, event.granted_by
    match titles.get(which), event:
        case None | TitleWithdrawn(), TitleGranted():
            return {**titles, which: event}
        case TitleGranted(), TitleWithdrawn():
            return {**titles, which: event}
        case known, _:
            raise ValueError(f"{type(event).__name__} can't follow {type(known).__name__}")


TITLES: StreamKind[Titles] = StreamKind("title", {}, evolve)


def grant(command: GrantTitle, titles: Titles, station: Station, moment: Moment) -> Sequence[TitleEvent]:
    match titles.get((command.title, command.granted_by)):
        case TitleGranted(granted_on=granted_on) if granted_on == command.granted_on:
            return []
        case TitleGranted(granted_on=granted_on):
            raise Refused("title_held", "granted_on", granted_on=granted_on)
        case TitleWithdrawn(withdrawn_on=withdrawn_on) if command.granted_on < withdrawn_on:
            raise Refused("title_withdrawn_later", "granted_on", withdrawn_on=withdrawn_on)
        case _:
            must_not_be_closed(command, station)
            must_have_happened(command.granted_on, "granted_on", moment)
            if not isinstance(station, Open | Suspended) or command.granted_on < station.opened_on:
                raise Refused("granted_before_opened", "granted_on", station=command.station, day=command.granted_on)
            return [
                TitleGranted(
                    station=command.station,
                    title=command.title,
                    granted_by=command.granted_by,
                    granted_on=command.granted_on,
                )
            ]


def withdraw(command: WithdrawTitle, titles: Titles, _: Station, moment: Moment) -> Sequence[TitleEvent]:
    match titles.get((command.title, command.granted_by)):
        case TitleWithdrawn(withdrawn_on=withdrawn_on) if withdrawn_on == command.withdrawn_on:
            return []
        case TitleGranted(granted_on=granted_on):
            must_have_happened(command.withdrawn_on, "withdrawn_on", moment)
            if command.withdrawn_on < granted_on:
                raise Refused("withdrawn_before_granted", "withdrawn_on", granted_on=granted_on)
            return [
                TitleWithdrawn(
                    station=command.station,
                    title=command.title,
                    granted_by=command.granted_by,
                    granted_on=granted_on,
                    withdrawn_on=command.withdrawn_on,
                )
            ]
        case _:
            raise Refused("title_not_held", "title", station=command.station, granted_by=command.granted_by)


def owner(_: GrantTitle | WithdrawTitle, __: Titles, station: Station) -> str | None:
    return union_of(station)


def _titles(command: GrantTitle | WithdrawTitle) -> tuple[StreamRef, ...]:
    """The station's own stream is only read."""
    return TITLES.of(command.station), STATION.of(command.station)


DECISIONS = (
    Decision((GrantTitle,), _titles, grant, owner),
    Decision((WithdrawTitle,), _titles, withdraw, owner),
)
