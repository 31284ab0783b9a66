"""Numbers that are data: what a rules file says of a day."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from contracts.calendar import WorkingCalendar
from eventing.rules import CalendarDaysOf, Count, Numbers, Rules, WorkingDaysOf

BEGIN = date(1949, 10, 1)
RESOLVED = date(2025, 9, 1)


class Two(Numbers):
    visit_within: Count
    load: Count


def change(numbers: str, since: date = BEGIN, reason: str = "default", set_by: str = "u-acftu") -> str:
    return f'[[change]]\nsince = {since}\nreason = "{reason}"\nset_by = "{set_by}"\n{numbers}\n'


def rules(tmp_path: Path, *changes: str) -> Rules[Two]:
    path = tmp_path / "rules.toml"
    path.write_text("".join(changes), "utf-8")
    return Rules(Two, path)


def test_a_number_holds_until_it_is_changed_and_the_others_go_on(tmp_path: Path) -> None:
    """In whatever order the changes stand."""
    ours = rules(
        tmp_path, change("visit_within = 7", RESOLVED, "resolved", "u-610000"), change("visit_within = 5\nload = 10")
    )
    days = (date(1914, 11, 30), BEGIN, date(2025, 8, 31), RESOLVED)
    assert [(ours.on(day).visit_within, ours.on(day).load) for day in days] == [(5, 10), (5, 10), (5, 10), (7, 10)]


def test_a_deadline_goes_by_the_number_of_the_day_of_the_fact(tmp_path: Path) -> None:
    ours = rules(tmp_path, change("visit_within = 1\nload = 1"), change("visit_within = 2", RESOLVED))
    friday, monday = date(2025, 8, 29), RESOLVED
    days = WorkingCalendar({}, official_years=frozenset({2025}))
    working, calendar = WorkingDaysOf(ours, "visit_within"), CalendarDaysOf(ours, "visit_within")
    assert [working.due(day, days).on for day in (friday, monday)] == [monday, date(2025, 9, 3)]
    assert [calendar.due(day, days).on for day in (friday, monday)] == [date(2025, 8, 30), date(2025, 9, 3)]


@pytest.mark.parametrize(
    "wrong",
    [
        change("visit_within = 5"),
        change("visit_within = 5\nload = 10\nloud = 1"),
        change("visit_within = 5\nload = 0"),
        change("visit_within = 5\nload = 10", reason="because"),
        change("visit_within = 5\nload = 10", set_by="somebody"),
        change("visit_within = 5\nload = 10") + change("load = true", RESOLVED),
    ],
)
def test_a_number_that_is_missing_wrong_or_set_by_nobody_stops_the_start(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(ValidationError):
        rules(tmp_path, wrong).load()
