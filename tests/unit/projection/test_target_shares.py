"""What held on a day, and whether the shares of the regions below reach the target above."""

from datetime import date

from contracts.enterprise import TargetReason
from services.projection.queries.as_of import Counted
from services.projection.queries.targets import Shares, shares
from services.projection.scoreboard import Metric
from services.projection.targets import Setting, Targets, load

UNION_50 = Metric.UNION_50
JUNE = date(2025, 6, 1)


def setting(
    region: str = "610100",
    percent: int = 75,
    number: int = 1,
    on: date = JUNE,
    cascades: bool = True,
    union: str | None = None,
) -> Setting:
    return Setting(
        key=f"u-{region}-union_50-{number}",
        region=region,
        union_id=union or f"u-{region}",
        metric=UNION_50,
        number=number,
        percent=percent,
        due_on=date(2025, 12, 31),
        cascades=cascades,
        reason=TargetReason.SHARED_OUT,
        set_by="u-610000",
        set_on=on,
    )


def percent(targets: Targets, region: str) -> int | None:
    target = targets.of(UNION_50, region)
    return target.percent if target else None


def test_what_was_set_goes_before_what_held_from_the_start() -> None:
    after = load().and_then([setting("610000", 72), setting("610100", 75)], JUNE)
    assert [percent(after, region) for region in ("610000", "610100", "610102", "610702")] == [72, 75, 75, 72]
    assert percent(load(), "610100") == 70


def test_of_two_settings_on_one_day_the_second_holds() -> None:
    assert percent(load().and_then([setting(number=2, percent=80), setting(percent=75)], JUNE), "610100") == 80


def test_a_target_that_does_not_cascade_lets_the_one_above_through() -> None:
    after = load().and_then([setting("610100", 75, cascades=False)], JUNE)
    assert [percent(after, region) for region in ("610100", "610102")] == [75, 70]


def test_a_target_goes_along_when_its_region_gets_another_code() -> None:
    after = load().and_then([setting("610125", 90, on=date(2016, 1, 1))], JUNE)
    assert percent(after, "610118") == 90


def test_targets_go_along_the_tree_of_unions_not_of_regions() -> None:
    """Shihezi (659001) answers to the 8th Division and that to the XPCC, though it lies in Xinjiang (650000)."""
    xinjiang, xpcc = setting("650000", 70), setting("650100", 80, union="u-xpcc")
    division = setting("659001", 85, union="u-xpcc-8")
    assert percent(Targets({}).and_then([xinjiang, xpcc], JUNE), "659001") == 80
    assert percent(Targets({}).and_then([xinjiang, xpcc, division], JUNE), "659001") == 85
    assert percent(Targets({}).and_then([xinjiang, xpcc, division, setting("659001", 90)], JUNE), "659001") == 90
    assert percent(Targets({}).and_then([xinjiang], JUNE), "659001") is None


def test_a_region_that_no_union_looks_after_goes_by_the_union_of_the_one_above() -> None:
    after = Targets({}).and_then([setting("330100", 75)], JUNE)
    assert (after.in_charge("330102"), after.in_charge("330110")) == ("u-330100", "u-330110")
    assert percent(after, "330102") == 75


def test_a_groups_target_is_not_that_of_the_region_it_sits_in() -> None:
    """China Railway No. 4 Engineering sits in Hefei (340100), and answers to its group."""
    after = Targets({}).and_then([setting("340100", 75, union="u-crec4")], JUNE)
    assert percent(after, "340100") is None
    found = after.of_union(UNION_50, "u-crec4")
    assert found is not None
    assert (found.percent, after.of_union(UNION_50, "u-crec")) == (75, None)


def sums(**totals: int) -> dict[tuple[str, Metric], Counted]:
    return {(place.removeprefix("r"), UNION_50): Counted(total, 0, 0) for place, total in totals.items()}


def compared(targets: Targets, **totals: int) -> Shares:
    return shares("610200", UNION_50, sums(**totals), targets)


def test_shares_that_can_not_reach_the_target_above_are_warned_of() -> None:
    """100 enterprises and 70 % need 70; counties of 60 and 40 with 70 % and 50 % bring 42 and 20."""
    targets = load().and_then([setting("610203", 50)], JUNE)
    found = compared(targets, r610200=100, r610202=60, r610203=40)
    assert (found.region.needed, found.needed_of_children, found.short_by) == (70, 62, 8)
    assert [(share.code, share.needed, share.target and share.target.percent) for share in found.children] == [
        ("610202", 42, 70),
        ("610203", 20, 50),
    ]


def test_shares_that_reach_it_are_enough() -> None:
    targets = load().and_then([setting("610202", 80), setting("610203", 56)], JUNE)
    found = compared(targets, r610200=100, r610202=60, r610203=40)
    assert (found.needed_of_children, found.short_by) == (71, 0)


def test_what_is_needed_is_rounded_up_everywhere() -> None:
    found = compared(load(), r610200=3, r610202=1, r610203=2)
    assert [share.needed for share in (found.region, *found.children)] == [3, 1, 2]
    assert found.short_by == 0


def test_a_child_without_a_target_brings_nothing() -> None:
    targets = Targets({}).and_then([setting("610200", 70, cascades=False), setting("610202", 70)], JUNE)
    found = compared(targets, r610200=20, r610202=10, r610203=10)
    assert (found.children[1].target, found.children[1].needed, found.short_by) == (None, None, 7)


def test_nothing_is_compared_where_there_is_no_target_or_no_region_below() -> None:
    assert compared(Targets({}), r610200=20, r610202=20).short_by is None
    assert compared(load(), r610200=20).short_by is None
