from datetime import date, timedelta

import pytest

from contracts.enterprise import ClosingReason, EnterpriseDescribed, NameEvidence, NameVerdict, Ownership
from eventing.fold import fold_in_memory
from services.enterprise.commands import AdjudicateName
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.names import ADJUDICATED, name_key
from tests.support.enterprises import (
    BAKERY,
    GONE,
    LI,
    MACHINES,
    REGISTERED,
    TODAY,
    WANG,
    XIAN,
    XINCHENG,
    a_listed_enterprise,
    a_surveyed_enterprise,
    adjudicated,
    closed,
    described,
    given,
    moved,
)

A_DAY = timedelta(days=1)
BOTH = (*a_listed_enterprise(), *a_listed_enterprise(BAKERY, union=XIAN))


def adjudicate(
    verdict: NameVerdict = NameVerdict.DIFFERENT,
    enterprise: str = MACHINES,
    other: str = BAKERY,
    on: date = GONE,
    by: str = WANG,
) -> AdjudicateName:
    return AdjudicateName(
        enterprise=enterprise,
        other=other,
        verdict=verdict,
        evidence=NameEvidence.LICENCE,
        decided_by=by,
        decided_on=on,
    )


def a_branch_of_the_bakery(on: date = GONE) -> EnterpriseDescribed:
    return EnterpriseDescribed(
        enterprise=MACHINES,
        name="西安示例机械有限公司",
        ownership=Ownership.PRIVATE,
        industry=None,
        town=None,
        parent=BAKERY,
        described_on=on,
    )


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("西安示例机械有限公司", "示例机械"),
        ("示例机械（西安）有限责任公司", "示例机械"),
        ("陕西省西安市新城区示例 机械股份有限公司", "示例机械"),
        ("示例机械(集团)有限公司", "示例机械"),
        ("西安示例机械有限公司新城分公司", "示例机械"),
        ("西安示例ＡＢ机械有限公司", "示例AB机械"),
        ("西安示例ab机械有限公司", "示例AB机械"),
        ("西安新城有限公司", "西安新城"),
        ("有限公司", "有限公司"),
        ("西安示例机电有限公司", "示例机电"),
    ],
)
def test_the_core_of_a_name_has_no_legal_form_and_no_place(name: str, core: str) -> None:
    assert name_key(name, "610102") == core


@pytest.mark.parametrize(
    ("county", "name"),
    [
        ("659001", "新疆石河子示例机械有限公司"),
        ("500101", "重庆市万州示例机械有限公司"),
        ("450102", "广西示例机械公司"),
    ],
)
def test_the_places_are_those_that_the_county_lies_in(county: str, name: str) -> None:
    assert name_key(name, county) == "示例机械"


def test_a_new_name_and_another_county_make_another_core() -> None:
    rows, _ = fold_in_memory(ENTERPRISES, [*a_listed_enterprise(), described(), *a_listed_enterprise(BAKERY)])
    assert (rows[MACHINES].name_key, rows[BAKERY].name_key) == ("示例精密机械", "示例机械")
    rows, _ = fold_in_memory(ENTERPRISES, [*a_listed_enterprise(), moved(county="610502")])
    assert rows[MACHINES].name_key == "西安示例机械"


def test_different_ones_stay_as_they_are() -> None:
    given(*BOTH).when(adjudicate()).then(adjudicated())


def test_of_the_same_one_the_first_named_is_closed_as_a_duplicate() -> None:
    given(*BOTH).when(adjudicate(NameVerdict.SAME)).then(
        adjudicated(NameVerdict.SAME), closed(reason=ClosingReason.DUPLICATE)
    )


def test_a_branch_gets_its_parent_and_keeps_its_other_particulars() -> None:
    given(*BOTH).when(adjudicate(NameVerdict.BRANCH)).then(adjudicated(NameVerdict.BRANCH), a_branch_of_the_bakery())


def test_one_that_is_described_as_its_branch_already_is_not_described_again() -> None:
    given(*BOTH, a_branch_of_the_bakery(on=REGISTERED)).when(adjudicate(NameVerdict.BRANCH)).then(
        adjudicated(NameVerdict.BRANCH)
    )


def test_a_verdict_entered_late_takes_back_nothing_that_was_described_since() -> None:
    given(*BOTH, described()).when(adjudicate(NameVerdict.BRANCH)).then(
        adjudicated(NameVerdict.BRANCH), described().model_copy(update={"parent": BAKERY})
    )


@pytest.mark.parametrize("verdict", NameVerdict)
def test_decided_twice_is_nothing_new(verdict: NameVerdict) -> None:
    decided = given(*BOTH).when(adjudicate(verdict)).decide()
    given(*BOTH, *decided).when(adjudicate(verdict)).nothing_new()


def test_two_that_are_different_are_so_both_ways() -> None:
    given(*BOTH, adjudicated()).when(adjudicate(enterprise=BAKERY, other=MACHINES)).nothing_new()


@pytest.mark.parametrize(
    "asked",
    [
        adjudicate(NameVerdict.SAME),
        adjudicate(NameVerdict.BRANCH, enterprise=BAKERY, other=MACHINES),
        adjudicate(on=TODAY),
        adjudicate(by=LI),
    ],
)
def test_two_enterprises_are_adjudicated_once_whichever_is_named_first(asked: AdjudicateName) -> None:
    given(*BOTH, adjudicated()).when(asked).refused("adjudicated_already", "other", other=asked.other, decided_on=GONE)


def test_both_are_on_the_list() -> None:
    given(*a_listed_enterprise(BAKERY)).when(adjudicate()).refused("enterprise_unknown", "enterprise")
    given(*a_listed_enterprise()).when(adjudicate()).refused("enterprise_unknown", "other", enterprise=BAKERY)


@pytest.mark.parametrize("ended", [MACHINES, BAKERY])
def test_and_active(ended: str) -> None:
    given(*BOTH, closed(ended)).when(adjudicate()).refused("enterprise_gone", "enterprise", enterprise=ended)


def test_in_one_county() -> None:
    given(*BOTH, moved()).when(adjudicate()).refused("counties_differ", "other", county="610103", others="610102")


def test_since_both_are_there_and_not_in_the_future() -> None:
    both_moved = (moved(), moved(BAKERY, on=GONE))
    given(*BOTH, *both_moved).when(adjudicate(on=GONE - A_DAY)).refused("before_its_entry", "decided_on", since=GONE)
    given(*BOTH).when(adjudicate(on=TODAY + A_DAY)).refused("in_the_future", "decided_on")


def test_nobody_is_compared_with_itself() -> None:
    given(*BOTH).when(adjudicate(other=MACHINES)).refused("names_itself", "other")


def test_the_matter_belongs_to_the_union_of_the_one_that_is_changed() -> None:
    assert given(*BOTH).when(adjudicate()).owner() == XINCHENG
    assert given(*BOTH).when(adjudicate(enterprise=BAKERY, other=MACHINES)).owner() == XIAN
    assert given().when(adjudicate()).owner() is None


def test_a_verdict_is_kept_for_the_two_whichever_was_named_first() -> None:
    rows, _ = fold_in_memory(ADJUDICATED, [*a_surveyed_enterprise(), adjudicated(enterprise=BAKERY, other=MACHINES)])
    (row,) = rows.values()
    assert row.pair == f"{MACHINES}-{BAKERY}"
    assert (row.enterprise, row.other, row.verdict, row.decided_by) == (BAKERY, MACHINES, NameVerdict.DIFFERENT, WANG)
