from datetime import date, timedelta

import pytest

from contracts.enterprise import (
    DissolutionReason,
    FederationFormed,
    FederationJoined,
    FederationKind,
    FederationLeft,
    UnionDissolved,
)
from contracts.event import Event
from eventing.fold import fold_in_memory
from services.enterprise.commands import FormFederation, JoinFederation, LeaveFederation, LeaveFederations
from services.enterprise.policies.joint import POLICIES
from services.enterprise.views.federations import FEDERATION_MEMBERS, FEDERATIONS, MembersCell, MembersCount
from tests.support.enterprises import (
    APPROVED,
    BAKERY,
    MACHINES,
    TODAY,
    XIAN,
    a_listed_enterprise,
    a_unionized_enterprise,
    an_applying_enterprise,
    given,
)
from tests.support.joint import FEDERATION_ID, FORMED, MEMBER_SINCE, a_formed_federation, a_member, a_unit

A_DAY = timedelta(days=1)
LEFT = date(2025, 6, 20)


def form(
    kind: FederationKind = FederationKind.AREA,
    area: str = "610100",
    industry: str | None = None,
    federation: str = FEDERATION_ID,
    on: date = FORMED,
) -> FormFederation:
    return FormFederation(
        federation=federation,
        kind=kind,
        name="西安市示例工会联合会",
        area=area,
        industry=industry,
        formed_on=on,
        document="西工发〔2025〕31号",
    )


def join(on: date = MEMBER_SINCE) -> JoinFederation:
    return JoinFederation(enterprise=MACHINES, federation=FEDERATION_ID, joined_on=on)


def leave(on: date = LEFT) -> LeaveFederation:
    return LeaveFederation(enterprise=MACHINES, federation=FEDERATION_ID, left_on=on)


def left(on: date = LEFT) -> FederationLeft:
    return FederationLeft(federation=FEDERATION_ID, member=MACHINES, left_on=on)


@pytest.mark.parametrize("area", ["610100", "610102"])
def test_a_citys_union_forms_it_for_the_city_or_a_county(area: str) -> None:
    given().when(form(area=area)).then(
        FederationFormed(
            federation=FEDERATION_ID,
            kind=FederationKind.AREA,
            name="西安市示例工会联合会",
            area=area,
            industry=None,
            formed_by=XIAN,
            formed_on=FORMED,
            document="西工发〔2025〕31号",
        )
    )
    assert given().when(form(area=area)).owner() == XIAN


def test_it_is_formed_once() -> None:
    given(*a_formed_federation()).when(form()).nothing_new()
    given(*a_formed_federation()).when(form(on=FORMED + A_DAY)).refused(
        "federation_formed", "federation", formed_on=FORMED
    )
    given().when(form(on=TODAY + A_DAY)).refused("in_the_future", "formed_on")


def test_no_other_union_than_a_citys_forms_one() -> None:
    given().when(form(area="610000", federation="u-610000-f1")).refused("city_union_needed", "area", area="610000")


def test_its_id_says_which_city_it_belongs_to() -> None:
    given().when(form(federation="u-610300-f1")).refused("federation_id", "federation", city="610100")


def test_one_of_an_industry_names_it_and_one_of_an_area_does_not() -> None:
    given().when(form(FederationKind.INDUSTRY, industry="C34")).then(...)
    given().when(form(FederationKind.INDUSTRY)).refused("industry_of_a_federation", "industry")
    given().when(form(FederationKind.AREA, industry="C34")).refused("industry_of_a_federation", "industry")


def test_an_own_union_becomes_a_member() -> None:
    given(*a_unionized_enterprise(), *a_formed_federation()).when(join()).then(
        FederationJoined(federation=FEDERATION_ID, member=MACHINES, joined_on=MEMBER_SINCE)
    )


@pytest.mark.parametrize("life", [a_listed_enterprise(), an_applying_enterprise(), a_unit(), ()])
def test_a_federation_consists_of_unions(life: tuple[Event, ...]) -> None:
    given(*life, *a_formed_federation()).when(join()).refused("own_union_needed", "enterprise")


def test_members_are_unions_of_its_area() -> None:
    elsewhere = a_formed_federation(area="610103")
    given(*a_unionized_enterprise(), *elsewhere).when(join()).refused("outside_the_area", "enterprise", area="610103")
    given(*a_unionized_enterprise()).when(join()).refused("federation_unknown", "federation")


def test_a_union_joins_once_it_is_approved_and_not_in_the_future() -> None:
    there = (*a_unionized_enterprise(), *a_formed_federation())
    given(*there).when(join(on=APPROVED)).then(...)
    given(*there).when(join(on=APPROVED - A_DAY)).refused("joined_too_early", "joined_on", since=APPROVED)
    given(*there).when(join(on=TODAY + A_DAY)).refused("in_the_future", "joined_on")


def test_it_is_a_member_once_and_again_after_it_left() -> None:
    member = (*a_unionized_enterprise(), *a_member())
    given(*member).when(join()).nothing_new()
    given(*member).when(join(on=MEMBER_SINCE + A_DAY)).refused("member_already", "joined_on", joined_on=MEMBER_SINCE)
    given(*member, left()).when(join(on=LEFT)).then(...)
    given(*member, left()).when(join(on=LEFT - A_DAY)).refused("joined_too_early", "joined_on", since=LEFT)


def test_a_member_leaves() -> None:
    member = (*a_unionized_enterprise(), *a_member())
    given(*member).when(leave()).then(left())
    given(*member, left()).when(leave()).nothing_new()
    given(*member, left()).when(leave(on=LEFT + A_DAY)).refused("not_a_member", "federation")
    given(*a_unionized_enterprise(), *a_formed_federation()).when(leave()).refused("not_a_member", "federation")
    given(*member).when(leave(on=MEMBER_SINCE - A_DAY)).refused("left_before_joined", "left_on")
    given(*member).when(leave(on=TODAY + A_DAY)).refused("in_the_future", "left_on")


def test_joining_and_leaving_are_a_matter_of_the_citys_union() -> None:
    assert given(*a_unionized_enterprise(), *a_formed_federation()).when(join()).owner() == XIAN
    assert given(*a_member()).when(leave()).owner() == XIAN


def test_a_dissolved_union_leaves_all_its_federations_by_itself() -> None:
    dissolved = UnionDissolved(enterprise=MACHINES, reason=DissolutionReason.SHELL, dissolved_on=LEFT)
    (policy,) = (policy for policy in POLICIES if policy.on is UnionDissolved)
    (command,) = policy.then(dissolved)
    assert command == LeaveFederations(enterprise=MACHINES, left_on=LEFT)
    other = FederationJoined(federation="u-610100-f2", member=MACHINES, joined_on=MEMBER_SINCE)
    given(*a_member(), other).when(command).then(
        left(), FederationLeft(federation="u-610100-f2", member=MACHINES, left_on=LEFT)
    )
    given(*a_member(), left()).when(command).nothing_new()


def test_a_federation_counts_its_members() -> None:
    history = (*a_member(), FederationJoined(federation=FEDERATION_ID, member=BAKERY, joined_on=MEMBER_SINCE))
    assert fold_in_memory(FEDERATIONS, history)[0][FEDERATION_ID].union_id == XIAN
    assert fold_in_memory(FEDERATION_MEMBERS, history)[1] == {MembersCell(FEDERATION_ID): MembersCount(2)}
    assert fold_in_memory(FEDERATION_MEMBERS, (*history, left()))[1] == {MembersCell(FEDERATION_ID): MembersCount(1)}
