"""What may become of an enterprise in the drive: founded, applying, willing, hesitant, refusing, not asked."""

from datetime import date, timedelta
from enum import StrEnum
from random import Random

from contracts import calendar
from contracts.enterprise import Will
from demo import days
from demo.drive.entry import Life, Statement, Visit

_VISIT_WITHIN = 5
"""Working days (docs/domain.md 1, [S]): officers know the rule that they keep or miss."""

_LAST = len(days.entry_days()) - 1


class Fate(StrEnum):
    FOUNDED = "founded"
    APPLYING = "applying"
    WILLING = "willing"
    WAVERING = "wavering"
    """Hesitant or refusing in the end."""
    NOT_ASKED = "not_asked"


class Visiting(StrEnum):
    """How it went with the visit to a willing enterprise."""

    IN_TIME = "in_time"
    LATE = "late"
    ENTERED_LATE = "entered_late"
    NEVER = "never"


_UNWILLING = (Will.HESITANT, Will.REFUSING)
_VISITING = {Visiting.IN_TIME: 77, Visiting.LATE: 6, Visiting.ENTERED_LATE: 6, Visiting.NEVER: 11}


def life(fate: Fate, surveyed: int, rng: Random) -> Life:
    """A life of that kind, from the entry day (by number) on which the enterprise was surveyed."""
    match fate:
        case Fate.FOUNDED:
            return _founded(surveyed, rng)
        case Fate.APPLYING:
            return _applying(surveyed, rng)
        case Fate.WILLING:
            return _willing(surveyed, rng)
        case Fate.WAVERING:
            return _wavering(surveyed, rng)
        case Fate.NOT_ASKED:
            return Life()


def _founded(surveyed: int, rng: Random) -> Life:
    asked = surveyed + 1 + rng.randrange(44)
    statements = _statements(surveyed, asked, rng)
    visit = _visit(statements[-1], asked, rng)
    applied = (days.index(visit.entered_on) if visit else asked) + 1 + rng.randrange(2)
    approved = applied + 1 + rng.randrange(3)
    if rng.random() < 0.75:
        approved = _thursday(approved)  # most county unions meet on Thursdays
    return Life(statements, visit, _day(applied), _day(approved))


def _applying(surveyed: int, rng: Random) -> Life:
    applied = _LAST - rng.randrange(6)
    asked = max(surveyed + 1, applied - 3 - rng.randrange(4))
    statements = _statements(surveyed, asked, rng)
    visit = _visit(statements[-1], asked, rng)
    return Life(statements, visit, _day(applied))


def _willing(surveyed: int, rng: Random) -> Life:
    asked = rng.randrange(surveyed + 1, _LAST + 1)
    statements = _statements(surveyed, asked, rng)
    return Life(statements, _visit(statements[-1], asked, rng))


def _wavering(surveyed: int, rng: Random) -> Life:
    """A third of them had been willing first: some changed their mind before the visit was due, some after."""
    asked = rng.randrange(surveyed + 1, _LAST - 6)
    unwilling = rng.choice(_UNWILLING)
    if rng.random() < 0.66:
        return Life((Statement(unwilling, _stated(asked, rng)),))
    changed = asked + rng.choice((1, 5))
    return Life((Statement(Will.WILLING, _stated(asked, rng)), Statement(unwilling, _day(changed))))


def _statements(surveyed: int, asked: int, rng: Random) -> tuple[Statement, ...]:
    """Willing in the end; every eighth, if there was time, only after it had hesitated or refused."""
    willing = Statement(Will.WILLING, _stated(asked, rng))
    if asked - surveyed > 4 and rng.random() < 0.15:
        return (Statement(rng.choice(_UNWILLING), _day(rng.randrange(surveyed + 1, asked - 1))), willing)
    return (willing,)


def _visit(willing: Statement, asked: int, rng: Random) -> Visit | None:
    """None: nobody came, or what came of it lies beyond the end of the play."""
    (how,) = rng.choices(tuple(_VISITING), tuple(_VISITING.values()))
    due = calendar.load().due(willing.stated_on, _VISIT_WITHIN).on
    if how is Visiting.NEVER or due >= days.LAST or asked + 1 > _LAST:
        return None
    soon, afterwards = _day(asked + 1), _day(days.index(due + timedelta(days=1)) + rng.randrange(2))
    match how:
        case Visiting.IN_TIME:
            return Visit(soon, soon)
        case Visiting.LATE:
            return Visit(afterwards, afterwards)
        case Visiting.ENTERED_LATE:
            return Visit(soon, afterwards)


def _stated(asked: int, rng: Random) -> date:
    """Said on the entry day, or on the day before it."""
    return _day(asked) - timedelta(days=int(rng.random() < 0.35))


def _thursday(number: int) -> int:
    while number < _LAST and not days.is_thursday(_day(number)):
        number += 1
    return number


def _day(number: int) -> date:
    return days.entry_days()[min(number, _LAST)]
