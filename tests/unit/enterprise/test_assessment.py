from datetime import date, timedelta

import pytest

from contracts.enterprise import AccompanimentAssessed, AccompanimentEnded, AccompanimentExtended, InstructorAssigned
from contracts.event import Event
from services.enterprise.commands import AssessAccompaniment, AssignInstructor, EndAccompaniment, ExtendAccompaniment
from tests.support.enterprises import (
    APPROVED,
    ENDS,
    LI,
    MACHINES,
    a_begun_accompaniment,
    a_unionized_enterprise,
    an_attended_accompaniment,
    an_ended_accompaniment,
    given,
)

A_DAY = timedelta(days=1)
AFTER = ENDS + A_DAY
LONGER = ENDS + 30 * A_DAY
CHECKLIST = ("plate", "seal", "room", "money", "member_register", "committee", "rules_and_files")
EXTEND = ExtendAccompaniment(enterprise=MACHINES)
EXTENDED = AccompanimentExtended(enterprise=MACHINES, ends_on=LONGER)

ENDED = (*a_unionized_enterprise(), *an_ended_accompaniment())
ATTENDED = (*a_unionized_enterprise(), *an_attended_accompaniment())
UNATTENDED = (*a_unionized_enterprise(), *a_begun_accompaniment())


def assess(lacks: str | None = None, on: date = AFTER) -> AssessAccompaniment:
    return AssessAccompaniment(enterprise=MACHINES, **{each: each != lacks for each in CHECKLIST}, assessed_on=on)


def assessed(lacks: str | None = None, on: date = AFTER) -> AccompanimentAssessed:
    there = {each: each != lacks for each in CHECKLIST}
    return AccompanimentAssessed(enterprise=MACHINES, **there, assessed_on=on, stands=lacks is None)


@pytest.mark.parametrize("lacks", [None, *CHECKLIST])
def test_the_union_stands_when_all_of_it_is_there(lacks: str | None) -> None:
    given(*ENDED).when(assess(lacks), on=AFTER).then(assessed(lacks))


@pytest.mark.parametrize("history", [ATTENDED, UNATTENDED, ENDED])
def test_it_is_assessed_from_the_last_day_on(history: tuple[Event, ...]) -> None:
    given(*history).when(assess(on=ENDS - A_DAY), on=AFTER).refused("assessed_too_early", "assessed_on", ends_on=ENDS)
    given(*history).when(assess(on=ENDS), on=ENDS).then(assessed(on=ENDS))
    given(*history).when(assess(on=AFTER), on=ENDS).refused("in_the_future", "assessed_on")


def test_it_is_assessed_once() -> None:
    given(*ENDED, assessed()).when(assess(), on=AFTER).nothing_new()
    given(*ENDED, assessed()).when(assess("seal"), on=AFTER).refused(
        "assessed_already", "assessed_on", assessed_on=AFTER
    )


def test_a_union_that_is_no_more_is_neither_assessed_nor_walked_with_for_longer() -> None:
    given(*an_ended_accompaniment()).when(assess(), on=AFTER).refused("no_own_union", "enterprise")
    given(*an_ended_accompaniment(), assessed("seal")).when(EXTEND, on=AFTER).refused("no_own_union", "enterprise")
    given().when(assess(), on=AFTER).refused("accompaniment_not_begun", "enterprise")


def test_what_does_not_stand_is_walked_with_for_longer() -> None:
    given(*ENDED, assessed("seal")).when(EXTEND, on=AFTER).then(EXTENDED)
    given(*ENDED, assessed("seal"), EXTENDED).when(EXTEND, on=AFTER).nothing_new()


def test_what_stands_or_is_not_assessed_is_not_extended() -> None:
    given(*ENDED).when(EXTEND, on=AFTER).refused("assessment_needed", ends_on=ENDS)
    given(*ENDED, assessed()).when(EXTEND, on=AFTER).refused("it_stands", assessed_on=AFTER)


def test_it_is_extended_once_and_assessed_again_at_its_new_end() -> None:
    longer = (*ENDED, assessed("seal"), EXTENDED)
    given(*longer).when(assess(on=LONGER - A_DAY), on=LONGER).refused(
        "assessed_too_early", "assessed_on", ends_on=LONGER
    )
    again = (*longer, assessed("room", on=LONGER))
    given(*longer).when(assess("room", on=LONGER), on=LONGER).then(assessed("room", on=LONGER))
    given(*again).when(EXTEND, on=LONGER).refused("extended_once", ends_on=LONGER)


def test_the_longer_time_has_an_instructor_again_and_an_end_of_its_own() -> None:
    longer = (*ENDED, assessed("seal"), EXTENDED)
    assign = AssignInstructor(enterprise=MACHINES, instructor=LI, assigned_on=AFTER)
    given(*longer).when(assign, on=AFTER).then(
        InstructorAssigned(enterprise=MACHINES, instructor=LI, assigned_on=AFTER), ...
    )
    given(*longer).when(EndAccompaniment(enterprise=MACHINES, ended_on=LONGER), on=LONGER + A_DAY).then(
        AccompanimentEnded(enterprise=MACHINES, instructor=None, ended_on=LONGER)
    )


def test_extended_before_it_ended_it_goes_on_with_its_instructor() -> None:
    longer = (*ATTENDED, assessed("seal", on=ENDS), EXTENDED)
    given(*ATTENDED, assessed("seal", on=ENDS)).when(EXTEND, on=ENDS).then(EXTENDED)
    given(*longer).when(EndAccompaniment(enterprise=MACHINES, ended_on=ENDS), on=AFTER).refused(
        "not_due_yet", "ended_on", due_on=LONGER
    )
    given(*longer).when(EndAccompaniment(enterprise=MACHINES, ended_on=LONGER), on=LONGER + A_DAY).then(
        AccompanimentEnded(enterprise=MACHINES, instructor=LI, ended_on=LONGER)
    )


def test_the_time_is_counted_from_the_approval() -> None:
    assert date(2025, 8, 18) == LONGER
    assert APPROVED + 60 * A_DAY == ENDS
