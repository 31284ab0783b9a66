"""The way to a union of its own, simplified or in full (集中建会)."""

from collections.abc import Iterator

from demo import days
from demo.drive.entry import Entry
from demo.drive.steps import Step, day


def steps(entry: Entry) -> Iterator[Step]:
    """From the application on, in the full way from the preparatory group on, to the approval."""
    applied, approval = entry.life.applied_on, entry.approval
    if applied is None:
        return
    number = days.index(applied)
    if approval is None or not approval.set_up:
        yield Step(applied, "apply", {"applied_on": applied.isoformat()})
    else:
        consented, met = day(number + 1), day(number + 2)
        yield Step(applied, "form-preparatory-group", {"formed_on": applied.isoformat()})
        yield Step(applied, "apply", {"applied_on": applied.isoformat(), "simplified": False})
        facts: dict[str, object] = {"approved_on": consented.isoformat(), "document": approval.set_up}
        yield Step(consented, "approve-set-up", facts, role="approver")
        facts = {
            "joined_on": met.isoformat(),
            "members": approval.members,
            "women": approval.members // 3,
            "migrant": approval.members // 4,
            "new_forms": 0,
        }
        yield Step(met, "join-members", facts)
        facts = {
            "held_on": met.isoformat(),
            "members": approval.members,
            "committee": 7 if approval.own_committee else 0,
            "audit": 3,
            "women": "committee" if approval.members >= 100 else "member",
            "chair_post": "middle_manager",
            "term_years": 5 if approval.members >= 200 else 3,
        }
        yield Step(met, "hold-founding-meeting", facts)
    if approval is not None:
        yield approved(entry)


def approved(entry: Entry) -> Step:
    """The union next up approves the result."""
    approval = entry.approval
    assert approval is not None
    facts: dict[str, object] = {
        "members": approval.members,
        "own_committee": approval.own_committee,
        "approved_on": approval.approved_on.isoformat(),
        "document": approval.document,
    }
    if approval.term_years:
        facts["term_years"] = approval.term_years
    return Step(approval.approved_on, "approve", facts, role="approver")
