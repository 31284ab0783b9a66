"""What somebody does at the platform: a command or a filled-in ledger, on the day on which it is entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Role = Literal["officer", "approver", "anyone"]
"""`anyone` shows no token: a worker at the counter."""

MORNING, AFTERNOON = 9, 17


@dataclass(frozen=True, slots=True)
class Told:
    """In place of a field's value: what was answered to the action with that key, such as a report's number."""

    key: str
    field: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A filled-in ledger (台账), sent as csv: its header first. A cell may be `Told`; None is left empty."""

    rows: Sequence[Sequence[object]]


@dataclass(frozen=True, slots=True)
class Action:
    """A command at the public API. `key` is its Idempotency-Key: the same each time, so a repeat changes nothing.

    `about`: what it is about (a credit code, a station's id). Actions of one day about the same follow each other,
    others are sent side by side. What looks at what others do that day (a hand-over, a report) waits for the
    `AFTERNOON`: everything of the morning is done and followed up by then.
    """

    about: str
    day: date
    union: str
    role: Role
    path: str
    body: Mapping[str, object] | Sheet
    """A command's fields, some of them `Told`; or a filled-in ledger."""
    key: str
    hour: int = MORNING
