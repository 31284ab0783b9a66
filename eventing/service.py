"""A service as its own table of contents: what it publishes, decides, shows, and reacts to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import APIRouter

from contracts.event import Event
from eventing.deadlines import Deadline
from eventing.decision import Decision
from eventing.fold import Fold
from eventing.ledger.ledger import Ledger
from eventing.policies import Policy
from eventing.vault import Erasure


class Internal(Exception):
    """A service reads another's event that is for that one alone."""


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that the shell needs to run one service; each `app.py` builds one of these and nothing else does.

    `views` are folded from the service's own events in their transaction; `read_models` from other services' logs,
    by context name; `policies` likewise, by the context whose events they react to. `ledgers` are the spreadsheets
    that go in and out; `erasures` say with which of its own events something leaves the vault. `home` is the service's
    folder, in which its refusals lie. Raises `Internal` where it would read another service's internal events.
    """

    name: str
    home: Path
    router: APIRouter
    publishes: tuple[type[Event], ...] = ()
    decisions: tuple[Decision, ...] = ()
    views: tuple[Fold, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    policies: Mapping[str, tuple[Policy, ...]] = field(default_factory=dict)
    ledgers: tuple[Ledger, ...] = ()
    erasures: tuple[Erasure, ...] = ()
    read_models: Mapping[str, tuple[Fold, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shown = (kind for folds in self.read_models.values() for fold in folds for kind in fold.events)
        reacted_to = (kind for policies in self.policies.values() for policy in policies for kind in policy.kinds)
        for kind in (*shown, *reacted_to):
            if kind.INTERNAL and self.name != kind.CONTEXT:
                raise Internal(f"{kind.type_name()} is internal to {kind.CONTEXT}; {self.name} may not read it")
