"""The joint unions (联合工会) and small-and-micro federations of the counties: one row each."""

from dataclasses import dataclass
from datetime import date

from contracts.enterprise import JointUnionDissolved, JointUnionEvent, JointUnionFormed, UnionForm
from eventing.fold import Fold, replace


@dataclass(frozen=True, slots=True)
class JointUnionRow:
    """A joint union; with `dissolved_on`, one that was."""

    joint_union: str
    form: UnionForm
    name: str
    county: str
    union_id: str
    """The county's union that formed it."""
    formed_on: date
    document: str
    dissolved_on: date | None = None


def _apply(row: JointUnionRow | None, event: JointUnionEvent) -> JointUnionRow:
    match event:
        case JointUnionFormed():
            return JointUnionRow(
                event.union, event.form, event.name, event.county, event.formed_by, event.formed_on, event.document
            )
        case JointUnionDissolved():
            assert row is not None, "a joint union is formed before it is dissolved"
            return replace(row, dissolved_on=event.dissolved_on)
        case _:
            raise ValueError(f"{type(event).__name__} is not about a joint union")


JOINT_UNIONS = Fold(
    name="joint_unions",
    row=JointUnionRow,
    events=(JointUnionFormed, JointUnionDissolved),
    key=lambda event: event.union,
    apply=_apply,
    indexes=(("union_id", "joint_union"),),
)
