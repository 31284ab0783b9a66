"""Tokens by which the platform's own processes read one another's feeds."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from eventing.clock import Clock
from eventing.identity import Role
from eventing.moment import Moment
from eventing.shell.issuer import Issuer
from eventing.shell.settings import Settings

_LASTS = timedelta(hours=1)


def reading_tokens(issuer: Issuer, settings: Settings, clock: Clock) -> Callable[[], str]:
    """Gives a token of the region's own union that reads feeds and operates, made anew before it runs out."""
    moment = Moment(clock.now())
    union = moment.unions.of_region(settings.region, moment.today)
    made: list[tuple[float, str]] = []

    def token() -> str:
        now = asyncio.get_running_loop().time()
        if not made or now > made[-1][0]:
            good_until = now + _LASTS.total_seconds() / 2
            made[:] = [(good_until, issuer.token("platform", [Role.SUBSCRIBER, Role.OPERATOR], union, _LASTS))]
        return made[-1][1]

    return token
