"""Who sets which target, and what stays of the one before."""

from datetime import date

import pytest

from contracts.enterprise import Metric, TargetReason, TargetSet
from contracts.event import Event
from eventing.fold import fold_in_memory
from services.enterprise.commands import SetTarget
from services.enterprise.decider.targets import TARGET
from services.enterprise.views.targets import TARGETS
from tests.support.enterprises import TODAY, XIAN, XINCHENG, given
from tests.support.given import fold

PROVINCE = "u-610000"
YEAR_END = date(2025, 12, 31)


def ask(
    region: str | None = "610102",
    percent: int = 75,
    due_on: date = YEAR_END,
    cascades: bool = True,
    reason: TargetReason = TargetReason.SHARED_OUT,
    union: str | None = None,
) -> SetTarget:
    return SetTarget(
        region=region,
        metric=Metric.UNION_50,
        percent=percent,
        due_on=due_on,
        cascades=cascades,
        reason=reason,
        union=union,
    )


def was_set(
    number: int = 1,
    by: str = XINCHENG,
    percent: int = 75,
    region: str = "610102",
    on: date = TODAY,
    union: str | None = None,
) -> TargetSet:
    return TargetSet(
        region=region,
        metric=Metric.UNION_50,
        number=number,
        percent=percent,
        due_on=YEAR_END,
        cascades=True,
        reason=TargetReason.SHARED_OUT,
        set_by=by,
        set_on=on,
        union=union,
    )


def test_a_region_sets_its_own_target() -> None:
    given().when(ask(), acting=XINCHENG).then(was_set())


def test_a_union_above_sets_it_too_and_is_named() -> None:
    given().when(ask(), acting=XIAN).then(was_set(by=XIAN))


def test_the_province_sets_its_own() -> None:
    given().when(ask("610000"), acting=PROVINCE).then(was_set(by=PROVINCE, region="610000"))


def test_the_matter_is_the_regions_unions_so_nobody_beside_or_below_it_may() -> None:
    assert given().when(ask("610100")).owner() == XIAN


def test_a_change_is_a_further_setting_with_its_reason() -> None:
    changed = ask(percent=80, reason=TargetReason.CIRCUMSTANCES)
    given(was_set()).when(changed, acting=XINCHENG).then(
        was_set(2, percent=80).model_copy(update={"reason": TargetReason.CIRCUMSTANCES})
    )


def test_what_was_set_above_the_region_can_not_change() -> None:
    given(was_set(by=XIAN)).when(ask(percent=60), acting=XINCHENG).refused("target_set_above", "region", set_by=XIAN)


def test_whoever_set_it_and_those_above_may_change_it() -> None:
    for union in (XIAN, PROVINCE):
        given(was_set(by=XIAN)).when(ask(percent=60), acting=union).then(was_set(2, by=union, percent=60))


def test_the_same_again_is_nothing_new_whatever_the_reason_and_after_the_due_day_too() -> None:
    given(was_set()).when(ask(), acting=XINCHENG).nothing_new()
    given(was_set()).when(ask(reason=TargetReason.CORRECTED), acting=XINCHENG).nothing_new()
    given(was_set()).when(ask(), on=date(2026, 1, 1), acting=XINCHENG).nothing_new()


def test_a_target_is_due_today_at_the_earliest() -> None:
    given().when(ask(due_on=TODAY), acting=XINCHENG).then(...)
    given().when(ask(due_on=date(2025, 6, 29)), acting=XINCHENG).refused(
        "target_due_already", "due_on", due_on=date(2025, 6, 29), today=TODAY
    )


def test_a_region_that_has_ended_is_refused_with_what_came_in_its_place() -> None:
    given().when(ask("610125"), acting=PROVINCE).refused("region_not_standing", "region", successor="610118")


def test_a_region_that_no_union_looks_after_is_refused() -> None:
    given().when(ask("110105"), acting="u-acftu").refused("region_without_union", "region")


@pytest.mark.parametrize(("union", "seat"), [("u-xpcc", "650100"), ("u-xpcc-8", "659001"), ("u-crec4", "340100")])
def test_a_union_without_a_region_has_targets_too(union: str, seat: str) -> None:
    """Beside the one of the region in which it sits: 659001 is Shihezi's, whose own union is another one."""
    shihezi = was_set(by="u-659001", region="659001")
    given(shihezi).when(ask(region=None, union=union), acting=union).then(was_set(by=union, region=seat, union=union))
    there = was_set(by=union, region=seat, union=union)
    given(shihezi, there).when(ask(region=None, union=union), acting=union).nothing_new()
    given(there).when(ask(region=seat, union=union, percent=60), acting=union).then(
        was_set(2, by=union, percent=60, region=seat, union=union)
    )
    assert given().when(ask(region=None, union=union)).owner() == union


def test_a_regions_union_may_be_named_by_its_id_as_well() -> None:
    given(was_set()).when(ask(region=None, union=XINCHENG), acting=XINCHENG).nothing_new()
    given(was_set()).when(ask(region=None, percent=80, union=XINCHENG), acting=XIAN).then(
        was_set(2, by=XIAN, percent=80)
    )


def test_a_target_is_of_one_union_that_is_there() -> None:
    given().when(ask(region=None)).refused("target_of_nobody", "union")
    given().when(ask(region=None, union="u-nowhere")).refused("union_unknown", "union")
    given().when(ask(region="610103", union=XINCHENG)).refused("target_of_another_region", "region", own="610102")


def test_a_command_that_names_no_union_is_the_same_as_ever() -> None:
    """Mechanism: what was asked before the field was there keeps its fingerprint."""
    assert "union" not in ask().model_dump(exclude={"metric"})


def test_unions_without_a_region_are_on_the_list_beside_it() -> None:
    there = was_set(by="u-xpcc-8", region="659001", union="u-xpcc-8")
    rows, _ = fold_in_memory(TARGETS, (there, was_set(by="u-659001", region="659001")))
    assert {key: row.union_id for key, row in rows.items()} == {
        "xpcc-8-union_50-00001": "u-xpcc-8",
        "659001-union_50-00001": "u-659001",
    }


def test_every_setting_stays_on_the_list() -> None:
    history: tuple[Event, ...] = (
        was_set(on=date(2025, 5, 1)),
        was_set(2, percent=80, on=date(2025, 6, 1)),
        was_set(3, percent=75, on=date(2025, 6, 1)),
    )
    rows, _ = fold_in_memory(TARGETS, history)
    assert [(row.number, row.percent, row.set_on) for _, row in sorted(rows.items())] == [
        (1, 75, date(2025, 5, 1)),
        (2, 80, date(2025, 6, 1)),
        (3, 75, date(2025, 6, 1)),
    ]


def test_settings_that_lack_one_are_not_folded() -> None:
    with pytest.raises(ValueError, match="can't follow"):
        fold(TARGET.of("610102-union_50"), [was_set(), was_set(3)])
