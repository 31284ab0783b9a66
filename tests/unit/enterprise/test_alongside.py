from datetime import date, timedelta

import pytest

from contracts.creditcode import make_credit_code
from contracts.enterprise import (
    AccompanimentEnded,
    AccompanimentStarted,
    InstructorAssigned,
    InstructorEngaged,
    InstructorReleased,
)
from services.enterprise import rules
from services.enterprise.commands import (
    AssignInstructor,
    BeginAccompaniment,
    BreakOffAccompaniment,
    EndAccompaniment,
    ReleaseInstructor,
)
from tests.support.enterprises import (
    APPROVED,
    BAKERY,
    ENDS,
    LI,
    MACHINES,
    TODAY,
    WANG,
    XINCHENG,
    a_begun_accompaniment,
    a_unionized_enterprise,
    an_attended_accompaniment,
    an_ended_accompaniment,
    given,
)

A_DAY = timedelta(days=1)
AT_MOST = rules.on(APPROVED).instructor_load
ASSIGNED = APPROVED + A_DAY


def begin(on: date = APPROVED) -> BeginAccompaniment:
    return BeginAccompaniment(enterprise=MACHINES, union=XINCHENG, approved_on=on)


def assign(instructor: str = LI, on: date = ASSIGNED) -> AssignInstructor:
    return AssignInstructor(enterprise=MACHINES, instructor=instructor, assigned_on=on)


def end(on: date = ENDS) -> EndAccompaniment:
    return EndAccompaniment(enterprise=MACHINES, ended_on=on)


def li_walks_with(unions: int) -> list[InstructorEngaged]:
    others = (make_credit_code("91", "610102", 100 + number) for number in range(unions))
    return [InstructorEngaged(instructor=LI, enterprise=other) for other in others]


def test_the_60_days_run_from_the_day_after_approval() -> None:
    given().when(begin()).then(
        AccompanimentStarted(
            enterprise=MACHINES, union=XINCHENG, approved_on=date(2025, 5, 20), ends_on=date(2025, 7, 19)
        )
    )


def test_they_begin_once() -> None:
    given(*a_begun_accompaniment()).when(begin()).nothing_new()
    given(*an_attended_accompaniment()).when(begin()).nothing_new()
    given(*a_begun_accompaniment()).when(begin(on=APPROVED - A_DAY)).refused(
        "accompaniment_begun", "approved_on", approved_on=APPROVED
    )


def test_they_begin_anew_when_the_union_is_founded_again() -> None:
    again = ENDS + A_DAY
    anew = AccompanimentStarted(enterprise=MACHINES, union=XINCHENG, approved_on=again, ends_on=again + 60 * A_DAY)
    given(*an_ended_accompaniment()).when(begin(on=again), on=again).then(anew)
    given(*an_ended_accompaniment(), anew).when(begin(on=again), on=again).nothing_new()


def test_founded_again_before_its_end_is_known_here_the_running_time_ends_first() -> None:
    """The end comes through two policies, a new approval through one: it may be here sooner."""
    given(*an_attended_accompaniment()).when(begin(on=TODAY)).then(
        AccompanimentEnded(enterprise=MACHINES, instructor=LI, ended_on=TODAY), ...
    )


def test_what_the_last_union_left_behind_does_not_end_the_new_time() -> None:
    late = BreakOffAccompaniment(enterprise=MACHINES, ended_on=APPROVED - A_DAY)
    given(*a_unionized_enterprise(), *an_attended_accompaniment()).when(late).nothing_new()


def test_a_union_that_has_ended_is_not_walked_with() -> None:
    gone = BreakOffAccompaniment(enterprise=MACHINES, ended_on=TODAY)
    given(*an_attended_accompaniment()).when(gone).then(
        AccompanimentEnded(enterprise=MACHINES, instructor=LI, ended_on=TODAY)
    )
    given(*a_begun_accompaniment()).when(gone).then(
        AccompanimentEnded(enterprise=MACHINES, instructor=None, ended_on=TODAY)
    )
    given(*an_ended_accompaniment()).when(gone).nothing_new()
    given().when(gone).nothing_new()


