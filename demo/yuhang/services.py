"""Services of the day (驿站服务日): planned on Tuesdays by a ledger, some booked, held, and counted by another one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from demo import days
from demo.action import MORNING, Action, Told
from demo.yuhang import cabins
from demo.yuhang.keeping import kind_of_hours
from demo.yuhang.pauses import in_use_on
from demo.yuhang.stations import BY_NUMBER, CLOSED
from demo.yuhang.steps import asked, filled_in, station_id

KINDS = {
    "haircut": ("义务理发", "杭州示例美发服务队", "13:30", "16:30"),
    "repairs": ("小家电维修", "杭州示例小家电维修队", "09:30", "11:30"),
    "legal_advice": ("法律咨询", "杭州示例律师事务所", "14:00", "16:00"),
    "film": ("电影放映", "杭州示例公益放映队", "18:30", "20:30"),
    "market": ("公益集市", "杭州示例街道工会", "10:00", "12:00"),
}
"""By kind: its name in the ledger, who offers it, when it begins and ends."""


@dataclass(frozen=True, slots=True)
class Service:
    """`planned_on` is an entry day. `booked`: so many tickets, one of them given back where `returned`."""

    number: int
    kind: str
    held_on: date
    planned_on: date
    visits: int
    capacity: int = 30
    booked: int = 0
    returned: bool = False
    no_shows: int = 0

    @property
    def id(self) -> str:
        return f"d-{station_id(self.number)[2:]}-{self.held_on:%Y%m%d}-1"

    @property
    def counted_on(self) -> date:
        """The entry day after it."""
        return days.entered(self.held_on + timedelta(days=1))


RIDERS = Service(39, "haircut", date(2025, 12, 30), date(2025, 12, 23), visits=21, booked=1)
"""Where the rider of the last days has a haircut."""

CANCELLED = {
    Service(36, "legal_advice", date(2025, 7, 10), date(2025, 7, 3), 0): ("weather", date(2025, 7, 8)),
    Service(20, "film", date(2025, 11, 20), date(2025, 11, 13), 0): ("too_few", date(2025, 11, 18)),
}

_BOOKED = {date(2025, 6, 5): (3, True, 1), date(2025, 9, 18): (4, False, 1)}
"""How many tickets, whether one more is given back, and how many don't come."""


@cache
def services() -> tuple[Service, ...]:
    """On each Thursday and Saturday after a Tuesday of entries, from the second week on; then the rider's."""
    return (*_weekly(), RIDERS)


def _weekly() -> Iterator[Service]:
    kinds, hosts = tuple(KINDS), [number for number in BY_NUMBER if kind_of_hours(number) in ("daily", "round")]
    tuesdays = (day for day in days.entry_days() if day.weekday() == 1 and days.FIRST < day < RIDERS.held_on)
    for week, tuesday in enumerate(tuesdays):
        for turn, after in enumerate((2, 4)):
            held_on, at = tuesday + timedelta(days=after), 2 * week + turn
            open_then = [one for one in hosts if one != CLOSED and in_use_on(one, held_on) and in_use_on(one, tuesday)]
            moving = [one for one in open_then if one in cabins.NUMBERS]
            number = moving[week % len(moving)] if turn and moving else open_then[at * 7 % len(open_then)]
            booked, returned, no_shows = _BOOKED.get(held_on, (0, False, 0))
            kind = "haircut" if booked else kinds[at % len(kinds)]
            visits = 12 + at * 5 % 17
            yield Service(number, kind, held_on, tuesday, visits, 30, booked, returned, no_shows)


PLANNED_HEADER = ("服务编号", "服务项目", "提供单位", "开始时间", "结束时间", "名额")
COUNTED_HEADER = ("服务编号", "到场人数", "爽约人数")


def actions() -> Iterator[Action]:
    planned = sorted((*services(), *CANCELLED), key=lambda service: service.planned_on)
    for day, these in groupby(planned, key=lambda service: service.planned_on):
        yield filled_in(day, "services-of-the-day", PLANNED_HEADER, [_row(service) for service in these])
    for day, held in groupby(sorted(services(), key=lambda one: one.counted_on), key=lambda one: one.counted_on):
        rows = [(service.id, service.visits, service.no_shows) for service in held]
        yield filled_in(day, "service-counts", COUNTED_HEADER, rows, hour=MORNING)
    for service, (reason, on) in CANCELLED.items():
        told = {"service": service.id, "reason": reason, "cancelled_on": f"{on}"}
        yield asked(on, "cancel-service", told, reason)
    for service in services():
        yield from _booked(service)
    yield asked(date(2025, 12, 25), "plan-service", _more(RIDERS, 40), "more")


def _booked(service: Service) -> Iterator[Action]:
    """At noon, before it begins; the last ticket may be given back at once."""
    tickets = service.booked + service.returned
    for ticket in range(1, tickets + 1):
        asked_for = {"service": service.id, "phone": f"0571-{ticket:08}"}
        booked = asked(service.held_on, "book-ticket", asked_for, f"{ticket}", role="anyone", hour=12)
        yield booked
        if service.returned and ticket == tickets:
            link = {"ticket": Told(booked.key, "ticket"), "proof": Told(booked.key, "proof")}
            given = {"service": service.id} | link
            yield asked(service.held_on, "return-ticket", given, f"{ticket}", role="anyone", hour=12)


def _row(service: Service) -> tuple[object, ...]:
    name, provider, starts, ends = KINDS[service.kind]
    return service.id, name, provider, starts, ends, service.capacity


def _more(service: Service, capacity: int) -> dict[str, object]:
    _, provider, starts, ends = KINDS[service.kind]
    said = {"service": service.id, "kind": service.kind, "provider": provider, "starts": starts, "ends": ends}
    return said | {"capacity": capacity}
