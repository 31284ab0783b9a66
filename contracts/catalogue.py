"""Every event type of the published language, by its CloudEvents name; old versions, which logs keep, among them."""

from collections.abc import Callable, Mapping
from typing import Any

from contracts import enterprise, enterprise_v1, projection, stations
from contracts.event import Event
from contracts.upcasting import Upcast, chains, reader

CONTEXTS: Mapping[str, tuple[type[Event], ...]] = {
    "enterprise": enterprise.EVENTS,
    "stations": stations.EVENTS,
    "projection": projection.EVENTS,
}
"""What each context publishes: every event in its newest version."""

UPCASTS: tuple[Upcast[Any, Any], ...] = enterprise_v1.UPCASTS

CHAINS = chains((kind for kinds in CONTEXTS.values() for kind in kinds), UPCASTS)

TYPES: Mapping[str, type[Event]] = {kind.type_name(): kind for kind in CHAINS}
"""The model of each version of each event. Texts are read with `READERS`, which leads on to the newest version."""

READERS: Mapping[str, Callable[[Any], Event]] = {
    kind.type_name(): reader(kind, steps) for kind, steps in CHAINS.items()
}


def type_names(kind: type[Event]) -> frozenset[str]:
    """All names under which the event may stand in a log: those of its versions up to this one.

    Compare `type_of(text)` with these, never with `type_name()` alone. Raises `ValueError` for an old version: no event
    is ever decoded as one, so what waits for it would wait in vain.
    """
    if CHAINS.get(kind):
        raise ValueError(f"{kind.type_name()} is an old version; name the newest one")
    return frozenset(kind.type_name(version) for version in range(1, kind.VERSION + 1))
