"""How a route is called, and who may, for the walk of all routes."""

from dataclasses import dataclass, field
from typing import Any

from contracts.creditcode import make_credit_code
from eventing.ledger.ledger import Ledger
from eventing.service import Service

# The matter belongs to the city's union: one stands above it, one below, one elsewhere.
OWN, ABOVE, BELOW, OTHER = "u-610100", "u-610000", "u-610102", "u-610300"
WALKED = make_credit_code("91", "610102", 777_001)
"""The enterprise of the walk; the key of each of its commands begins with this."""
MAY = {OWN: True, ABOVE: True, BELOW: False, OTHER: False}


@dataclass(frozen=True)
class Call:
    """How a route is called about a matter of the city's; `bound` is false where the answer is everybody's, or is cut
    to what the actor may see instead of being refused."""

    method: str
    path: str
    body: dict[str, Any] | None = None
    named: dict[str, str] = field(default_factory=dict)
    """What stands in the path's braces; the walk itself names `{enterprise}`."""
    params: dict[str, Any] = field(default_factory=dict)
    bound: bool = True
    above_only: bool = False
    of_county: bool = False
    anonymous: bool = False
    """Anybody is served, without a token."""
    file: bytes | None = None
    """What is sent instead of a JSON body."""

    def may(self, union: str) -> bool:
        """Whether an actor of that union may call it."""
        if self.above_only:
            return union == ABOVE
        return MAY[union] or (self.of_county and union == BELOW)


def shell_calls(service: Service) -> list[Call]:
    """A call for each route that the shell gives this service: the operator's, the feed, the ledgers."""
    api = f"/api/{service.name}"
    return [
        Call("GET", f"{api}/operator/standing", above_only=True),
        Call("POST", f"{api}/operator/clock", {"to": "2025-05-06T09:00:00+08:00"}, above_only=True),
        Call("POST", f"{api}/operator/deadlines/fire", above_only=True),
        *_parking(f"{api}/operator/parked"),
        *([Call("GET", f"{api}/events", above_only=True)] if service.decisions else []),
        *([] if not service.ledgers else _ledgers(f"{api}/ledgers/{{ledger}}", service.ledgers[0])),
    ]


def _parking(route: str) -> list[Call]:
    """An operator's calls about what is parked: nothing is, so what names a stream doesn't find it."""
    nothing = {"reader": "scoreboard/1", "stream": "enterprise-none"}
    return [
        Call("GET", route, above_only=True),
        Call("GET", f"{route}/stream", params=nothing, above_only=True),
        Call("POST", f"{route}/retry", {}, above_only=True),
        Call("POST", f"{route}/discard", {**nothing, "reason": "none"}, above_only=True),
    ]


def _ledgers(route: str, ledger: Ledger) -> list[Call]:
    """What is sent has a header and no row."""
    named, file = {"ledger": ledger.name}, f"{','.join(column.zh for column in ledger.columns)}\n".encode()
    return [
        Call("GET", f"{route}/template", named=named, bound=False),
        Call("POST", f"{route}/check", named=named, bound=False, file=file),
        Call("POST", f"{route}/import", named=named, bound=False, file=file),
        Call("GET", f"{route}/export", named=named, bound=False),
    ]
