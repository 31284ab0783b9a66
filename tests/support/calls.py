"""How a route is called, and who may, for the walk of all routes."""

from dataclasses import dataclass, field
from typing import Any

from contracts.creditcode import make_credit_code

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
