"""Every event type of the published language, by its CloudEvents name."""

from collections.abc import Mapping

from contracts import enterprise
from contracts.event import Event

CONTEXTS: Mapping[str, tuple[type[Event], ...]] = {"enterprise": enterprise.EVENTS}

TYPES: Mapping[str, type[Event]] = {kind.type_name(): kind for kinds in CONTEXTS.values() for kind in kinds}
