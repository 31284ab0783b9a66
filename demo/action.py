"""What an officer does at the platform: a command, on the day on which it is entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Role = Literal["officer", "approver"]


@dataclass(frozen=True, slots=True)
class Action:
    """A command at the public API. `key` is its Idempotency-Key: the same each time, so a repeat changes nothing.

    `about`: what it is about (a credit code, a station's id). Actions of one day about the same follow each other.
    """

    about: str
    day: date
    union: str
    role: Role
    path: str
    body: Mapping[str, object]
    key: str
