"""Where the next cabin should stand. A degree of latitude is some 110.9 km at Yuhang."""

from contracts.places import Point
from services.stations.coverage import OpenStation, Suggestion, Uncovered, Why, suggest, uncovered

ROOM = OpenStation("s-330110-001", Point(lat=30.27, lon=119.97))
CABIN = OpenStation("s-330110-049", Point(lat=30.30, lon=119.97))


def town(id: str, workers: int | None, metres: int | None) -> Uncovered:
    return Uncovered(f"t-330110-{id}", f"示例{id}街道", workers, ROOM.station, metres)


def chosen(*towns: Uncovered) -> tuple[str, Why] | None:
    found: Suggestion | None = suggest(towns)
    return None if found is None else (found.town.removeprefix("t-330110-"), found.reason)


def test_the_way_is_that_to_the_nearest_open_station() -> None:
    far = uncovered("t-330110-03", "示例街道", 500, Point(lat=30.31, lon=119.97), (ROOM, CABIN))
    assert far.nearest == CABIN.station
    assert far.metres is not None
    assert 1105 < far.metres < 1112
    assert uncovered("t-330110-03", "示例街道", 500, ROOM.point, ()) == Uncovered(
        "t-330110-03", "示例街道", 500, None, None
    )


def test_most_workers_times_the_longest_way() -> None:
    many_near, few_far, both = town("01", 4000, 500), town("02", 200, 9000), town("03", 1000, 2500)
    assert chosen(many_near, few_far, both) == ("03", Why.WORKERS_AND_WAY)


def test_of_equal_ones_the_first_by_its_id() -> None:
    assert chosen(town("05", 100, 900), town("04", 900, 100)) == ("04", Why.WORKERS_AND_WAY)


def test_with_less_known_it_goes_by_what_is() -> None:
    assert chosen(town("01", 100, None), town("02", 300, None)) == ("02", Why.WORKERS)
    assert chosen(town("01", None, 700), town("02", None, 300)) == ("01", Why.WAY)
    assert chosen(town("01", None, 9000), town("02", 10, 300)) == ("02", Why.WORKERS_AND_WAY)
    assert chosen(town("01", None, None)) is None
    assert chosen() is None
