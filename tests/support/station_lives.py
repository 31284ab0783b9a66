"""Lives of stations, towns and faults as their streams may hold them, and what was counted, for boards of any day."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from hypothesis import strategies as st

from contracts.event import Event
from contracts.places import Point
from contracts.stations import (
    CabinPlaced,
    CabinRemoved,
    ClosingReason,
    DismissalReason,
    Equipment,
    FaultConfirmed,
    FaultDismissed,
    FaultDropped,
    FaultRepaired,
    FaultReported,
    ServiceHeld,
    ServiceKind,
    StationClosed,
    StationKind,
    StationOpened,
    StationPlanned,
    StationResumed,
    StationSuspended,
    SuspensionReason,
    Symptom,
    TownDelisted,
    TownKind,
    TownListed,
    VisitsCounted,
)

FIRST, LAST = date(2025, 3, 1), date(2025, 5, 31)
DAYS = st.dates(FIRST, LAST)
DISTRICTS = ["330110", "330108", "330523"]
POINT = Point(lat=30.2741, lon=119.9785)
_BODY = "杭州市示例街道办事处"

Chain = Sequence[Event]
"""One stream: its events come in this order; streams are independent of each other."""


def town_of(district: str, number: int) -> str:
    return f"t-{district}-{number:02}"


@st.composite
def towns(draw: st.DrawFn, district: str, number: int) -> Chain:
    town = town_of(district, number)
    listed_on, delisted_on = sorted(draw(st.lists(DAYS, min_size=2, max_size=2)))
    listed = TownListed(
        town=town,
        district=district,
        union=f"u-{district}",
        name="示例街道",
        kind=TownKind.SUBDISTRICT,
        centre=POINT,
        reach_m=6000,
        listed_on=listed_on,
    )
    again = listed.model_copy(update={"name": "示例新街道", "listed_on": delisted_on})
    return draw(
        st.sampled_from(
            [[listed], [listed, again], [listed, TownDelisted(town=town, delisted_on=delisted_on)]],
        )
    )


@st.composite
def stations(draw: st.DrawFn, district: str, number: int) -> Chain:
    station, kind = f"s-{district}-{number:03}", draw(st.sampled_from(StationKind))
    days = sorted(draw(st.lists(DAYS, min_size=7, max_size=7, unique=True)))
    planned_on, opened_on, *rest = days
    room = kind is StationKind.FIXED
    chain: list[Event] = [
        StationPlanned(
            station=station,
            kind=kind,
            name=f"示例驿站{number}",
            district=district,
            union=f"u-{district}",
            town=town_of(district, 1) if room else None,
            point=POINT if room else None,
            area_m2=20,
            host_body=_BODY,
            planned_on=planned_on,
        )
    ]
    if not room:
        chain += _placings(draw, station, district, [opened_on, *rest])
    if not draw(st.booleans()):
        return chain if draw(st.booleans()) else [*chain, _closed(station, None, rest[4])]
    chain.append(
        StationOpened(
            station=station,
            kind=kind,
            name=f"示例驿站{number}",
            district=district,
            town=None,
            point=None,
            opened_on=opened_on,
        )
    )
    if draw(st.booleans()):
        until = draw(st.sampled_from([None, rest[2], rest[3]]))
        reason = SuspensionReason.WEATHER
        told = StationSuspended(station=station, town=None, reason=reason, suspended_on=rest[0], until=until)
        chain.append(told)
        if draw(st.booleans()):
            chain.append(told.model_copy(update={"until": rest[3]}))
        if draw(st.booleans()):
            chain.append(StationResumed(station=station, resumed_on=rest[1]))
    if draw(st.booleans()):
        chain.append(_closed(station, opened_on, rest[4]))
    return chain


def _closed(station: str, opened_on: date | None, on: date) -> StationClosed:
    """Without a day of opening: a plan that has ended."""
    return StationClosed(
        station=station, town=None, reason=ClosingReason.UNUSED, closed_on=on, opened=opened_on is not None
    )


def _placings(draw: st.DrawFn, station: str, district: str, days: Sequence[date]) -> list[Event]:
    """In two places, one after the other; the later one may be entered first."""
    here, there = (town_of(district, draw(st.integers(1, 3))) for _ in range(2))
    first: list[Event] = [
        CabinPlaced(station=station, town=here, point=POINT, placed_on=days[0], until=days[2]),
    ]
    if draw(st.booleans()):
        first.append(CabinRemoved(station=station, town=here, placed_on=days[0], removed_on=days[1]))
    second = CabinPlaced(station=station, town=there, point=POINT, placed_on=days[3], until=None)
    return draw(st.sampled_from([first, [*first, second], [second, *first]]))


@st.composite
def faults(draw: st.DrawFn, district: str, number: int) -> Chain:
    fault = f"f-{number}a{district[3]}b{district[4]}c{district[5]}d"
    said = {"fault": fault, "station": f"s-{district}-001", "equipment": Equipment.CHARGING}
    reported, confirmed, due, repaired = sorted(draw(st.lists(DAYS, min_size=4, max_size=4)))
    if draw(st.booleans()):
        due, repaired = repaired, due
    begun = FaultReported(symptom=Symptom.BROKEN, reported_on=reported, **said)
    sure = FaultConfirmed(confirmed_on=confirmed, repair_due_on=due, provisional=False, **said)
    return draw(
        st.sampled_from(
            [
                [begun],
                [begun, FaultDismissed(reason=DismissalReason.WORKS, dismissed_on=confirmed, **said)],
                [begun, sure],
                [begun, sure, FaultRepaired(repaired_on=repaired, due_on=due, **said)],
                [begun, sure, FaultDropped(dropped_on=repaired, **said)],
            ]
        )
    )


@st.composite
def visits(draw: st.DrawFn, district: str, number: int) -> Chain:
    station, month = f"s-{district}-{number:03}", draw(st.sampled_from(["2025-03", "2025-04", "2025-05"]))
    first = date.fromisoformat(f"{month}-01")
    counted = draw(st.lists(st.tuples(st.integers(0, 27), st.integers(0, 300)), min_size=1, max_size=6))
    return [
        VisitsCounted(station=station, month=month, day=first + timedelta(days=after), visits=came)
        for after, came in counted
    ]


@st.composite
def services(draw: st.DrawFn, district: str, number: int) -> Chain:
    held_on = draw(DAYS)
    return [
        ServiceHeld(
            service=f"d-{district}-001-{held_on:%Y%m%d}-{number}",
            station=f"s-{district}-001",
            town=town_of(district, 1),
            kind=ServiceKind.HAIRCUT,
            held_on=held_on,
            visits=draw(st.integers(0, 60)),
            booked=0,
            no_shows=0,
        )
    ]


@st.composite
def chains(draw: st.DrawFn) -> list[Chain]:
    """A few of everything, in three districts, one of them of another city."""
    return [
        draw(kind(district, number))
        for district in DISTRICTS
        for kind, most in ((towns, 3), (stations, 4), (faults, 2), (visits, 2), (services, 2))
        for number in range(1, draw(st.integers(0, most)) + 1)
    ]


def merged(history: Sequence[Chain]) -> st.SearchStrategy[list[Event]]:
    """In any order of entry that keeps each stream's own."""
    turns = [at for at, chain in enumerate(history) for _ in chain]

    def merge(chance: Random) -> list[Event]:
        rest, order = [list(chain) for chain in history], chance.sample(turns, len(turns))
        return [rest[turn].pop(0) for turn in order]

    return st.randoms(use_true_random=False).map(merge)
