"""The demo's services of the day fit the hours that the demo gives their stations."""

from demo.yuhang.keeping import HOURS, kind_of_hours
from demo.yuhang.services import CANCELLED, KINDS, services

_OF_ANY_DAY = {kind: times[0][1] for kind, times in HOURS.items()}


def test_each_starts_when_its_station_has_opened() -> None:
    """A plan for a station that is shut then is refused, and the demo with it."""
    early = [one.id for one in (*services(), *CANCELLED) if KINDS[one.kind][2] < _OF_ANY_DAY[kind_of_hours(one.number)]]
    assert early == []
