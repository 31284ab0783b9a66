from datetime import date, timedelta
from typing import Literal

import pytest

from contracts.enterprise import (
    ChairElected,
    EnterpriseUnionized,
    TermOverrun,
    UnionEnded,
    UnionEstablished,
    VacancyReason,
)
from contracts.event import Event
from eventing.dates import years_after
from services.enterprise.commands import ElectChair, EndUnion, EstablishUnion, MarkTermOverrun, RenewTerm, VacateChair
from services.enterprise.commands.founding import ChairPost
from services.enterprise.decider.eligibility import NOT_ELIGIBLE
from tests.support.enterprises import (
    APPROVED,
    MACHINES,
    TERM_ENDS,
    TODAY,
    XINCHENG,
    a_unionized_enterprise,
    an_applying_enterprise,
    an_ended_union,
    an_own_union,
    given,
)
from tests.support.unions import VACANT, renewed, vacant

A_DAY = timedelta(days=1)
ESTABLISHED = UnionEstablished(enterprise=MACHINES, union=XINCHENG, approved_on=APPROVED, term_ends_on=TERM_ENDS)


def establish(on: date = APPROVED) -> EstablishUnion:
    return EstablishUnion(enterprise=MACHINES, union=XINCHENG, approved_on=on, term_ends_on=TERM_ENDS)


def end(on: date = TODAY) -> EndUnion:
    return EndUnion(enterprise=MACHINES, ended_on=on)


def renew(on: date = date(2025, 6, 10), years: Literal[3, 5] = 5) -> RenewTerm:
    return RenewTerm(enterprise=MACHINES, elected_on=on, term_years=years)


def overrun(on: date = TERM_ENDS) -> MarkTermOverrun:
    return MarkTermOverrun(enterprise=MACHINES, ended_on=on)


def vacate(on: date = VACANT, reason: VacancyReason = VacancyReason.LEFT_ENTERPRISE) -> VacateChair:
    return VacateChair(enterprise=MACHINES, reason=reason, vacant_on=on)


def elect(on: date = TODAY, post: ChairPost = ChairPost.WORKER) -> ElectChair:
    return ElectChair(enterprise=MACHINES, chair_post=post, elected_on=on)


def test_what_was_approved_has_a_life_of_its_own() -> None:
    given(*a_unionized_enterprise()).when(establish()).then(ESTABLISHED)
    given(*an_own_union()).when(establish()).nothing_new()


def test_what_has_ended_before_its_life_began_never_begins() -> None:
    """Each policy reads the log at its own pace: the one about the end may be further."""
    given(*an_applying_enterprise()).when(establish()).nothing_new()


def test_a_union_founded_again_begins_anew() -> None:
    again = approved_again(TODAY)
    given(*again, *an_ended_union()).when(establish(TODAY)).then(
        UnionEstablished(enterprise=MACHINES, union=XINCHENG, approved_on=TODAY, term_ends_on=TERM_ENDS)
    )


def test_founded_again_before_its_end_is_known_here_the_one_before_ends_first() -> None:
    given(*approved_again(TODAY), ESTABLISHED).when(establish(TODAY)).then(
        UnionEnded(enterprise=MACHINES, ended_on=TODAY), ...
    )


def test_a_dissolved_union_ends_once() -> None:
    given(ESTABLISHED).when(end()).then(UnionEnded(enterprise=MACHINES, ended_on=TODAY))
    given(*an_ended_union()).when(end()).nothing_new()
    given().when(end()).nothing_new()


def test_the_late_end_of_the_one_before_ends_no_union_that_there_is() -> None:
    given(*an_own_union()).when(end(APPROVED - A_DAY)).nothing_new()


@pytest.mark.parametrize("command", [renew(), vacate(), elect()])
def test_where_there_is_no_union_nothing_is_entered_of_it(command: RenewTerm | VacateChair | ElectChair) -> None:
    given().when(command).refused("no_own_union", "enterprise", enterprise=MACHINES)
    given(*an_ended_union()).when(command).refused("union_ended", ended_on=TODAY)


def test_a_union_is_a_matter_of_the_one_that_looks_after_its_enterprise() -> None:
    assert given(*an_own_union()).when(renew()).owner() == XINCHENG
    assert given().when(renew()).owner() is None


def test_a_new_committee_has_a_term_of_3_or_5_years() -> None:
    given(*an_own_union()).when(renew()).then(renewed())
    given(*an_own_union(), renewed()).when(renew()).nothing_new()


