"""May a town stand on the district's list, and leave it? (镇街/平台名单; docs/domain.md 2)"""

from collections.abc import Sequence

from contracts.stations import OutdoorWorkersCounted, TownDelisted, TownEvent, TownListed
from eventing.dates import must_have_happened
from eventing.decision import Decision, StreamRef
from eventing.moment import Moment
from eventing.places import must_be_a_county
from eventing.refusal import Invalid, Refused
from services.stations.commands import CountOutdoorWorkers, DelistTown, ListTown, TownCommand
from services.stations.decider.town import TOWN, Delisted, Listed, Town, Unlisted


def list_town(command: ListTown, state: Town, moment: Moment) -> Sequence[TownEvent]:
    must_be_a_county(command.district, command.listed_on, "town")
    listed = _listed(command)
    match state:
        case Listed(particulars) if particulars == listed:
            return []
        case Listed(particulars) if command.listed_on < particulars.listed_on:
            raise Refused("newer_town_known", "listed_on", known_on=particulars.listed_on)
        case Delisted(_, delisted) if command.listed_on < delisted.delisted_on:
            raise Refused("town_delisted", "town", town=command.town, delisted_on=delisted.delisted_on)
        case _:
            must_have_happened(command.listed_on, "listed_on", moment)
            _must_have_a_union(command, moment)
            return [listed]


def delist(command: DelistTown, state: Town, moment: Moment) -> Sequence[TownEvent]:
    match state:
        case Unlisted():
            raise unlisted(command.town)
        case Delisted(_, delisted) if delisted.delisted_on == command.delisted_on:
            return []
        case Delisted(_, delisted):
            raise Refused("town_delisted", "town", town=command.town, delisted_on=delisted.delisted_on)
        case Listed(particulars):
            must_have_happened(command.delisted_on, "delisted_on", moment)
            if command.delisted_on < particulars.listed_on:
                raise Refused("delisted_before_listed", "delisted_on", listed_on=particulars.listed_on)
            return [TownDelisted(town=command.town, delisted_on=command.delisted_on)]


def count(command: CountOutdoorWorkers, state: Town, moment: Moment) -> Sequence[TownEvent]:
    match state:
        case Unlisted():
            raise unlisted(command.town)
        case Delisted(_, delisted):
            raise Refused("town_delisted", "town", town=command.town, delisted_on=delisted.delisted_on)
        case Listed(_, counted):
            must_have_happened(command.counted_on, "counted_on", moment)
            event = OutdoorWorkersCounted(town=command.town, workers=command.workers, counted_on=command.counted_on)
            return [] if event == counted else [event]


def owner(command: TownCommand, state: Town) -> str:
    """The list is the district's own (docs/domain.md, 'Regions')."""
    return f"u-{command.district}" if isinstance(state, Unlisted) else state.particulars.union


def _must_have_a_union(command: ListTown, moment: Moment) -> None:
    """Refused as that, not as another union's matter."""
    if not moment.unions.knows(f"u-{command.district}", moment.today):
        raise Invalid("region_without_union", "town", region=command.district)


def unlisted(town: str) -> Refused:
    return Refused("town_unlisted", "town", town=town)


def _listed(command: ListTown) -> TownListed:
    return TownListed(
        town=command.town,
        district=command.district,
        union=f"u-{command.district}",
        name=command.name,
        kind=command.kind,
        centre=command.centre.point,
        reach_m=command.reach_m,
        listed_on=command.listed_on,
    )


def _town(command: TownCommand) -> tuple[StreamRef, ...]:
    return (TOWN.of(command.town),)


DECISIONS = (
    Decision((ListTown,), _town, list_town, owner),
    Decision((DelistTown,), _town, delist, owner),
    Decision((CountOutdoorWorkers,), _town, count, owner),
)
