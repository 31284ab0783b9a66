"""Playing business time over services that answer by themselves: what is awaited, what is set, in which order."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from eventing.clock import PlayedClock
from eventing.playing import Playing
from eventing.refusal import Busy
from eventing.standing import ReaderAt, Standing

BEGINS = datetime(2025, 5, 6, tzinfo=UTC)


def day(number: int) -> datetime:
    return BEGINS + timedelta(days=number)


class Toy:
    """A service with due dates. What it fires is in the story, and makes an event that its reader is slow to read."""

    def __init__(self, name: str, story: list[str], due: Sequence[datetime] = (), looks: int = 2) -> None:
        self.name, self.story, self.due, self.looks = name, story, list(due), looks
        self.head = self.read = self.waiting = 0
        self.now = BEGINS
        self.readers: tuple[ReaderAt, ...] = ()

    async def standing(self) -> Standing:
        if self.waiting:
            self.waiting -= 1
        else:
            self.read = self.head
        mine = ReaderAt(reader="policy:p", source=f"/{self.name}", sequence=self.read, hash="", live=True)
        return Standing(
            source=f"/{self.name}",
            sequence=self.head,
            hash="",
            unsealed=0,
            next_due_at=min(self.due, default=None),
            readers=(mine, *self.readers),
        )

    async def set_clock(self, to: datetime) -> None:
        self.now = max(self.now, to)
        self.story.append(f"{self.name} at {self.now.day}")

    async def fire_due(self) -> None:
        assert self.read == self.head, "fired while something was under way"
        fired = [due for due in self.due if due <= self.now]
        self.due = [due for due in self.due if due > self.now]
        if fired:
            self.head += len(fired)
            self.waiting = self.looks
            self.story.append(f"{self.name} fires {len(fired)}")


@pytest.fixture
def clock(tmp_path: Path) -> PlayedClock:
    return PlayedClock(tmp_path / "clock", BEGINS)


async def test_every_clock_is_set_before_anything_fires(clock: PlayedClock) -> None:
    """Mechanism: two rounds. A reaction in the second service must not go by the old time."""
    story: list[str] = []
    services = [Toy("a", story, [day(2)]), Toy("b", story, [day(1), day(2)])]
    assert await Playing(clock, services).advance(day(4)) == day(4) == clock.now()
    assert story == [
        *["a at 6", "b at 6"],
        *["a at 7", "b at 7", "b fires 1"],
        *["a at 8", "b at 8", "a fires 1", "b fires 1"],
        *["a at 10", "b at 10"],
    ]


async def test_an_instant_that_has_passed_changes_nothing_but_fires_what_was_left(clock: PlayedClock) -> None:
    clock.set(day(3))
    service = Toy("a", [], [day(2)])
    assert await Playing(clock, [service]).advance(day(2)) == day(3)
    assert service.now == day(3)
    assert service.due == []


async def test_one_that_does_not_come_to_rest_is_named(clock: PlayedClock) -> None:
    """Mechanism: quiet is awaited; without it time would move on over work that is under way."""
    service = Toy("a", [], [day(1)], looks=1_000_000)
    with pytest.raises(Busy) as refused:
        await Playing(clock, [service], patience=0.05).advance(day(2))
    assert "policy:p at /a@0" in str(refused.value.facts["who"])
    assert clock.now() == day(1)


async def test_a_reader_that_is_not_live_is_not_waited_for(clock: PlayedClock) -> None:
    """Mechanism: `live` in the standing. A build that is being made, or one that is gone, is nobody's answer."""
    service = Toy("a", [], [day(1)])
    service.readers = (ReaderAt(reader="board/9", source="/a", sequence=0, hash="", live=False),)
    assert await Playing(clock, [service], patience=2).advance(day(2)) == day(2)
