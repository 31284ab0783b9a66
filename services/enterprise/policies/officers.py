"""A desk that was handed over: its successor is responsible for each enterprise named."""

from contracts.enterprise import DeskHandedOver
from eventing.policies import Policy
from services.enterprise.commands import AssignOfficer


def _assign_successor(event: DeskHandedOver) -> tuple[AssignOfficer, ...]:
    return tuple(
        AssignOfficer(
            enterprise=enterprise,
            officer=event.successor,
            assigned_on=event.handed_over_on,
            instead_of=event.officer,
        )
        for enterprise in event.enterprises
    )


POLICIES = (Policy("assign-successor", on=DeskHandedOver, then=_assign_successor),)
