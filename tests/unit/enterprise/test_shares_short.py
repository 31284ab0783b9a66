"""Of which shares an officer is warned who sets a target."""

from datetime import date

from services.enterprise.queries.shares import Held, short

YEAR_END = date(2025, 12, 31)
PROVINCE, CITY, COUNTY, OTHER = "u-610000", "u-610100", "u-610102", "u-610103"


def held(union: str, percent: int, due_on: date = YEAR_END, cascades: bool = True) -> Held:
    return Held(union_id=union, percent=percent, due_on=due_on, cascades=cascades)


def warned(own: str, *targets: Held) -> list[tuple[str, int, tuple[str, ...]]]:
    """Whose target, how much it is, and which shares fall short of it."""
    chain = [PROVINCE, CITY, COUNTY]
    above = chain[: chain.index(own)][::-1]
    below = {PROVINCE: [CITY], CITY: [COUNTY, OTHER], COUNTY: []}[own]
    found = short({target.union_id: target for target in targets}, own, above, below)
    return [(warning.union, warning.percent, warning.below) for warning in found]


def test_a_share_of_less_than_the_target_above_is_warned_of_whichever_was_set_last() -> None:
    targets = (held(CITY, 75), held(COUNTY, 60), held(OTHER, 80))
    assert warned(CITY, *targets) == warned(COUNTY, *targets) == [(CITY, 75, (COUNTY,))]


def test_a_share_that_is_due_later_is_too() -> None:
    assert warned(CITY, held(CITY, 75), held(COUNTY, 75, date(2026, 1, 1))) == [(CITY, 75, (COUNTY,))]


def test_shares_as_high_as_the_target_or_none_at_all_are_enough() -> None:
    assert warned(CITY, held(CITY, 75), held(COUNTY, 75), held(OTHER, 80)) == []
    assert warned(CITY, held(CITY, 75)) == []


def test_a_target_from_further_up_counts_where_it_cascades() -> None:
    assert warned(COUNTY, held(PROVINCE, 70), held(COUNTY, 60)) == [(PROVINCE, 70, (COUNTY,))]
    assert warned(COUNTY, held(PROVINCE, 70, cascades=False), held(COUNTY, 60)) == []
    assert warned(CITY, held(PROVINCE, 70, cascades=False), held(CITY, 60)) == [(PROVINCE, 70, (CITY,))]


def test_in_the_middle_both_are_warned_of() -> None:
    assert warned(CITY, held(PROVINCE, 70), held(CITY, 65), held(COUNTY, 60)) == [
        (PROVINCE, 70, (CITY,)),
        (CITY, 65, (COUNTY,)),
    ]
