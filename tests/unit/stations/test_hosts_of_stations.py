"""Who keeps a station: named by pseudonym, on a day; the person lies in the vault until it closes."""

from datetime import date, timedelta

from contracts.stations import ClosingReason, HostNamed, StationClosed
from eventing.fold import fold_in_memory
from eventing.vault import kept_fields, named
from services.stations.commands import NameHost
from services.stations.decider import ERASURES
from services.stations.views.hosts import HOSTS, HostRow
from tests.support.day_services import PHONE, an_open_station
from tests.support.stations import HANGZHOU, LISTED, ROOM, TODAY, YUHANG, given

NAMED = date(2025, 3, 3)
ZHAO, QIAN = "p-7f3k9a2c", "p-1l2i3a4b"
CLOSED = StationClosed(station=ROOM, town=None, reason=ClosingReason.UNUSED, closed_on=date(2025, 4, 1), opened=False)


def name_host(host: str = ZHAO, on: date = NAMED) -> NameHost:
    return NameHost(station=ROOM, host=host, name="示例管理员", phone=PHONE, named_on=on)


def host_named(host: str = ZHAO, on: date = NAMED) -> HostNamed:
    return HostNamed(station=ROOM, host=host, named_on=on)


def test_a_host_is_named_by_pseudonym() -> None:
    given(*an_open_station()).when(name_host()).then(host_named())


def test_name_and_number_are_for_the_vault_and_not_in_what_is_shown_of_the_command() -> None:
    assert dict(kept_fields(NameHost)) == {"name": "name", "phone": "phone"}
    assert PHONE not in repr(name_host())
    assert "示例管理员" not in repr(name_host())


def test_named_twice_is_nothing_new() -> None:
    given(*an_open_station(), host_named()).when(name_host()).nothing_new()


def test_another_takes_over_and_the_same_may_be_named_again() -> None:
    later = NAMED + timedelta(days=1)
    given(*an_open_station(), host_named()).when(name_host(QIAN)).then(host_named(QIAN))
    given(*an_open_station(), host_named()).when(name_host(on=later)).then(host_named(on=later))


def test_an_older_host_is_not_entered() -> None:
    given(*an_open_station(), host_named()).when(name_host(QIAN, NAMED - timedelta(days=1))).refused(
        "newer_host_known", "named_on", known_on=NAMED
    )


def test_nobody_is_named_for_the_future_or_before_there_is_a_station() -> None:
    given(*an_open_station()).when(name_host(on=TODAY + timedelta(days=1))).refused("in_the_future", "named_on")
    given(*an_open_station()).when(name_host(on=LISTED - timedelta(days=1))).refused(
        "host_before_station", "named_on", planned_on=LISTED
    )


def test_a_station_that_is_unknown_or_closed_has_no_host() -> None:
    given().when(name_host()).refused("station_unknown", "station")
    given(*an_open_station(), CLOSED).when(name_host()).refused("station_closed", "station")


def test_the_stations_union_says_who_keeps_it() -> None:
    assert given(*an_open_station()).when(name_host(), acting=HANGZHOU).owner() == YUHANG


def test_the_person_goes_when_the_station_closes() -> None:
    """Mechanism: the table of erasures, read by the append."""
    assert named(ERASURES, [host_named(), CLOSED]) == [ROOM]


def test_the_view_has_the_latest_and_none_of_a_closed_station() -> None:
    rows, _ = fold_in_memory(HOSTS, [host_named(), host_named(QIAN, TODAY)])
    assert rows == {ROOM: HostRow(ROOM, QIAN, TODAY)}
    assert fold_in_memory(HOSTS, [host_named(), CLOSED])[0] == {}
