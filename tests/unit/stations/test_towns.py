from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from contracts.stations import OutdoorWorkersCounted, TownDelisted, TownKind
from services.stations.commands import CountOutdoorWorkers, DelistTown, ListTown
from services.stations.commands.place import Datum, Place
from services.stations.geography import to_gcj02
from tests.support.stations import CENTRE, LISTED, TODAY, TOWN, a_listed_town, given

A_DAY = timedelta(days=1)
DELISTED = TownDelisted(town=TOWN, delisted_on=date(2025, 3, 3))


def list_town(
    listed_on: date = LISTED, centre: Place | None = None, town: str = TOWN, name: str = "示例街道"
) -> ListTown:
    return ListTown(
        town=town,
        name=name,
        kind=TownKind.SUBDISTRICT,
        centre=centre or Place(lat=CENTRE.lat, lon=CENTRE.lon, datum=Datum.WGS84),
        reach_m=9000,
        listed_on=listed_on,
    )


def test_a_town_is_put_on_its_districts_list() -> None:
    given().when(list_town()).then(*a_listed_town())


def test_a_centre_from_a_chinese_map_is_kept_by_wgs84() -> None:
    shown = to_gcj02(CENTRE)
    given().when(list_town(centre=Place(lat=shown.lat, lon=shown.lon, datum=Datum.GCJ02))).then(*a_listed_town())


def test_listed_twice_is_nothing_new() -> None:
    given(*a_listed_town()).when(list_town()).nothing_new()


def test_older_particulars_are_not_entered() -> None:
    older = list_town(LISTED - A_DAY, name="示例镇")
    given(*a_listed_town()).when(older).refused("newer_town_known", "listed_on", known_on=LISTED)


def test_nothing_is_listed_for_the_future() -> None:
    given().when(list_town(TODAY + A_DAY)).refused("in_the_future", "listed_on")


def test_a_city_keeps_no_list() -> None:
    given().when(list_town(town="t-330100-01")).refused("not_a_county", "town")


def test_a_district_that_no_union_looks_after_keeps_no_list() -> None:
    """Nobody owns it, so nobody would be refused as another union's."""
    given().when(list_town(town="t-330106-01")).refused("region_without_union", "town", region="330106")


def test_a_town_is_of_a_region_that_there_is() -> None:
    for town in ("t-100000-01", "t-999999-01", "t-330101-01"):
        with pytest.raises(ValidationError, match=town[2:8]):
            list_town(town=town)


def test_a_town_leaves_the_list_and_may_come_back() -> None:
    given(*a_listed_town()).when(DelistTown(town=TOWN, delisted_on=DELISTED.delisted_on)).then(DELISTED)
    given(*a_listed_town(), DELISTED).when(list_town(date(2025, 4, 1))).then(...)
    given(*a_listed_town(), DELISTED).when(list_town()).refused("town_delisted", "town")


def test_it_leaves_after_it_was_listed() -> None:
    given(*a_listed_town()).when(DelistTown(town=TOWN, delisted_on=LISTED - A_DAY)).refused(
        "delisted_before_listed", "delisted_on", listed_on=LISTED
    )
    given().when(DelistTown(town=TOWN, delisted_on=LISTED)).refused("town_unlisted", "town")


def test_outdoor_workers_are_counted_again_and_again() -> None:
    def counting(workers: int) -> CountOutdoorWorkers:
        return CountOutdoorWorkers(town=TOWN, workers=workers, counted_on=LISTED)

    counted = OutdoorWorkersCounted(town=TOWN, workers=1200, counted_on=LISTED)
    given(*a_listed_town()).when(counting(1200)).then(counted)
    given(*a_listed_town(), counted).when(counting(1200)).nothing_new()
    earlier = counted.model_copy(update={"workers": 900, "counted_on": LISTED - A_DAY})
    given(*a_listed_town(), counted, earlier).when(counting(1200)).nothing_new()  # that of the later day is the last
    given(*a_listed_town(), counted).when(counting(1300)).then(...)
    given().when(counting(1200)).refused("town_unlisted", "town")
    given(*a_listed_town(), DELISTED).when(counting(1200)).refused("town_delisted", "town")
