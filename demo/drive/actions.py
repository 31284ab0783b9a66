"""What officers do for an enterprise of the ledger: the commands, each on the day on which it is entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from demo import days
from demo.action import Action
from demo.drive.entry import Entry


def plan(entry: Entry) -> tuple[Action, ...]:
    """The entry's actions, in the order in which they are to be sent."""
    life = entry.life
    asked = [
        _Asked(
            entry.registered_on,
            "register",
            {
                "name": entry.name,
                "ownership": entry.ownership.value,
                "county": entry.county,
                "union": entry.union,
                "registered_on": entry.registered_on.isoformat(),
            },
        )
    ]
    for survey in entry.surveys:
        size_class = survey.size_class.value if survey.size_class else None
        facts = {"headcount": survey.headcount, "size_class": size_class}
        asked.append(_Asked(survey.surveyed_on, "survey", facts | {"surveyed_on": survey.surveyed_on.isoformat()}))
    for said in life.statements:
        asked.append(
            _Asked(said.stated_on, "state-will", {"will": said.will.value, "stated_on": said.stated_on.isoformat()})
        )
    if life.visit:
        asked.append(_Asked(life.visit.entered_on, "hold-visit", {"held_on": life.visit.held_on.isoformat()}))
    if life.applied_on:
        asked.append(_Asked(life.applied_on, "apply", {"applied_on": life.applied_on.isoformat()}))
    if approval := entry.approval:
        facts = {
            "members": approval.members,
            "own_committee": approval.own_committee,
            "approved_on": approval.approved_on.isoformat(),
            "document": approval.document,
        }
        asked.append(_Asked(approval.approved_on, "approve", facts))
    if assigned := entry.assignment:
        facts = {"instructor": assigned.instructor, "assigned_on": assigned.assigned_on.isoformat()}
        asked.append(_Asked(assigned.assigned_on, "assign-instructor", facts))
    in_order = sorted(asked, key=lambda each: days.index(each.day))  # stable: on one day as listed above
    return tuple(_action(entry, number, each) for number, each in enumerate(in_order, 1))


@dataclass(frozen=True, slots=True)
class _Asked:
    day: date
    command: str
    facts: Mapping[str, object]


def _action(entry: Entry, number: int, asked: _Asked) -> Action:
    return Action(
        about=entry.code,
        day=days.entered(asked.day),
        union=entry.union,
        role="approver" if asked.command == "approve" else "officer",
        path=f"/api/enterprise/{asked.command}",
        body={"enterprise": entry.code, **asked.facts},
        key=f"demo:{entry.code}:{number}:{asked.command}",
    )
