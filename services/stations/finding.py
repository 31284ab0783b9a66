"""What does somebody find who comes to a station at an instant?"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime

from contracts.stations import Equipment
from services.stations.hours import Instant, open_until
from services.stations.views.nearby_row import Known, Offer, Stay


@dataclass(frozen=True, slots=True)
class Found:
    """An open station: where it stands then, and until when it is open."""

    known: Known
    place: Stay
    open_until: datetime
    at: datetime
    """By China's time."""

    @property
    def equipment(self) -> tuple[tuple[Equipment, ...], tuple[Equipment, ...]]:
        """What it has that day and works, and what it has and doesn't."""
        day = self.at.date()
        has = sorted(piece.equipment for piece in self.known.pieces if piece.covers(day))
        out = {fault.equipment for fault in self.known.faults if fault.covers(day)}
        return tuple(each for each in has if each not in out), tuple(each for each in has if each in out)

    @property
    def on(self) -> tuple[Offer, ...]:
        """Services of that day that aren't over, by their time."""
        day = self.at.date()
        today = [offer for offer in self.known.offers if offer.held_on == day and f"{self.at:%H:%M}" < offer.ends]
        return tuple(sorted(today, key=lambda offer: (offer.starts, offer.service)))


def find(known: Known, then: Instant) -> Found | None:
    """The station as it is then; None: it isn't open, or, a cabin, stands nowhere."""
    day = then.today
    place = _place(known, day)
    if place is None or not _in_use(known, day):
        return None
    hours, changes = bisect_right(known.hours_since, day), bisect_right(known.changes, day)
    if hours == 0:
        return None  # none hold yet
    since = known.hours_since[hours - 1]
    week = [each for each in known.hours if each.since == since]
    single = {each.day: each.spans for each in known.single if each.since == since}
    until = open_until(week, single, then, known.changes[changes] if changes < len(known.changes) else None)
    return None if until is None else Found(known, place, until, then.at)


def serves(known: Known, starts: Instant) -> bool:
    """Whether a service can start there then, as the decision on a booking sees it: a station without hours is open all
    day."""
    day = starts.today
    if any(since <= day for since in known.hours_since):
        return find(known, starts) is not None
    return _place(known, day) is not None and _in_use(known, day)


def _place(known: Known, day: date) -> Stay | None:
    for stay in known.stays:
        if stay.covers(day):
            return stay
    return None


def _in_use(known: Known, day: date) -> bool:
    """Opened, and shut neither for a while nor for good."""
    if known.opened_on is None or day < known.opened_on or (known.closed_on is not None and known.closed_on <= day):
        return False
    for pause in known.pauses:  # noqa: SIM110, any() takes three times as long, for each of twenty stations a question
        if pause.covers(day):
            return False
    return True