def test_an_instructor_walks_with_the_new_union() -> None:
    given(*a_begun_accompaniment()).when(assign()).then(
        InstructorAssigned(enterprise=MACHINES, instructor=LI, assigned_on=ASSIGNED),
        InstructorEngaged(instructor=LI, enterprise=MACHINES),
    )


def test_where_no_union_was_approved_nobody_walks_along() -> None:
    given().when(assign()).refused("accompaniment_not_begun", "enterprise", enterprise=MACHINES)


@pytest.mark.parametrize("day", [APPROVED - A_DAY, ENDS + A_DAY])
def test_an_instructor_is_assigned_within_the_60_days(day: date) -> None:
    given(*a_begun_accompaniment()).when(assign(on=day), on=ENDS + A_DAY).refused(
        "outside_the_60_days", "assigned_on", approved_on=APPROVED, ends_on=ENDS
    )


@pytest.mark.parametrize("day", [APPROVED, ENDS])
def test_the_day_of_approval_and_the_last_day_are_within(day: date) -> None:
    given(*a_begun_accompaniment()).when(assign(on=day), on=ENDS).then(..., ...)


def test_nobody_is_assigned_in_the_future() -> None:
    given(*a_begun_accompaniment()).when(assign(on=TODAY + A_DAY)).refused("in_the_future", "assigned_on")


def test_assigned_twice_is_nothing_new() -> None:
    given(*an_attended_accompaniment()).when(assign()).nothing_new()


def test_a_second_instructor_is_refused_while_one_walks_along() -> None:
    given(*an_attended_accompaniment()).when(assign(instructor=WANG)).refused(
        "instructor_assigned", "instructor", assigned_on=ASSIGNED
    )


def test_after_the_60_days_nobody_is_assigned() -> None:
    given(*an_ended_accompaniment()).when(assign(), on=ENDS + A_DAY).refused("accompaniment_over", ended_on=ENDS)


def test_an_instructor_walks_with_ten_unions_and_not_with_eleven() -> None:
    given(*a_begun_accompaniment(), *li_walks_with(AT_MOST - 1)).when(assign()).then(..., ...)
    given(*a_begun_accompaniment(), *li_walks_with(AT_MOST)).when(assign()).refused(
        "instructor_full", "instructor", walks_with=10, at_most=10
    )


def test_who_is_released_has_room_again() -> None:
    ten = li_walks_with(AT_MOST)
    released = InstructorReleased(instructor=LI, enterprise=ten[0].enterprise)
    given(*a_begun_accompaniment(), *ten, released).when(assign()).then(..., ...)


def test_when_the_60_days_have_passed_they_end_with_their_instructor_or_without() -> None:
    given(*an_attended_accompaniment()).when(end(), on=ENDS + A_DAY).then(
        AccompanimentEnded(enterprise=MACHINES, instructor=LI, ended_on=ENDS)
    )
    given(*a_begun_accompaniment()).when(end(), on=ENDS + A_DAY).then(
        AccompanimentEnded(enterprise=MACHINES, instructor=None, ended_on=ENDS)
    )


def test_on_the_last_day_they_still_run() -> None:
    given(*an_attended_accompaniment()).when(end(), on=ENDS).refused("not_due_yet", "ended_on", due_on=ENDS)
    given(*an_attended_accompaniment()).when(end(on=ENDS - A_DAY), on=ENDS + A_DAY).refused("not_due_yet", "ended_on")


def test_what_has_not_begun_or_is_over_does_not_end() -> None:
    given().when(end()).nothing_new()
    given(*an_ended_accompaniment()).when(end(), on=ENDS + A_DAY).nothing_new()


def test_an_instructor_is_released_once() -> None:
    release = ReleaseInstructor(enterprise=MACHINES, instructor=LI)
    given(*an_attended_accompaniment()).when(release).then(InstructorReleased(instructor=LI, enterprise=MACHINES))
    given(*an_ended_accompaniment()).when(release).nothing_new()
    given(*an_attended_accompaniment(BAKERY)).when(release).nothing_new()


def test_the_60_days_are_a_matter_of_the_union_that_looks_after_the_enterprise() -> None:
    assert given().when(assign()).owner() is None
    assert given(*a_unionized_enterprise(), *a_begun_accompaniment()).when(assign()).owner() == XINCHENG
