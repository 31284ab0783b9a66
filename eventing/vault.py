"""The vault: what may not leave a service (who somebody is, how to reach them), encrypted and erasable.

A command's field marked `Kept` goes there and nowhere else: the decision doesn't see it, and the fingerprint of the
command is keyed. See docs/adr/0019.
"""

import base64
import hmac
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from contracts.event import Event
from eventing.decision import Command, Keeping

_NONCE, _KEY = 12, 32


@dataclass(frozen=True, slots=True)
class Kept:
    """Marks a command's text field: `Annotated[str, Kept("phone")]` is kept in the vault under that name."""

    name: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """A row of a service's table of erasures: with each of these events of its own, the entry that it names goes."""

    kinds: tuple[type[Event], ...]
    entry: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Item:
    """What lies in the vault: encrypted content, and the mark by which it is told from others where that is asked."""

    entry: str
    name: str
    content: bytes
    mark: bytes | None = None


class Twice(Exception):
    """Another entry has an item of this mark; the argument is the item's name."""


class WrongKey(Exception):
    """The content was encrypted by another key, for another entry, or altered since."""


@cache
def kept_fields(kind: type[Command]) -> Mapping[str, str]:
    """The command's fields that go into the vault, with the names that they have there."""
    return MappingProxyType(
        {
            field: mark.name
            for field, about in kind.model_fields.items()
            for mark in about.metadata
            if isinstance(mark, Kept)
        }
    )


def shown(command: Command) -> Command:
    """The command as its decision sees it: what is kept is empty."""
    fields = kept_fields(type(command))
    return command.model_copy(update=dict.fromkeys(fields, "")) if fields else command


def named(erasures: Sequence[Erasure], events: Sequence[Event]) -> list[str]:
    """The entries that go with these events."""
    return [each.entry(event) for event in events for each in erasures if isinstance(event, each.kinds)]


def fresh_key() -> str:
    """A new key: 32 random bytes in base64 (URL-safe)."""
    return base64.urlsafe_b64encode(os.urandom(_KEY)).decode()


class Vault:
    """One service's keys, all derived from the platform's `key` (as `fresh_key` makes it)."""

    def __init__(self, key: str, service: str) -> None:
        secret = base64.urlsafe_b64decode(key)
        if len(secret) != _KEY:
            raise ValueError(f"a key of {len(secret)} bytes")

        def derived(use: str) -> bytes:
            return HKDF(SHA256(), _KEY, None, f"gonglian vault {service} {use}".encode()).derive(secret)

        self._cipher, self._marking = AESGCM(derived("content")), derived("mark")
        self._proving, self._fingerprinting = derived("proof"), derived("fingerprint")

    def items(self, command: Command, keeping: Keeping) -> list[Item]:
        """What of the command is kept; a field that is null isn't."""
        entry = keeping.entry(command)
        within = keeping.once_in(command) if keeping.once_in is not None else None
        return [
            Item(
                entry,
                name,
                self._encrypted(entry, name, content),
                None if within is None else self._hmac(self._marking, within, name, content),
            )
            for field, name in kept_fields(type(command)).items()
            if (content := getattr(command, field)) is not None
        ]

    def content(self, item: Item) -> str:
        """What was kept; raises `WrongKey`."""
        nonce, text = item.content[:_NONCE], item.content[_NONCE:]
        try:
            return self._cipher.decrypt(nonce, text, _bound(item.entry, item.name)).decode()
        except InvalidTag:
            raise WrongKey(item.entry) from None

    def fingerprint(self, text: str) -> str:
        """By which a repeated command is known again, in place of an open hash."""
        return self._hmac(self._fingerprinting, text).hex()

    def proof(self, *what: str) -> str:
        """What only this service can say of these words, 32 hexadecimal digits: the secret half of a link."""
        return self._hmac(self._proving, *what)[:16].hex()

    def proves(self, proof: str, *what: str) -> bool:
        return hmac.compare_digest(proof.encode(), self.proof(*what).encode())

    def _encrypted(self, entry: str, name: str, content: str) -> bytes:
        nonce = os.urandom(_NONCE)
        # Bound to its place: moved to another entry it can't be read.
        return nonce + self._cipher.encrypt(nonce, content.encode(), _bound(entry, name))

    def _hmac(self, key: bytes, *words: str) -> bytes:
        return hmac.digest(key, "\0".join(words).encode(), "sha256")


def _bound(entry: str, name: str) -> bytes:
    return f"{entry}\0{name}".encode()
