"""The embedded platform's own issuer of tokens, for those who have no OIDC provider at hand."""

import json
import os
import time
from collections.abc import Callable, Collection
from datetime import timedelta
from pathlib import Path
from tempfile import mkstemp
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, KeySetSerialization

from eventing.identity import Role

ALGORITHM = "ES256"
"""RS256 is verified in half the time, once a token; but its key takes 40-400 ms to make, and 60 to load at a start."""

_FILE = "issuer.key.json"


class Issuer:
    """Signs with a private key that lies in `folder`, made at first use and readable by its owner only.

    Or with `key`, a private JWK as JSON, where the key comes from elsewhere.
    """

    def __init__(self, folder: Path | None, issuer: str, audience: str, key: str | None = None) -> None:
        self._key = _read(key if folder is None else kept_key(folder / _FILE, fresh_key))
        self._issuer, self._audience = issuer, audience

    def token(self, subject: str, roles: Collection[Role], union: str, lifetime: timedelta) -> str:
        """A signed token, good from now on for `lifetime`."""
        now = int(time.time())
        claims = {
            "iss": self._issuer,
            "aud": self._audience,
            "sub": subject,
            "roles": sorted(roles),
            "union": union,
            "iat": now,
            "exp": now + int(lifetime.total_seconds()),
            "jti": str(uuid4()),
        }
        return jwt.encode({"alg": ALGORITHM, "kid": self._key.kid}, claims, self._key, algorithms=[ALGORITHM])

    def jwks(self) -> KeySetSerialization:
        """The public key, as a verifier takes it."""
        return KeySet([self._key]).as_dict(private=False)


def fresh_key() -> str:
    """A new private key, as a JWK in JSON."""
    return json.dumps(ECKey.generate_key("P-256", {"use": "sig", "alg": ALGORITHM}).as_dict(private=True))


def kept_key(file: Path, fresh: Callable[[], str]) -> str:
    """The key in that file, which is made at first use and readable by its owner only."""
    if not file.exists():
        _create(file, fresh())
    return file.read_text("utf-8")


def _read(text: str | None) -> ECKey:
    key = ECKey.import_key(json.loads(text or "{}"))
    key.ensure_kid()
    return key


def _create(file: Path, text: str) -> None:
    """Whole or not at all, and never over another's: of two processes that start at once, one takes the other's."""
    descriptor, draft = mkstemp(dir=file.parent, prefix=f".{file.name}.")  # 0600
    try:
        with os.fdopen(descriptor, "w") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)