def test_a_committee_is_elected_after_the_one_that_is_known() -> None:
    given(*an_own_union()).when(renew(APPROVED)).refused("elected_before_known", "elected_on", known_on=APPROVED)
    given(*an_own_union(), renewed()).when(renew(years=3)).refused("elected_before_known", "elected_on")
    given(*an_own_union()).when(renew(TODAY + A_DAY)).refused("in_the_future", "elected_on")


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2025, 5, 20), 3, date(2028, 5, 20)),
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
    ],
)
def test_years_are_counted_by_the_calendar(day: date, years: int, later: date) -> None:
    assert years_after(day, years) == later


def test_after_the_last_day_of_the_term_the_union_next_up_is_told() -> None:
    told = TermOverrun(enterprise=MACHINES, ended_on=TERM_ENDS, told=XINCHENG)
    given(*an_own_union()).when(overrun(), on=TERM_ENDS + A_DAY).then(told)
    given(*an_own_union(), told).when(overrun(), on=TERM_ENDS + A_DAY).nothing_new()
    given(*an_own_union()).when(overrun(), on=TERM_ENDS).refused("not_due_yet", "ended_on", due_on=TERM_ENDS)


@pytest.mark.parametrize("history", [(), an_ended_union(), (*an_own_union(), renewed())])
def test_the_clock_of_a_term_that_is_renewed_or_a_union_that_ended_changes_nothing(history: tuple[Event, ...]) -> None:
    given(*history).when(overrun(), on=TERM_ENDS + A_DAY).nothing_new()


def test_an_election_held_late_is_entered_and_the_term_is_not_overrun_any_more() -> None:
    late = TERM_ENDS + 30 * A_DAY
    told = TermOverrun(enterprise=MACHINES, ended_on=TERM_ENDS, told=XINCHENG)
    (event,) = given(*an_own_union(), told).when(renew(late), on=late).decide()
    history = (*an_own_union(), told, event)
    ends_on = years_after(late, 5)
    given(*history).when(overrun(ends_on), on=ends_on + A_DAY).then(...)


def test_a_chair_who_has_gone_leaves_a_vacancy() -> None:
    given(*an_own_union()).when(vacate()).then(vacant())
    given(*an_own_union(), vacant()).when(vacate()).nothing_new()
    given(*an_own_union(), vacant()).when(vacate(reason=VacancyReason.RECALLED)).refused(
        "chair_vacant_already", "vacant_on", vacant_on=VACANT
    )


def test_a_chair_was_elected_before_it_was_vacant() -> None:
    given(*an_own_union()).when(vacate(APPROVED - A_DAY)).refused("vacant_before_elected", "vacant_on")
    elected = ChairElected(enterprise=MACHINES, elected_on=TODAY)
    given(*an_own_union(), vacant(), elected).when(vacate(TODAY - A_DAY)).refused(
        "vacant_before_elected", "vacant_on", elected_on=TODAY
    )
    given(*an_own_union(), vacant(), elected).when(vacate(TODAY)).then(vacant(TODAY))
    given(*an_own_union()).when(vacate(TODAY + A_DAY)).refused("in_the_future", "vacant_on")


def test_a_vacant_chair_is_filled_once() -> None:
    elected = ChairElected(enterprise=MACHINES, elected_on=TODAY)
    given(*an_own_union(), vacant()).when(elect()).then(elected)
    given(*an_own_union(), vacant(), elected).when(elect()).nothing_new()
    given(*an_own_union(), vacant(), elected).when(elect(TODAY - A_DAY)).refused("chair_not_vacant")
    given(*an_own_union()).when(elect()).refused("chair_not_vacant")


def test_nobody_is_elected_before_the_vacancy_or_in_the_future() -> None:
    given(*an_own_union(), vacant()).when(elect(VACANT - A_DAY)).refused(
        "elected_before_vacant", "elected_on", vacant_on=VACANT
    )
    given(*an_own_union(), vacant()).when(elect(TODAY + A_DAY)).refused("in_the_future", "elected_on")


@pytest.mark.parametrize("post", ChairPost)
def test_heads_of_management_their_relatives_and_heads_of_hr_are_no_chair(post: ChairPost) -> None:
    asked = given(*an_own_union(), vacant()).when(elect(post=post))
    if post in NOT_ELIGIBLE:
        asked.refused("not_eligible_as_chair", "chair_post", post=post.value)
    else:
        asked.then(...)


def approved_again(on: date) -> tuple[Event, ...]:
    """As if its first approval had been on that day: what the enterprise says of its union now."""
    return tuple(
        event.model_copy(update={"approved_on": on}) if isinstance(event, EnterpriseUnionized) else event
        for event in a_unionized_enterprise()
    )
