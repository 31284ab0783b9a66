"""What officers do for an enterprise of the ledger: the commands, each on the day on which it is entered."""

from demo import days
from demo.action import Action
from demo.drive import backstop, founding, listing, mobilising, strengthening, worklist
from demo.drive.entry import Entry
from demo.drive.steps import Step

_SUBJECTS = (listing, backstop, mobilising, worklist, founding, strengthening)


def plan(entry: Entry) -> tuple[Action, ...]:
    """The entry's actions, in the order in which they are to be sent."""
    steps = [step for subject in _SUBJECTS for step in subject.steps(entry)]
    end = listing.ended_on(entry)
    if end is not None:
        steps = [step for step in steps if days.index(step.day) < days.index(end) or step.command in _ENDS]
    in_order = sorted(steps, key=lambda step: days.index(step.day))  # stable: on one day as listed above
    return tuple(_action(entry, number, step) for number, step in enumerate(in_order, 1))


_ENDS = ("close-enterprise", "merge-enterprise", "leave-province")


def _action(entry: Entry, number: int, step: Step) -> Action:
    moved = listing.moved(entry)
    union = moved[1] if moved and step.day >= moved[0] else entry.union
    return Action(
        about=entry.code,
        day=days.entered(step.day),
        union=step.union or union,
        role=step.role,
        path=f"/api/enterprise/{step.command}",
        body={"enterprise": entry.code, **step.facts},
        key=f"demo:{entry.code}:{number}:{step.command}",
        hour=step.hour,
    )
