from datetime import date, timedelta

import pytest

from contracts.enterprise import (
    AccompanimentAssessed,
    AccompanimentEnded,
    AccompanimentExtended,
    ChairElected,
    CheckInHeld,
    CheckInMissed,
    EnterpriseMoved,
    InstructorAssigned,
    InstructorLeft,
    ShellRectified,
    ShellSign,
    TermOverrun,
    UnionEnded,
)
from contracts.event import Event
from eventing.fold import fold_in_memory
from services.enterprise.views.alongside import ACCOMPANIMENTS, AccompanimentRow, AccompanimentStatus
from services.enterprise.views.check_ins import CHECK_INS, CheckInOutcome, CheckInRow
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.members import MEMBERS, MembersRow
from services.enterprise.views.unions import UNIONS, UnionRow
from tests.support.enterprises import (
    APPROVED,
    ENDS,
    LI,
    MACHINES,
    RETURN_DUE,
    TERM_ENDS,
    TODAY,
    WANG,
    XINCHENG,
    a_begun_accompaniment,
    a_unionized_enterprise,
    an_attended_accompaniment,
    an_ended_accompaniment,
    an_own_union,
)
from tests.support.unions import (
    NEXT_RETURN,
    RETURNED,
    VACANT,
    flagged,
    renewed,
    reported,
    return_visit_missed,
    vacant,
    visited_again,
)

A_DAY = timedelta(days=1)
SEVENTH, FIFTEENTH = APPROVED + 7 * A_DAY, APPROVED + 15 * A_DAY
MONDAY = date(2025, 7, 21)  # ENDS is a Saturday
LONGER = ENDS + 30 * A_DAY
MOVED = EnterpriseMoved(enterprise=MACHINES, county="610103", union="u-610103", moved_on=TODAY)


def union_after(*events: Event) -> UnionRow | None:
    row = fold_in_memory(UNIONS, events)[0].get(MACHINES)
    assert row is None or isinstance(row, UnionRow)
    return row


def union(*events: Event) -> UnionRow:
    row = union_after(*an_own_union(), *events)
    assert row is not None
    return row


def accompaniment(*events: Event) -> AccompanimentRow:
    row = fold_in_memory(ACCOMPANIMENTS, events)[0][MACHINES]
    assert isinstance(row, AccompanimentRow)
    return row


def assessed(stands: bool) -> AccompanimentAssessed:
    return AccompanimentAssessed(
        enterprise=MACHINES,
        plate=True,
        seal=True,
        room=True,
        money=True,
        member_register=True,
        committee=True,
        rules_and_files=stands,
        assessed_on=MONDAY,
        stands=stands,
    )


def held(day: int, on: date) -> CheckInHeld:
    return CheckInHeld(enterprise=MACHINES, day=day, due_on=APPROVED + day * A_DAY, held_on=on)


def missed(day: int) -> CheckInMissed:
    return CheckInMissed(enterprise=MACHINES, day=day, due_on=APPROVED + day * A_DAY)


def test_a_union_that_was_established_stands_in_the_ledger() -> None:
    assert union() == UnionRow(
        enterprise=MACHINES,
        union_id=XINCHENG,
        approved_on=APPROVED,
        return_visit_due_on=RETURN_DUE,
        term_ends_on=TERM_ENDS,
    )


def test_it_shows_what_is_due_and_what_was_missed() -> None:
    assert union(return_visit_missed()).return_visit_missed
    row = union(return_visit_missed(), visited_again())
    assert (row.visited_on, row.return_visit_due_on, row.return_visit_missed) == (RETURNED, NEXT_RETURN, False)


def test_it_shows_the_term_and_whether_it_is_overrun() -> None:
    overrun = TermOverrun(enterprise=MACHINES, ended_on=TERM_ENDS, told=XINCHENG)
    assert union(overrun).term_overrun
    row = union(overrun, renewed())
    assert (row.term_ends_on, row.term_overrun) == (date(2030, 6, 10), False)


