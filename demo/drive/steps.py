"""One step of an enterprise's way: what is entered about it, on which day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from string import ascii_lowercase

from demo import days
from demo.action import MORNING, Role
from demo.drive.entry import Entry

LAST = len(days.entry_days()) - 1


@dataclass(frozen=True, slots=True)
class Step:
    """A command of that day or earlier, with its fields besides the enterprise. `union`: whose officer enters it; None:
    of the union that looks after the enterprise on that day."""

    day: date
    command: str
    facts: Mapping[str, object]
    role: Role = "officer"
    union: str | None = None
    hour: int = MORNING


def day(number: int) -> date:
    """The entry day of that number. Raises `IndexError` after the last one."""
    return days.entry_days()[number]


def on_or_before(day: date) -> int:
    """The number of the last entry day up to that day; -1: there is none."""
    return sum(each <= day for each in days.entry_days()) - 1


def pseudonym(*of: object) -> str:
    """Digit and letter in turn, as pseudonyms are; the same each time."""
    digest = sha256(" ".join(map(str, of)).encode()).digest()
    return "p-" + "".join(f"{byte % 10}{ascii_lowercase[byte // 10]}" for byte in digest[:4])


def surveyed(entry: Entry) -> int:
    """The number of the entry day on which its workers were counted first."""
    return days.index(entry.surveys[0].surveyed_on)


def number_of(entry: Entry) -> int:
    """Its serial number, from its code."""
    return int(entry.code[8:17], 36)
