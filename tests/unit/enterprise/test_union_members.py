import pytest

from services.enterprise.commands import ReportMembers
from services.enterprise.decider.members import AMONG_ALL
from tests.support.enterprises import MACHINES, TODAY, an_ended_union, an_own_union, given
from tests.support.unions import reported


def report(month: str = "2025-06", members: int = 90) -> ReportMembers:
    return ReportMembers(enterprise=MACHINES, month=month, members=members, women=30, migrant=20, new_forms=1)


def test_members_are_reported_by_month() -> None:
    given(*an_own_union()).when(report()).then(reported())
    given(*an_own_union(), reported()).when(report()).nothing_new()
    given(*an_own_union(), reported()).when(report("2025-05")).then(reported("2025-05"))


def test_the_same_month_again_corrects_it() -> None:
    given(*an_own_union(), reported()).when(report(members=91)).then(reported(members=91))
    given(*an_own_union(), reported(), reported(members=91)).when(report()).then(reported())


@pytest.mark.parametrize("part", AMONG_ALL)
def test_none_of_the_parts_is_more_than_all(part: str) -> None:
    given(*an_own_union()).when(report().model_copy(update={part: 90})).then(...)
    given(*an_own_union()).when(report().model_copy(update={part: 91})).refused("more_than_members", part, members=90)


@pytest.mark.parametrize("month", ["2025-04", "2025-07"])
def test_a_month_before_the_founding_or_in_the_future_is_refused(month: str) -> None:
    given(*an_own_union()).when(report(month)).refused(
        "outside_the_months", "month", founded="2025-05", current="2025-06"
    )


def test_where_there_is_no_union_there_are_no_members() -> None:
    given().when(report()).refused("no_own_union", "enterprise", enterprise=MACHINES)
    given(*an_ended_union()).when(report()).refused("union_ended", ended_on=TODAY)
