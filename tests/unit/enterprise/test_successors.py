from datetime import date, timedelta

from contracts.enterprise import InstructorAssigned, InstructorEngaged, InstructorLeft, InstructorReleased
from services.enterprise.commands import AssignInstructor, ReleaseInstructor, WithdrawInstructor
from tests.support.enterprises import (
    APPROVED,
    ENDS,
    LI,
    MACHINES,
    TODAY,
    WANG,
    a_begun_accompaniment,
    an_attended_accompaniment,
    an_ended_accompaniment,
    given,
)

A_DAY = timedelta(days=1)
LEFT = date(2025, 6, 10)  # a Tuesday
LEAVING = InstructorLeft(enterprise=MACHINES, instructor=LI, left_on=LEFT, replace_by=date(2025, 6, 17))
RELEASED = InstructorReleased(instructor=LI, enterprise=MACHINES)


def withdraw(instructor: str = LI, on: date = LEFT) -> WithdrawInstructor:
    return WithdrawInstructor(enterprise=MACHINES, instructor=instructor, left_on=on)


def assign(instructor: str = WANG, on: date = TODAY) -> AssignInstructor:
    return AssignInstructor(enterprise=MACHINES, instructor=instructor, assigned_on=on)


def test_an_instructor_who_leaves_is_to_be_replaced_within_5_working_days() -> None:
    given(*an_attended_accompaniment()).when(withdraw()).then(LEAVING)
    given(*an_attended_accompaniment(), LEAVING).when(withdraw()).nothing_new()


def test_only_who_walks_along_can_leave() -> None:
    given(*an_attended_accompaniment()).when(withdraw(WANG)).refused("instructor_not_there", "instructor")
    given(*a_begun_accompaniment()).when(withdraw()).refused("instructor_not_there", "instructor")
    given(*an_ended_accompaniment()).when(withdraw()).refused("instructor_not_there", "instructor")
    given().when(withdraw()).refused("accompaniment_not_begun", "enterprise")


def test_nobody_leaves_before_the_assignment_or_in_the_future() -> None:
    given(*an_attended_accompaniment()).when(withdraw(on=APPROVED)).refused(
        "left_before_assigned", "left_on", assigned_on=APPROVED + A_DAY
    )
    given(*an_attended_accompaniment()).when(withdraw(on=TODAY + A_DAY)).refused("in_the_future", "left_on")


def test_a_successor_takes_over_and_the_days_go_on() -> None:
    given(*an_attended_accompaniment(), LEAVING).when(assign()).then(
        InstructorAssigned(enterprise=MACHINES, instructor=WANG, assigned_on=TODAY),
        InstructorEngaged(instructor=WANG, enterprise=MACHINES),
    )
    given(*an_attended_accompaniment(), LEAVING).when(assign(on=ENDS + A_DAY), on=ENDS + A_DAY).refused(
        "outside_the_60_days", "assigned_on", ends_on=ENDS
    )


def test_nobody_takes_over_before_the_other_has_left() -> None:
    given(*an_attended_accompaniment(), LEAVING).when(assign(on=LEFT - A_DAY)).refused(
        "assigned_before_vacant", "assigned_on", since=LEFT
    )


def test_who_comes_back_is_engaged_after_the_release_so_that_the_load_stays_right() -> None:
    """A release that is still on its way would otherwise take the new engagement back."""
    left = (*an_attended_accompaniment(), LEAVING)
    given(*left).when(assign(LI)).refused("instructor_not_released_yet", "instructor")
    given(*left).when(ReleaseInstructor(enterprise=MACHINES, instructor=LI)).then(RELEASED)
    given(*left, RELEASED).when(assign(LI)).then(..., InstructorEngaged(instructor=LI, enterprise=MACHINES))
