"""Who asks, by a signed token: signature, issuer, audience and time are checked, subject, roles and union read."""

import re
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, UnsupportedAlgorithmError
from joserfc.jwk import KeySet, KeySetSerialization
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from eventing.identity import Actor, Role
from eventing.refusal import Unauthenticated

ALGORITHMS = ("RS256", "ES256", "Ed25519", "EdDSA")
"""Public-key ones only: with HS256 whoever knows the public key could sign."""

_KEY_TYPES = ("RSA", "EC", "OKP")
_LEEWAY = 5  # seconds between two machines' clocks
_LONGEST = 8192
_HELD = 1024
_SUBJECT = re.compile(r"[A-Za-z0-9:._@-]{1,128}")
_UNION = re.compile(r"u-[a-z0-9-]{1,40}")
_ROLES = frozenset(Role)


class _Signatures(JWSRegistry):
    def get_alg(self, name: str) -> Any:
        """By our list alone; the library's own warns at each EdDSA token of the name's deprecation (RFC 9864)."""
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError(name)
        return self.algorithms[name]


class Verifier:
    """Checks tokens against one issuer's public keys (JWKS). Machine time, in seconds, never the played one.

    A token found good is held until it expires, the latest 1,024 of them: its signature is checked once.
    """

    def __init__(
        self, jwks: KeySetSerialization, issuer: str, audience: str, clock: Callable[[], float] = time.time
    ) -> None:
        self._keys = KeySet.import_key_set({"keys": [key for key in jwks["keys"] if key["kty"] in _KEY_TYPES]})
        self._signatures = _Signatures(strict_check_header=False)
        self._clock = clock
        self._claims = JWTClaimsRegistry(
            now=lambda: int(clock()),
            leeway=_LEEWAY,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
        )
        self._held: OrderedDict[str, tuple[Actor, float]] = OrderedDict()

    def actor(self, authorization: str | None) -> Actor:
        """Who sends this `Authorization` header; raises `Unauthenticated`."""
        scheme, _, token = (authorization or "").strip().partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise Unauthenticated("token_missing")
        token = token.strip()
        try:
            actor, until = self._held.pop(token)
        except KeyError:
            actor, until = self._verify(token)
        if self._clock() >= until:
            raise Unauthenticated("token_expired")
        self._held[token] = actor, until  # at the end of the line: the one used longest ago goes first
        if len(self._held) > _HELD:
            self._held.popitem(last=False)
        return actor

    def _verify(self, token: str) -> tuple[Actor, float]:
        try:
            if len(token) > _LONGEST:
                raise ValueError
            claims = jwt.decode(token, self._keys, registry=self._signatures).claims
            self._claims.validate(claims)
            return _actor(claims), claims["exp"] + _LEEWAY
        except ExpiredTokenError:
            raise Unauthenticated("token_expired") from None
        except Exception:  # foreign bytes bring out more than JoseError, and none of it may let anybody in
            raise Unauthenticated("token_invalid") from None


def _actor(claims: dict[str, Any]) -> Actor:
    subject, union, roles = claims["sub"], claims["union"], claims.get("roles", [])
    if not (_SUBJECT.fullmatch(subject) and _UNION.fullmatch(union) and isinstance(roles, list)):
        raise ValueError
    return Actor(subject, frozenset(Role(role) for role in roles if role in _ROLES), union)
