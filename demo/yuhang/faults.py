"""Faults (报修): riders report them without a login, hosts confirm or dismiss them and have them repaired."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from demo import days
from demo.action import MORNING, Action, Told
from demo.yuhang.steps import asked, filled_in, station_id


@dataclass(frozen=True, slots=True)
class Fault:
    """`number`: of the station. `dismissed`: the reason, where there is none. `repaired_on`: None: it is open, or was
    dropped when the station closed; by a command, or `by_ledger`. `reporter` tells two reports of the same apart."""

    number: int
    equipment: str
    symptom: str
    reported_on: date
    repaired_on: date | None = None
    dismissed: str | None = None
    by_ledger: bool = False
    reporter: int = 1
    looked_on: date | None = None
    hour: int = MORNING

    @property
    def key(self) -> str:
        """Of the report: its number follows from it."""
        return _reported(self).key


RIDERS = Fault(39, "drinking_water", "empty", date(2025, 12, 30), looked_on=date(2025, 12, 31), hour=12)
"""What the rider reports at noon; still open when the play ends."""

FAULTS = (
    Fault(3, "drinking_water", "empty", date(2025, 5, 13), date(2025, 5, 14)),  # in time, and entered a day late
    Fault(7, "air_conditioning", "broken", date(2025, 6, 5), date(2025, 6, 10)),
    Fault(13, "microwave", "broken", date(2025, 6, 12), date(2025, 6, 17), by_ledger=True),
    Fault(22, "charging", "unsafe", date(2025, 7, 3), date(2025, 7, 8)),
    Fault(16, "air_conditioning", "broken", date(2025, 7, 24), dismissed="works"),
    Fault(27, "air_conditioning", "broken", date(2025, 7, 24), date(2025, 8, 5)),  # overdue first
    Fault(40, "drinking_water", "empty", date(2025, 8, 7), date(2025, 8, 7)),
    Fault(40, "drinking_water", "empty", date(2025, 8, 7), dismissed="known_already", reporter=2),
    Fault(9, "television", "broken", date(2025, 9, 18)),  # the room closes before it is repaired
    Fault(45, "seating", "unsafe", date(2025, 10, 14), date(2025, 10, 21), by_ledger=True),
    Fault(2, "drinking_water", "empty", date(2025, 11, 13), date(2025, 11, 14), by_ledger=True),
    Fault(52, "charging", "broken", date(2025, 11, 25), date(2025, 11, 27), by_ledger=True),
    RIDERS,
)

HEADER = ("报修编号", "驿站编号", "修复日期")


def actions() -> Iterator[Action]:
    """The reports come first: two that stand at the counter on the same day report before the host looks."""
    yield from (_reported(fault) for fault in FAULTS)
    for fault in FAULTS:
        looked_on = fault.looked_on or fault.reported_on
        if fault.dismissed:
            facts: dict[str, object] = {"reason": fault.dismissed, "dismissed_on": f"{looked_on}"}
            yield _looked_at(fault, looked_on, "dismiss-fault", facts)
            continue
        yield _looked_at(fault, looked_on, "confirm-fault", {"confirmed_on": f"{looked_on}"})
        if fault.repaired_on and not fault.by_ledger:
            entered = days.entered(fault.repaired_on)
            yield _looked_at(fault, entered, "repair-fault", {"repaired_on": f"{fault.repaired_on}"})
    listed = sorted(((fault.repaired_on, fault) for fault in FAULTS if fault.by_ledger and fault.repaired_on), key=_day)
    for day, repairs in groupby(listed, key=lambda repair: days.entered(repair[0])):
        rows = [(Told(fault.key, "fault"), station_id(fault.number), on) for on, fault in repairs]
        yield filled_in(day, "faults", HEADER, rows)


def _day(repair: tuple[date, Fault]) -> date:
    return repair[0]


def _reported(fault: Fault) -> Action:
    seen = {"station": station_id(fault.number), "equipment": fault.equipment, "symptom": fault.symptom}
    key = f"{fault.reported_on}:{fault.reporter}"
    return asked(fault.reported_on, "report-fault", seen, key, role="anyone", hour=fault.hour)


def _looked_at(fault: Fault, day: date, command: str, facts: dict[str, object]) -> Action:
    about = {"station": station_id(fault.number), "fault": Told(fault.key, "fault")}
    return asked(day, command, about | facts, f"{fault.reported_on}:{fault.reporter}")
