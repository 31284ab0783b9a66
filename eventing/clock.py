"""Business time: what rules and deadlines go by. Leases, tokens and lag go by the machine's own clock."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Tells business time, with an offset."""

    def now(self) -> datetime: ...


class SystemClock:
    """Business time is the machine's."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class PlayedClock:
    """Business time that stands until it is set, and never goes back; kept in a file, so that a restart goes on."""

    def __init__(self, file: Path, begins: datetime) -> None:
        self._file = file
        try:
            self._now = datetime.fromisoformat(file.read_text(encoding="ascii"))
        except FileNotFoundError:
            self._keep(begins)

    def now(self) -> datetime:
        return self._now

    def set(self, to: datetime) -> None:
        """Move to a later instant; an earlier one changes nothing."""
        if to > self._now:
            self._keep(to)

    def _keep(self, to: datetime) -> None:
        beside = self._file.with_suffix(".new")
        with beside.open("w", encoding="ascii") as out:
            out.write(to.isoformat())
            out.flush()
            os.fsync(out.fileno())
        beside.replace(self._file)
        self._now = to
