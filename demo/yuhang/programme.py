"""Yuhang's rest stations as the demo plays them: the actions, what is asked at the end, and how that is shown."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from itertools import chain

from demo import days
from demo.action import Action
from demo.officers import Json, Officers
from demo.programme import Programme
from demo.yuhang import cabins, faults, keeping, pauses, rider, services, stations, towns, visits
from demo.yuhang.board import shown
from demo.yuhang.steps import DISTRICT, asked

_TARGETS = {"towns_with_cabin": 15, "stations_open": 54}
_SET_ON = date(2025, 5, 8)

MONTHS = tuple(date(2025, month, monthrange(2025, month)[1]) for month in range(5, 13))
"""The last days of the months from May to December."""


def actions() -> Iterator[Action]:
    """Towns before what lies in them, a station before what happens there."""
    for metric, count in _TARGETS.items():
        target = {"region": DISTRICT, "metric": metric, "count": count, "due_on": f"{days.LAST}", "reason": "plan"}
        yield asked(_SET_ON, "set-station-target", target, metric, role="approver")
    subjects = (towns, stations, pauses, cabins, keeping, faults, services, visits)
    yield from chain.from_iterable(subject.actions() for subject in subjects)


async def ask(officers: Officers, position: str | None) -> Json:
    """`board` of the last day; `months`: the district's line as of the last day of each month. `coverage` of the towns
    and `placements` of the cabins with their moves; `faults`; `rider`: a rider's day. `export`: a ledger got out."""
    fresh = {"at_least": position} if position else {}
    of_region = {"region": DISTRICT}
    months = {
        f"{day:%Y-%m}": await officers.ask("/api/projection/stations", **of_region, as_of=f"{day}", **fresh)
        for day in MONTHS
    }
    placements = await officers.ask("/api/stations/placements", **of_region, limit="500")
    reported = await officers.ask("/api/stations/faults", **of_region, limit="500")
    exported = await officers.rows("/api/stations/ledgers/stations/export", **of_region, format="csv")
    return {
        "board": await officers.ask("/api/projection/stations", **of_region, **fresh),
        "months": {month: board["region"] for month, board in months.items()},
        "coverage": await officers.ask("/api/stations/coverage", **of_region),
        "placements": placements["placements"],
        "faults": reported["faults"],
        "rider": await rider.day_of(officers),
        "export": {"ledger": "stations", "rows": len(exported) - 1},
    }


YUHANG = Programme("yuhang", DISTRICT, actions, ask, shown)
