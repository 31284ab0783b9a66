"""Which stations a rider finds open at an instant, by looking at every station of the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from contracts import calendar
from contracts.event import Event
from contracts.places import Point
from tests.support.station_recount import told
from tests.support.yuhang_recount import Recount, metres

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Rider:
    """Where the rider is, and when it is."""

    recount: Recount
    here: Point
    at: datetime

    def finds(self, *, equipment: str | None = None, service: str | None = None) -> list[tuple[str, float]]:
        """The open stations with that equipment, works; or where that service is on and not over. By metres."""
        found = [
            (station, metres(self.here, point))
            for station, point in self.recount.in_use(self._day).items()
            if _open(self._hours(station), self.at)
            and (equipment is None or equipment in self.works(station))
            and (service is None or service in {kind for kind, _, _ in self.on(station).values()})
        ]
        return sorted(found, key=lambda each: each[1])

    def on(self, station: str) -> Mapping[str, tuple[str, str, str]]:
        """The services of that day which aren't over: what each is, when it begins and ends."""
        events = self.recount.events
        cancelled = {one.service for one in told(events, "ServiceCancelled")}
        planned = [one for one in told(events, "ServicePlanned") if one.station == station]
        return {
            one.service: (one.kind.value, one.starts, one.ends)
            for one in planned
            if one.held_on == self._day and f"{self.at:%H:%M}" < one.ends and one.service not in cancelled
        }

    def broken(self, station: str) -> set[str]:
        """What it has, and what doesn't work that day."""
        ended = {one.fault: one.repaired_on for one in told(self.recount.events, "EquipmentRepaired")}
        return {
            one.equipment.value
            for one in told(self.recount.events, "EquipmentBroken")
            if one.station == station
            and one.broken_since <= self._day
            and (one.fault not in ended or self._day < ended[one.fault])
        }

    @property
    def _day(self) -> date:
        return self.at.date()

    def open_until(self, station: str) -> datetime:
        """The first minute at which it isn't open, a week ahead at most."""
        hours = self._hours(station)
        ahead = (self.at + timedelta(minutes=minutes) for minutes in range(7 * 24 * 60))
        return next((at for at in ahead if not _open(hours, at)), self.at + timedelta(days=7))

    def works(self, station: str) -> set[str]:
        """What it has that works."""
        events = self.recount.events
        had = {one.equipment.value for one in told(events, "EquipmentInstalled") if one.station == station}
        gone = {one.equipment.value for one in told(events, "EquipmentRemoved") if one.station == station}
        return had - gone - self.broken(station)

    def _hours(self, station: str) -> Any:
        """Those that hold on the rider's day."""
        set_ = [one for one in told(self.recount.events, "OpeningHoursSet") if one.station == station]
        return max((one for one in set_ if one.since <= self._day), key=lambda one: one.since)


def _open(hours: Any, at: datetime) -> bool:
    """By the times of that day, and those of the evening before that go on over midnight."""
    now, today = at.hour * 60 + at.minute, at.date()
    before = today - timedelta(days=1)
    return any(opens <= now < closes for opens, closes in _times(hours, today)) or any(
        now < closes - 24 * 60 for _, closes in _times(hours, before)
    )


def _times(hours: Any, day: date) -> Sequence[tuple[int, int]]:
    """In minutes of that day, and over midnight into the next one."""
    others = [one for one in hours.exceptions if one.day == day]
    names = {_DAYS[day.weekday()]} | ({"working_days"} if calendar.load().is_working_day(day) else set())
    times = [one for one in others if one.opens] if others else [one for one in hours.times if one.on.value in names]
    return [(_minutes(one.opens), _minutes(one.closes) + (one.closes <= one.opens) * 24 * 60) for one in times]


def _minutes(of_day: str) -> int:
    return int(of_day[:2]) * 60 + int(of_day[3:])


def fault(events: Sequence[Event], number: str) -> dict[str, Any]:
    """What has become of that report."""
    mine = [event for event in events if getattr(event, "fault", None) == number]
    (seen,) = told(mine, "FaultReported")
    confirmed, repaired = told(mine, "FaultConfirmed"), told(mine, "FaultRepaired")
    dismissed, dropped = told(mine, "FaultDismissed"), told(mine, "FaultDropped")
    ends = ((dropped, "dropped"), (dismissed, "dismissed"), (repaired, "repaired"), (confirmed, "confirmed"))
    return {
        "fault": number,
        "station": seen.station,
        "equipment": seen.equipment.value,
        "symptom": seen.symptom.value,
        "reported_on": f"{seen.reported_on}",
        "confirmed_on": _day(confirmed, "confirmed_on"),
        "state": next((state for facts, state in ends if facts), "reported"),
        "due_on": _day(confirmed, "repair_due_on"),
        "repaired_on": _day(repaired, "repaired_on"),
        "dismissed_on": _day(dismissed, "dismissed_on"),
        "dropped_on": _day(dropped, "dropped_on"),
        "late": repaired[0].repaired_on > confirmed[0].repair_due_on if repaired else None,
        "overdue": bool(told(mine, "FaultOverdue")) and not repaired and not dropped,
        "dismissed_for": dismissed[0].reason.value if dismissed else None,
    }


def _day(facts: Sequence[Any], name: str) -> str | None:
    return f"{getattr(facts[0], name)}" if facts else None
