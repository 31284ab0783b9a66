"""The witnesses of a service's log, as an operator's command reaches them."""

import httpx

from eventing.shell.reach import Reach
from eventing.witnesses import Peers, Witnesses
from services.platform import BY_NAME


def witnesses_of(reached: Reach, http: httpx.AsyncClient) -> Witnesses:
    """Broker and the other services."""
    settings = reached.settings
    names = tuple(name for name in BY_NAME if name != reached.service.name)
    return Witnesses(reached.source, settings.kafka, Peers(names, http, settings.gateway, reached.token))
