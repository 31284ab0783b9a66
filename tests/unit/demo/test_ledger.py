from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest

from contracts import calendar, regions, unions
from contracts.creditcode import OwnerKind, check_credit_code, owner_kind
from contracts.enterprise import Ownership, Will
from demo import days
from demo.action import Sheet
from demo.drive import programme
from demo.drive.actions import plan
from demo.drive.cities import CITIES, PROVINCE
from demo.drive.entry import Entry
from demo.drive.ledger import ledger
from demo.drive.listing import ended_on
from demo.drive.marks import Mark

ENTRIES = ledger()
ACTIONS = tuple(programme.actions())
PROMISES = ("due_on", "planned_on")


def test_there_are_a_thousand_enterprises_and_no_two_are_the_same() -> None:
    assert len(ENTRIES) > sum(city.enterprises for city in CITIES) >= 1000
    assert len({entry.code for entry in ENTRIES}) == len({entry.name for entry in ENTRIES}) == len(ENTRIES)


def test_every_city_and_every_county_is_there() -> None:
    counties = {entry.county for entry in ENTRIES}
    cities = regions.children(PROVINCE)
    assert tuple(city.code for city in CITIES) == cities
    assert counties == {county for city in cities for county in regions.children(city, days.FIRST)}


def test_every_code_is_valid_and_every_name_says_that_it_is_made_up() -> None:
    for entry in ENTRIES:
        assert check_credit_code(entry.code)[2:8] == entry.county
        assert "示例" in entry.name
        assert entry.union == unions.load().of_region(entry.county, entry.registered_on)


def test_it_is_the_same_ledger_each_time() -> None:
    ledger.cache_clear()
    assert ledger() == ENTRIES


def test_the_play_is_short_enough_to_be_watched() -> None:
    assert 10_000 <= len(ACTIONS) <= 12_000
    assert len({action.day for action in ACTIONS}) <= 110


def test_officers_enter_on_working_days_what_has_happened() -> None:
    worked = calendar.load()
    assert all(worked.is_working_day(day) for day in days.entry_days())
    for action in ACTIONS:
        assert action.day in days.entry_days()
        if isinstance(action.body, Sheet):
            continue
        happened = [on for name, on in action.body.items() if name.endswith("_on") and name not in PROMISES]
        assert all(date.fromisoformat(str(on)) <= action.day for on in happened)


def test_an_enterprises_actions_follow_each_other_and_have_keys_of_their_own() -> None:
    for entry in ENTRIES:
        assert all(earlier.day <= later.day for earlier, later in pairwise(plan(entry)))
        assert plan(entry)[0].path.endswith("/register")
    assert len({action.key for action in ACTIONS}) == len(ACTIONS)


def test_an_instructor_is_assigned_only_after_the_60_days_have_begun_by_themselves() -> None:
    for entry in ENTRIES:
        for assigned in entry.instructors[:1]:
            assert entry.approval is not None
            assert timedelta(0) < assigned.assigned_on - entry.approval.approved_on <= timedelta(days=60)


def test_no_instructor_walks_with_more_than_ten_at_once_and_one_with_ten() -> None:
    begun = Counter[tuple[str, date]]()
    for entry in ENTRIES:
        for assigned in entry.instructors[:1]:
            assert entry.approval is not None
            for count in range((entry.approval.approved_on - assigned.assigned_on).days + 61):
                begun[assigned.instructor, assigned.assigned_on + timedelta(days=count)] += 1
    assert max(begun.values()) == 10


def test_something_special_happens_to_a_small_share_and_each_of_it_to_somebody() -> None:
    marked = Counter(entry.mark for entry in ENTRIES if entry.mark)
    assert set(marked) == set(Mark)
    assert marked.total() < len(ENTRIES) * 0.15


def test_nothing_is_entered_about_an_enterprise_that_has_left_the_list() -> None:
    ends = {entry.code: end for entry in ENTRIES if (end := ended_on(entry))}
    assert ends
    for entry in ENTRIES:
        if entry.code in ends:
            assert plan(entry)[-1].day == ends[entry.code]


def crosses(entry: Entry, edge: int, *, up: bool) -> bool:
    counts = [survey.headcount for survey in entry.surveys]
    return len(counts) == 2 and (counts[0] < edge <= counts[1] if up else counts[0] >= edge > counts[1])


def wills(entry: Entry) -> tuple[Will, ...]:
    return tuple(said.will for said in entry.life.statements)


LIVES: dict[str, Callable[[Entry], object]] = {
    "listed and not counted yet": lambda entry: not entry.surveys,
    "counted and not asked yet": lambda entry: entry.surveys and not entry.life.statements,
    "hesitant": lambda entry: wills(entry) == (Will.HESITANT,),
    "refusing": lambda entry: wills(entry) == (Will.REFUSING,),
    "refusing, then willing": lambda entry: wills(entry) == (Will.REFUSING, Will.WILLING),
    "willing, then refusing": lambda entry: wills(entry) == (Will.WILLING, Will.REFUSING),
    "applied and not approved yet": lambda entry: entry.life.applied_on and not entry.approval,
    "approved without a visit": lambda entry: entry.approval and not entry.life.visit,
    "approved, with a committee": lambda entry: entry.approval and entry.approval.own_committee,
    "approved, with no committee": lambda entry: entry.approval and not entry.approval.own_committee,
    "approved, with an instructor": lambda entry: entry.approval and entry.instructors,
    "approved, with no instructor": lambda entry: entry.approval and not entry.instructors,
    "dispatched workers": lambda entry: entry.surveys and entry.surveys[0].dispatched,
    "state-owned": lambda entry: entry.ownership is Ownership.STATE,
    "collective, with a union": lambda entry: entry.ownership is Ownership.COLLECTIVE and entry.approval,
    "sole proprietor": lambda entry: owner_kind(entry.code) is OwnerKind.SOLE_PROPRIETOR,
    "cooperative": lambda entry: owner_kind(entry.code) is OwnerKind.COOPERATIVE,
    "size class known": lambda entry: entry.surveys and entry.surveys[0].size_class,
    "size class not known": lambda entry: entry.surveys and not entry.surveys[0].size_class,
    "exactly 100 workers": lambda entry: entry.surveys and entry.surveys[-1].headcount == 100,
    "exactly 50 workers": lambda entry: entry.surveys and entry.surveys[-1].headcount == 50,
    "grown above 50": lambda entry: crosses(entry, 50, up=True),
    "shrunk below 50": lambda entry: crosses(entry, 50, up=False),
    "grown above 100, with a union": lambda entry: crosses(entry, 100, up=True) and entry.approval,
    "shrunk below 100, with a union": lambda entry: crosses(entry, 100, up=False) and entry.approval,
}


@pytest.mark.parametrize("life", LIVES)
def test_every_life_is_lived_by_somebody(life: str) -> None:
    assert any(LIVES[life](entry) for entry in ENTRIES)