def test_it_shows_a_vacant_chair_until_another_is_elected() -> None:
    assert union(vacant()).chair_vacant_since == VACANT
    assert union(vacant(), ChairElected(enterprise=MACHINES, elected_on=TODAY)).chair_vacant_since is None


def test_it_shows_a_shell_with_its_signs_until_it_is_put_right() -> None:
    row = union(flagged(ShellSign.NO_ACTIVITY, ShellSign.NO_DUES))
    assert (row.shell_since, row.shell_signs) == (RETURNED, "no_activity no_dues")
    row = union(flagged(), ShellRectified(enterprise=MACHINES, rectified_on=TODAY))
    assert (row.shell_since, row.shell_signs) == (None, None)


def test_a_union_moves_with_its_enterprise() -> None:
    assert union(MOVED).union_id == "u-610103"
    assert accompaniment(*a_begun_accompaniment(), MOVED).union_id == "u-610103"
    assert fold_in_memory(ACCOMPANIMENTS, [MOVED])[0] == fold_in_memory(UNIONS, [MOVED])[0] == {}


def test_a_union_that_ended_is_not_in_the_ledger_and_one_founded_again_begins_anew() -> None:
    ended = UnionEnded(enterprise=MACHINES, ended_on=TODAY)
    assert union_after(*an_own_union(), flagged(), ended) is None
    assert union(flagged(), ended, *an_own_union()[-1:]) == union()


def test_members_are_those_reported_last_for_the_month() -> None:
    rows, _ = fold_in_memory(MEMBERS, [reported(), reported("2025-05", 80), reported(members=91)])
    assert [row.members for row in rows.values()] == [91, 80]
    assert rows[f"{MACHINES}/2025-06"] == MembersRow(f"{MACHINES}/2025-06", MACHINES, "2025-06", 91, 30, 20, 1)


@pytest.mark.parametrize(
    ("event", "outcome", "held_on"),
    [
        (held(7, SEVENTH), CheckInOutcome.IN_TIME, SEVENTH),
        (held(7, SEVENTH + A_DAY), CheckInOutcome.LATE, SEVENTH + A_DAY),
        (missed(7), CheckInOutcome.MISSED, None),
    ],
)
def test_a_check_in_is_held_in_time_or_late_or_missed(
    event: Event, outcome: CheckInOutcome, held_on: date | None
) -> None:
    rows, _ = fold_in_memory(CHECK_INS, [missed(7), event])
    key = f"{MACHINES}/{SEVENTH}"
    assert rows == {key: CheckInRow(key, MACHINES, 7, SEVENTH, outcome, held_on)}


def test_a_time_alongside_begins_with_all_that_is_due() -> None:
    assert accompaniment(*a_begun_accompaniment()) == AccompanimentRow(
        enterprise=MACHINES,
        union_id=XINCHENG,
        approved_on=APPROVED,
        ends_on=ENDS,
        check_in_due_on=SEVENTH,
        assess_by=MONDAY,
    )


def test_the_next_check_in_is_due_and_the_one_missed_last_until_it_was_held_late() -> None:
    def shown(*events: Event) -> tuple[date | None, date | None]:
        row = accompaniment(*a_begun_accompaniment(), *events)
        return row.check_in_due_on, row.check_in_missed_on

    assert shown(held(7, SEVENTH)) == (FIFTEENTH, None)
    assert shown(missed(7)) == (FIFTEENTH, SEVENTH)
    assert shown(missed(7), held(7, SEVENTH + A_DAY)) == (FIFTEENTH, None)
    assert shown(missed(7), held(15, FIFTEENTH)) == (APPROVED + 30 * A_DAY, None)
    assert shown(missed(7), missed(15), held(7, SEVENTH)) == (APPROVED + 30 * A_DAY, FIFTEENTH)
    assert shown(*(missed(day) for day in (7, 15, 30, 45)), held(60, ENDS)) == (None, None)


