"""What is internal stays with the service that publishes it: no other's read model or policy may name it."""

from pathlib import Path

import pytest
from fastapi import APIRouter

from contracts.catalogue import TYPES
from contracts.enterprise import EVENTS, EnterpriseRegistered, RefusalConfirmed, SupervisionEvent
from contracts.event import Event
from eventing.fold import Fold
from eventing.policies import Policy
from eventing.service import Internal, Service
from services.platform import SERVICES


def a_service(name: str, shows: type[Event] | None = None, reacts_to: type[Event] | None = None) -> Service:
    """One that shows or reacts to an event of the enterprise service."""
    folds = [Fold("shown", dict, (EnterpriseRegistered, shows), lambda _: None, lambda row, _: row)] if shows else []
    policies = [Policy("reacts", on=reacts_to, then=lambda _: ())] if reacts_to else []
    return Service(
        name=name,
        home=Path(),
        router=APIRouter(),
        read_models={"enterprise": tuple(folds)},
        policies={"enterprise": tuple(policies)},
    )


def test_all_events_of_supervision_are_internal_and_no_others_of_their_service() -> None:
    assert {kind for kind in EVENTS if kind.INTERNAL} == {
        kind for kind in TYPES.values() if issubclass(kind, SupervisionEvent)
    }
    assert RefusalConfirmed.INTERNAL


def test_another_service_may_neither_show_nor_react_to_it() -> None:
    for made in [{"shows": RefusalConfirmed}, {"reacts_to": RefusalConfirmed}]:
        with pytest.raises(Internal, match="is internal to enterprise; projection may not read it"):
            a_service("projection", **made)


def test_its_own_service_may_and_what_is_not_internal_anybody_may() -> None:
    a_service("enterprise", shows=RefusalConfirmed, reacts_to=RefusalConfirmed)
    a_service("projection", shows=EnterpriseRegistered, reacts_to=EnterpriseRegistered)


def test_the_platforms_services_read_none() -> None:
    assert [make().name for make in SERVICES] == [make.__name__ for make in SERVICES]
