"""What follows from a row's facts: from which day on it is in which state, and where (docs/domain.md 2)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from eventing.fold import replace
from services.projection.stations_board.row import CountedRow, Spell, Stay, What

_NEXT = timedelta(days=1)


def settle(row: CountedRow) -> CountedRow:
    """With its days, states, towns and numbers."""
    match row.what:
        case What.SERVICE | What.VISITS:
            state = "held" if row.what is What.SERVICE else "counted"
            return replace(
                row,
                days=tuple(one.day for one in row.counted),
                states=tuple(state for _ in row.counted),
                towns=tuple("" for _ in row.counted),
                numbers=tuple(one.visits for one in row.counted),
            )
        case _:
            return _lasting(row)


def _lasting(row: CountedRow) -> CountedRow:
    days, states, towns = list[date](), list[str](), list[str]()
    for day in sorted(set(_days(row))):
        now = _state(row, day), _town(row, day)
        if now != ((states[-1], towns[-1]) if days else ("", "")):
            days.append(day)
            states.append(now[0])
            towns.append(now[1])
    return replace(row, days=tuple(days), states=tuple(states), towns=tuple(towns), numbers=(1,) * len(days))


def _days(row: CountedRow) -> Iterator[date]:
    """All days on which something about it may change."""
    spells: tuple[Sequence[Spell | Stay], ...] = (row.there, row.paused, row.stays)
    for some in spells:
        for spell in some:
            yield spell.since
            if spell.until is not None:
                yield spell.until
    if row.due_on is not None:
        yield row.due_on + _NEXT
    yield from (day for day in (row.opened_on, row.closed_on) if day is not None)


def _state(row: CountedRow, day: date) -> str:
    if not _covers(row.there, day):
        return ""
    match row.what:
        case What.TOWN:
            return "listed"
        case What.FAULT:
            return "overdue" if row.due_on is not None and row.due_on < day else "open"
        case _:
            return _of_station(row, day)


def _of_station(row: CountedRow, day: date) -> str:
    if row.closed_on is not None and row.closed_on <= day:
        return "" if row.opened_on is None else "closed"  # one that never opened was a plan, which has ended
    if row.opened_on is None or day < row.opened_on:
        return "planned"
    return "suspended" if _covers(row.paused, day) else "open"


def _town(row: CountedRow, day: date) -> str:
    """A cabin stands nowhere between two places."""
    return next((stay.town for stay in row.stays if _covers((stay,), day)), "")


def _covers(spells: Sequence[Spell | Stay], day: date) -> bool:
    return any(spell.since <= day and (spell.until is None or day < spell.until) for spell in spells)