def test_who_leaves_is_to_be_replaced() -> None:
    left = InstructorLeft(enterprise=MACHINES, instructor=LI, left_on=TODAY, replace_by=TODAY + 7 * A_DAY)
    row = accompaniment(*an_attended_accompaniment(), left)
    assert (row.instructor, row.replace_by) == (None, TODAY + 7 * A_DAY)
    row = accompaniment(
        *an_attended_accompaniment(), left, InstructorAssigned(enterprise=MACHINES, instructor=WANG, assigned_on=TODAY)
    )
    assert (row.instructor, row.replace_by) == (WANG, None)


def test_at_its_end_it_is_to_be_assessed_and_then_stands_or_falls_short() -> None:
    row = accompaniment(*an_ended_accompaniment(), missed(60))
    assert (row.status, row.assess_by) == (AccompanimentStatus.TO_ASSESS, MONDAY)
    assert (row.instructor, row.check_in_due_on, row.check_in_missed_on) == (None, None, None)
    row = accompaniment(*an_ended_accompaniment(), assessed(stands=True))
    assert (row.status, row.assess_by, row.assessed_on) == (AccompanimentStatus.STANDS, None, MONDAY)
    assert accompaniment(*an_ended_accompaniment(), assessed(False)).status is AccompanimentStatus.FALLS_SHORT


def test_assessed_on_the_last_day_it_runs_until_that_is_over() -> None:
    begun, ended = an_attended_accompaniment(), an_ended_accompaniment()[-2]
    assert accompaniment(*begun, assessed(stands=True)).status is AccompanimentStatus.RUNNING
    assert accompaniment(*begun, assessed(stands=True), ended).status is AccompanimentStatus.STANDS


def test_extended_it_runs_again_and_is_to_be_assessed_again() -> None:
    extended = AccompanimentExtended(enterprise=MACHINES, ends_on=LONGER)
    row = accompaniment(*an_ended_accompaniment(), assessed(stands=False), extended)
    assert (row.status, row.extended, row.ends_on) == (AccompanimentStatus.RUNNING, True, LONGER)
    assert (row.stands, row.assess_by, row.ended_on) == (None, date(2025, 8, 19), None)


def test_when_the_union_ends_it_is_broken_off_and_nothing_is_due() -> None:
    ended = UnionEnded(enterprise=MACHINES, ended_on=TODAY)
    broken_off = AccompanimentEnded(enterprise=MACHINES, instructor=LI, ended_on=TODAY)
    for events in ([ended], [ended, broken_off], [broken_off, ended]):
        row = accompaniment(*an_attended_accompaniment(), *events)
        assert (row.status, row.ended_on) == (AccompanimentStatus.BROKEN_OFF, TODAY)
        assert {row.instructor, row.replace_by, row.check_in_due_on, row.assess_by} == {None}


def test_or_after_its_end_it_is_assessed_no_more_and_what_was_found_stays() -> None:
    ended = UnionEnded(enterprise=MACHINES, ended_on=MONDAY + A_DAY)
    row = accompaniment(*an_ended_accompaniment(), ended)
    assert (row.status, row.assess_by, row.ended_on) == (AccompanimentStatus.BROKEN_OFF, None, ENDS)
    assert accompaniment(*an_ended_accompaniment(), assessed(True), ended).status is AccompanimentStatus.STANDS


def test_the_late_end_of_the_union_before_does_not_touch_the_new_time() -> None:
    ended = UnionEnded(enterprise=MACHINES, ended_on=APPROVED)
    assert accompaniment(*a_begun_accompaniment(), ended) == accompaniment(*a_begun_accompaniment())


def test_the_ledger_of_enterprises_knows_who_left_and_what_was_extended() -> None:
    left = InstructorLeft(enterprise=MACHINES, instructor=LI, left_on=TODAY, replace_by=TODAY)
    history = (*a_unionized_enterprise(), *an_attended_accompaniment())
    assert fold_in_memory(ENTERPRISES, [*history, left])[0][MACHINES].instructor is None
    extended = AccompanimentExtended(enterprise=MACHINES, ends_on=LONGER)
    ended = [*a_unionized_enterprise(), *an_ended_accompaniment(), extended]
    assert fold_in_memory(ENTERPRISES, ended)[0][MACHINES].alongside_until == LONGER
