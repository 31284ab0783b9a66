"""How an operator's command reaches a service: by the settings in its container, or by the embedded platform's data."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from eventing.clock import SystemClock
from eventing.embedded import CannotStart, Home
from eventing.embedded.postgres import dsn_by
from eventing.service import Service
from eventing.shell import settings as configured
from eventing.shell.issuer import Issuer
from eventing.shell.reading_tokens import reading_tokens
from eventing.shell.settings import Misconfigured, Settings
from eventing.topics import source_of

Makers = Mapping[str, Callable[[], Service]]


@dataclass(frozen=True, slots=True)
class Reach:
    """One service with what a command needs beside it. `token` gives a bearer token that reads feeds and operates."""

    service: Service
    settings: Settings
    dsn: str
    token: Callable[[], str]

    @property
    def source(self) -> str:
        """The service's own log."""
        return source_of(self.settings.region, self.service.name)


def reach_all(services: Makers, data: Path) -> list[Reach]:
    """Every service that can be reached from here: the one of this container, or all of the embedded platform's.

    Raises `CannotStart`, which says what to do.
    """
    if f"{configured.PREFIX}DATABASE_URL" in os.environ:
        return [_contained(services)]
    home = Home(data)
    said = home.said()
    if said is None:
        raise CannotStart(
            "not-running",
            f"{data} 上没有正在运行的平台。请先启动：gonglian serve --data {data}",
            f"No platform is running on {data}. Start it first: gonglian serve --data {data}",
        )
    url, kafka = said
    settings = Settings(public_url=url, kafka=kafka, region=home.region or Settings().region)
    issuer = Issuer(home.root, settings.issuer, settings.audience)
    token = reading_tokens(issuer, settings, SystemClock())
    return [Reach(make(), settings, dsn_by(home.run.resolve(), name), token) for name, make in services.items()]


def reach(services: Makers, name: str, data: Path) -> Reach:
    """The service of that name; raises `CannotStart` where it can't be reached from here."""
    for found in reach_all(services, data):
        if found.service.name == name:
            return found
    raise CannotStart(
        "other-container",
        f"此处只能管理本容器的服务。请在 {name} 的容器里运行：docker compose exec {name} gonglian …",
        f"Only this container's service is in reach. Run it in {name}'s: docker compose exec {name} gonglian …",
    )


def _contained(services: Makers) -> Reach:
    settings = configured.read()
    make = services.get(settings.service or "")
    if make is None or settings.database_url is None or settings.signing_key is None:
        raise Misconfigured("GONGLIAN_SERVICE, GONGLIAN_DATABASE_URL and GONGLIAN_SIGNING_KEY belong together")
    issuer = Issuer(None, settings.issuer, settings.audience, settings.signing_key)
    token = reading_tokens(issuer, settings, SystemClock())
    return Reach(make(), settings, settings.database_url, token)
