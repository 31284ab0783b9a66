"""What goes over when an officer hands over the desk? (工作交接)"""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.enterprise import DeskHandedOver
from eventing.dates import must_have_happened
from eventing.decision import Rows, StreamKind
from eventing.moment import Moment
from eventing.refusal import Invalid, Refused
from services.enterprise.commands import HandOverDesk
from services.enterprise.views.charges import CHARGES, ChargeRow

AT_ONCE = 100
"""Enterprises named by one event, and assigned in one transaction; more of them are told in several events."""


@dataclass(frozen=True, slots=True)
class OfficersDesk:
    """What was handed over so far."""

    handed_over: tuple[DeskHandedOver, ...] = ()


def evolve(state: OfficersDesk, event: DeskHandedOver) -> OfficersDesk:
    return OfficersDesk((*state.handed_over, event))


DESK: StreamKind[OfficersDesk] = StreamKind("desk", OfficersDesk(), evolve)


async def charges_of(rows: Rows, command: HandOverDesk) -> Sequence[ChargeRow]:
    """All that the officer is responsible for, anywhere."""
    return await rows.rows(CHARGES, officer=command.officer)


def hand_over(
    command: HandOverDesk, state: OfficersDesk, charges: Sequence[ChargeRow], moment: Moment
) -> Sequence[DeskHandedOver]:
    """Asked again: what has come since, if anything."""
    _must_be_possible(command, moment)
    done = {enterprise for event in state.handed_over if _is_same(command, event) for enterprise in event.enterprises}
    ours = [charge for charge in charges if _is_within(charge.union_id, command.union, moment)]
    if not ours and not done:
        raise Refused("responsible_for_nothing", "officer", officer=command.officer, union=command.union)
    latest = max((charge.assigned_on for charge in ours), default=command.handed_over_on)
    if command.handed_over_on < latest:
        raise Refused("officer_assigned_later", "handed_over_on", assigned_on=latest)
    left = [charge.enterprise for charge in ours if charge.enterprise not in done]
    return [_event(command, left[start : start + AT_ONCE]) for start in range(0, len(left), AT_ONCE)]


def owner(command: HandOverDesk, _: OfficersDesk) -> str:
    """The officer's union."""
    return command.union


def _must_be_possible(command: HandOverDesk, moment: Moment) -> None:
    if not moment.unions.knows(command.union, moment.today):
        raise Invalid("union_unknown", "union", union=command.union, on=moment.today)
    if command.successor == command.officer:
        raise Invalid("same_officer", "successor")
    must_have_happened(command.handed_over_on, "handed_over_on", moment)


def _is_within(inner: str, outer: str, moment: Moment) -> bool:
    unions, today = moment.unions, moment.today
    return unions.knows(inner, today) and unions.is_within(inner, outer, today)


def _is_same(command: HandOverDesk, event: DeskHandedOver) -> bool:
    return _event(command, event.enterprises) == event


def _event(command: HandOverDesk, enterprises: Sequence[str]) -> DeskHandedOver:
    return DeskHandedOver(
        officer=command.officer,
        successor=command.successor,
        union=command.union,
        reason=command.reason,
        handed_over_on=command.handed_over_on,
        enterprises=tuple(enterprises),
    )
