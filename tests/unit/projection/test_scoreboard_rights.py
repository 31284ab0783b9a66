"""Who may see which region's board?"""

from datetime import date, datetime, time
from pathlib import Path

import pytest
from fastapi import FastAPI

from eventing.identity import Actor, Role
from eventing.moment import CHINA, Moment
from eventing.refusal import Forbidden, Invalid, Refused
from eventing.shell.access import check_declared
from eventing.shell.desk import at_desk
from eventing.shell.texts import LANGUAGES, Texts
from services.projection.app import projection
from services.projection.queries.places import must_be_yours

MOMENT = Moment(datetime.combine(date(2025, 5, 20), time(12), CHINA))


def refusal(region: str, union: str, role: Role = Role.OFFICER) -> Refused:
    with pytest.raises(Refused) as caught:
        must_be_yours(region, Actor("s-1", frozenset({role}), union), MOMENT)
    return caught.value


@pytest.mark.parametrize("region", ["610000", "610100", "610102"])
def test_a_union_sees_its_region_and_those_in_it(region: str) -> None:
    must_be_yours(region, Actor("s-1", frozenset({Role.VIEWER}), "u-610000"), MOMENT)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OFFICER, Role.APPROVER, Role.OPERATOR])
@pytest.mark.parametrize("region", ["610000", "610200", "610102", "330110"])
def test_nobody_sees_above_or_beside_their_region_operators_neither(region: str, role: Role) -> None:
    refused = refusal(region, "u-610103", role)
    assert isinstance(refused, Forbidden)
    assert (refused.code, refused.field) == ("not_your_region", "region")
    assert refused.facts == {"region": region, "union": "u-610103", "area": "610103"}


@pytest.mark.parametrize("union", ["u-acftu", "u-xpcc-8", "u-crec4"])
def test_a_union_without_an_area_sees_no_board(union: str) -> None:
    assert refusal("610000", union).code == "union_without_area"


def test_a_token_of_a_union_that_is_not_in_the_directory_is_refused_not_an_error() -> None:
    assert refusal("610000", "u-nowhere").code == "your_union_unknown"


def test_an_ended_region_is_refused_with_what_came_in_its_place() -> None:
    refused = refusal("610125", "u-610000")
    assert isinstance(refused, Invalid)
    assert (refused.code, refused.facts["successor"]) == ("region_superseded", "610118")


@pytest.mark.parametrize(
    ("region", "code"),
    [("999999", "region_unknown"), ("610101", "region_municipal_district"), ("6101", "region_format")],
)
def test_what_is_no_region_is_refused_before_anything_else(region: str, code: str) -> None:
    assert refusal(region, "u-nowhere").code == code


def test_every_route_says_who_may_call_it_and_passes_the_desk() -> None:
    app = FastAPI(openapi_url=None)
    app.include_router(projection().router)
    check_declared(app, at_desk)


def test_every_refusal_has_its_text_with_its_facts_in_both_languages() -> None:
    texts = Texts(Path(projection().home))
    refusals = [
        refusal("330110", "u-610000"),
        refusal("610000", "u-acftu"),
        refusal("610000", "u-nowhere"),
        refusal("610125", "u-610000"),
        refusal("999999", "u-610000"),
        refusal("610101", "u-610000"),
        refusal("6101", "u-610000"),
    ]
    for language in LANGUAGES:
        for refused in refusals:
            assert refused.code in texts.codes
            text = texts.text(refused.code, language, refused.facts)
            assert "{" not in text.title + text.detail
            if refused.code != "region_superseded":  # its own text explains the dash
                assert "—" not in text.detail
