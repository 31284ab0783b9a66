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


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that the shell needs to run one service; each `app.py` builds one of these and nothing else does.

    `views` are folded from the service's own events in their transaction; `read_models` from other services' logs,
    by context name; `policies` likewise, by the context whose events they react to. `ledgers` are the spreadsheets
    that go in and out. `home` is the service's folder, in which its refusals lie.
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
    read_models: Mapping[str, tuple[Fold, ...]] = field(default_factory=dict)
