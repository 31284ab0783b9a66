"""Below a board stands how far it has read, by China's time."""

from datetime import UTC, datetime

from demo.freshness import Freshness, as_of


def test_each_log_has_its_line() -> None:
    read = Freshness(
        source="/regions/330110/stations", sequence=7, time=datetime(2025, 12, 31, 9, tzinfo=UTC), behind=False
    )
    unheard = Freshness(source="/regions/330110/enterprise", sequence=0, time=None, behind=None)
    assert as_of([read, unheard]) == (
        "/regions/330110/stations@7 数据截至 as of 2025-12-31 17:00 最新 current\n"
        "/regions/330110/enterprise@0 数据截至 as of —\n"
    )
