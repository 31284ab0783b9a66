"""Joint unions for what would be left over, and federations made of unions (联合工会、工会联合会)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import Random

from contracts import regions
from contracts.enterprise import Ownership
from demo import days
from demo.action import Action
from demo.drive.entry import Entry
from demo.drive.marks import Mark
from demo.drive.steps import LAST, Step, day, surveyed

_FORMED = 13
_UNITS, _MEMBERS = 4, 3
_UNITS_MARKS = (Mark.UNIT, Mark.UNIT_GROWN, Mark.UNIT_LEFT)
_DISSOLVED = "u-610102-j2"
_FEDERATIONS = {
    "610100": ("industry", "西安市示例装备制造业工会联合会", "C34"),
    "610300": ("area", "宝鸡市示例区域工会联合会", None),
    "610800": ("industry", "榆林市示例化工行业工会联合会", "C26"),
}


def with_backstop(entries: Sequence[Entry], rng: Random) -> tuple[Entry, ...]:
    """The entries, some of them marked as units of a joint union of their county, or members of a city's federation."""
    counties = {city: regions.children(city, days.FIRST)[0] for city in regions.children("610000")}
    covered = {*counties.values(), *(entry.county for entry in entries if entry.mark is Mark.UNIT_GROWN)}
    taken: Counter[str] = Counter()
    found = []
    for entry in entries:
        if entry.mark is None and entry.county in covered and _left_over(entry) and taken[entry.county] < _UNITS:
            taken[entry.county] += 1
            entry = replace(entry, mark=Mark.UNIT if taken[entry.county] != 2 else Mark.UNIT_LEFT)
        city = regions.parent(entry.county) or ""
        if entry.mark is None and city in _FEDERATIONS and _early(entry) and taken[city] < _MEMBERS:
            taken[city] += 1
            entry = replace(entry, mark=Mark.MEMBER if taken[city] != 2 else Mark.MEMBER_LEFT)
        found.append(entry)
    return tuple(found)


def steps(entry: Entry) -> Iterator[Step]:
    """It joins, and leaves again where that is marked."""
    city = regions.parent(entry.county) or ""
    if entry.mark in _UNITS_MARKS:
        union = _DISSOLVED if entry.mark is Mark.UNIT_LEFT and entry.county == "610102" else f"u-{entry.county}-j1"
        number = max(_FORMED + 1, surveyed(entry) + 3)
        members = max(1, entry.surveys[0].headcount // 3)
        facts: dict[str, object] = {"union": union, "members": members, "joined_on": day(number).isoformat()}
        yield Step(day(number), "join-joint-union", facts)
        if entry.mark is Mark.UNIT_LEFT:
            left = day(min(number + 20, LAST - 4))
            reason = "joint_union_dissolved" if union == _DISSOLVED else "resolved"
            yield Step(left, "leave-joint-union", {"reason": reason, "left_on": left.isoformat()})
    if entry.mark in (Mark.MEMBER, Mark.MEMBER_LEFT) and entry.approval:
        number = max(_FORMED + 1, days.index(entry.approval.approved_on) + 2)
        federation = {"federation": f"u-{city}-f1"}
        joined = {"joined_on": day(number).isoformat()}
        yield Step(day(number), "join-federation", federation | joined, union=f"u-{city}")
        if entry.mark is Mark.MEMBER_LEFT:
            left = day(number + 6)
            yield Step(left, "leave-federation", federation | {"left_on": left.isoformat()}, union=f"u-{city}")


def formations(entries: Sequence[Entry]) -> Iterator[Action]:
    """Joint unions and federations are formed before anybody joins; one is dissolved when its last unit has left."""
    joined: dict[str, list[str]] = {}
    for entry in entries:
        for step in steps(entry):
            if step.command == "join-joint-union":
                joined.setdefault(str(step.facts["union"]), []).append(entry.county)
    formed = day(_FORMED)
    for number, (union, (county, *_)) in enumerate(sorted(joined.items())):
        form = "joint" if number % 2 == 0 or any(_grown_in(entries, county)) else "small_micro_federation"
        kind = "联合工会" if form == "joint" else "小微企业工会联合会"
        facts: dict[str, object] = {
            "union": union,
            "form": form,
            "name": f"{regions.name(county)}示例{'第二' if union.endswith('2') else ''}{kind}",
            "county": county,
            "formed_on": formed.isoformat(),
            "document": f"{regions.name(county)[:-1]}工组〔2025〕{number + 1}号",
        }
        yield _formed(f"u-{county}", "form-joint-union", union, facts, _FORMED)
    ended = {"union": _DISSOLVED, "dissolved_on": day(LAST - 2).isoformat()}
    yield _formed("u-610102", "dissolve-joint-union", _DISSOLVED, ended, LAST - 2)
    for city, (kind, name, industry) in _FEDERATIONS.items():
        facts = {
            "federation": f"u-{city}-f1",
            "kind": kind,
            "name": name,
            "area": city,
            "formed_on": formed.isoformat(),
            "document": f"{regions.name(city)[:-1]}工组〔2025〕1号",
        }
        facts |= {"industry": industry} if industry else {}
        yield _formed(f"u-{city}", "form-federation", f"u-{city}-f1", facts, _FORMED)


def _formed(union: str, command: str, about: str, facts: Mapping[str, object], number: int) -> Action:
    return Action(about, day(number), union, "approver", f"/api/enterprise/{command}", facts, f"demo:{about}:{command}")


def _grown_in(entries: Sequence[Entry], county: str) -> Iterator[bool]:
    return (entry.mark is Mark.UNIT_GROWN and entry.county == county for entry in entries)


def _left_over(entry: Entry) -> bool:
    """Small, counted once, and without a union of its own to come."""
    if len(entry.surveys) != 1 or entry.life.applied_on or entry.code[:2] != "91" or surveyed(entry) > 20:
        return False
    return entry.ownership not in (Ownership.STATE, Ownership.COLLECTIVE) and entry.surveys[0].headcount < 100


def _early(entry: Entry) -> bool:
    return entry.approval is not None and days.index(entry.approval.approved_on) + 12 <= LAST
