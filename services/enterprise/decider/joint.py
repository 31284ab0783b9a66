"""When is a joint union formed and dissolved? (联合工会)"""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts import regions
from contracts.enterprise import JointUnionDissolved, JointUnionEvent, JointUnionFormed
from contracts.regions import Level
from eventing.dates import must_have_happened
from eventing.decision import Rows, StreamKind
from eventing.moment import Moment
from eventing.refusal import Invalid, NotFound, Refused
from services.enterprise.commands import DissolveJointUnion, FormJointUnion
from services.enterprise.views.units import UNITS, UnitRow


@dataclass(frozen=True, slots=True)
class NotFormed:
    """No joint union has that id."""


@dataclass(frozen=True, slots=True)
class Formed:
    """Enterprises may be its units."""

    formation: JointUnionFormed


@dataclass(frozen=True, slots=True)
class Dissolved:
    """It was; its id isn't used again."""

    formation: JointUnionFormed
    dissolution: JointUnionDissolved


JointUnion = NotFormed | Formed | Dissolved


def evolve(state: JointUnion, event: JointUnionEvent) -> JointUnion:
    match state, event:
        case NotFormed(), JointUnionFormed():
            return Formed(event)
        case Formed(formation), JointUnionDissolved():
            return Dissolved(formation, event)
        case _:
            raise ValueError(f"{type(event).__name__} can't follow {type(state).__name__}")


JOINT_UNION: StreamKind[JointUnion] = StreamKind("joint", NotFormed(), evolve)


def form(command: FormJointUnion, state: JointUnion, moment: Moment) -> Sequence[JointUnionEvent]:
    formed = _formation(command)
    match state:
        case NotFormed():
            must_have_happened(command.formed_on, "formed_on", moment)
            _must_be_of_the_county(command, moment)
            return [formed]
        case Formed(known) | Dissolved(known) if known == formed:
            return []  # asked twice: nothing new happened
        case Formed(known) | Dissolved(known):
            raise Refused("joint_union_formed", "union", union=command.union, formed_on=known.formed_on)


async def units_of(rows: Rows, command: DissolveJointUnion) -> Sequence[UnitRow]:
    """Those that are or were its units last."""
    return await rows.rows(UNITS, joint_union=command.union)


def dissolve(
    command: DissolveJointUnion, state: JointUnion, units: Sequence[UnitRow], moment: Moment
) -> Sequence[JointUnionEvent]:
    match state:
        case NotFormed():
            raise unknown_joint_union(command.union)
        case Dissolved(_, done) if done.dissolved_on == command.dissolved_on:
            return []
        case Dissolved(_, done):
            raise Refused("joint_union_dissolved", "dissolved_on", union=command.union, on=done.dissolved_on)
        case Formed(formation):
            return _dissolve(command, formation, units, moment)


def owner_of_new(command: FormJointUnion, _: JointUnion) -> str:
    """The county's union: nobody forms one in another's county."""
    return f"u-{command.county}"


def owner(_: DissolveJointUnion, state: JointUnion) -> str | None:
    """The county's union that formed it."""
    return None if isinstance(state, NotFormed) else state.formation.formed_by


def unknown_joint_union(union: str) -> NotFound:
    return NotFound("joint_union_unknown", "union", union=union)


def _dissolve(
    command: DissolveJointUnion, formation: JointUnionFormed, units: Sequence[UnitRow], moment: Moment
) -> Sequence[JointUnionEvent]:
    must_have_happened(command.dissolved_on, "dissolved_on", moment)
    if command.dissolved_on < formation.formed_on:
        raise Refused("dissolved_before_formed", "dissolved_on", formed_on=formation.formed_on)
    if there := [unit for unit in units if unit.left_on is None or unit.left_on > command.dissolved_on]:
        raise Refused("units_in_it", "dissolved_on", union=command.union, units=len(there), on=command.dissolved_on)
    return [JointUnionDissolved(union=command.union, dissolved_on=command.dissolved_on)]


def _formation(command: FormJointUnion) -> JointUnionFormed:
    return JointUnionFormed(
        union=command.union,
        form=command.form,
        name=command.name,
        county=command.county,
        formed_by=f"u-{command.county}",
        formed_on=command.formed_on,
        document=command.document,
    )


def _must_be_of_the_county(command: FormJointUnion, moment: Moment) -> None:
    """Formed by that county's union, which is there on that day, and called after it. Raises `Invalid`."""
    county, on = command.county, command.formed_on
    if regions.level(county) is not Level.COUNTY or not moment.unions.knows(f"u-{county}", on):
        raise Invalid("county_union_needed", "county", county=county, on=on)
    if not command.union.startswith(f"u-{county}-") or command.union in moment.unions.unions:
        raise Invalid("joint_union_id", "union", union=command.union, county=county)
