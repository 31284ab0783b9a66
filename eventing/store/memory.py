"""The event store in memory, for unit tests: the same promises, checked by the same suite."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from contracts.cloudevent import Recorded
from contracts.event import Event
from eventing.fold import Fold, Row, fold_in_memory
from eventing.store import Answer, Conflict, KeptAnswer, NewEvent, ReusedId
from eventing.vault import Erasure, Item, Twice, named


def matching(fold: Fold, history: Iterable[Event], equal: Mapping[str, object]) -> Sequence[Row]:
    """The fold's rows after these events whose columns have these values, in the order of their keys."""
    rows, _ = fold_in_memory(fold, history)
    return [row for _, row in sorted(rows.items()) if all(getattr(row, name) == at for name, at in equal.items())]


class MemoryStore:
    """Committed streams, answers and vault; a unit works on top and is checked again when it commits."""

    def __init__(self, erasures: Sequence[Erasure] = ()) -> None:
        self.erasures = erasures
        self.vault: dict[tuple[str, str], Item] = {}
        self.order: list[NewEvent] = []
        self.streams: dict[str, list[Recorded]] = {}
        self.ids: set[UUID] = set()
        self.answers: dict[tuple[str, str], KeptAnswer] = {}

    @asynccontextmanager
    async def unit(self) -> AsyncIterator["MemoryUnit"]:
        unit = MemoryUnit(self)
        yield unit
        unit.commit()


class MemoryUnit:
    """Sees what is committed and its own writes."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self._new: list[NewEvent] = []
        self._kept: dict[tuple[str, str], KeptAnswer] = {}
        self._vaulted: list[Item | str] = []  # kept, or the entry that goes, in order

    async def answered(self, actor: str, key: str) -> KeptAnswer | None:
        return self._kept.get((actor, key)) or self._store.answers.get((actor, key))

    async def load(self, streams: Sequence[str]) -> Mapping[str, Sequence[Recorded]]:
        return {
            stream: [
                *self._store.streams.get(stream, []),
                *(new.recorded for new in self._new if new.stream == stream),
            ]
            for stream in streams
        }

    async def rows(self, fold: Fold, **equal: object) -> Sequence[Row]:
        return matching(fold, [new.recorded.event for new in (*self._store.order, *self._new)], equal)

    async def append(self, events: Sequence[NewEvent]) -> int:
        self._new.extend(events)
        self._check()
        self._vaulted.extend(named(self._store.erasures, [new.recorded.event for new in events]))
        return len(self._store.order) + len(self._new)

    async def lay_in(self, items: Sequence[Item], pos: int | None) -> None:
        self._vaulted.extend(items)
        self._vault()

    async def kept(self, entry: str) -> Sequence[Item]:
        return [item for key, item in sorted(self._vault().items()) if key[0] == entry]

    def _vault(self) -> dict[tuple[str, str], Item]:
        vault = dict(self._store.vault)
        for change in self._vaulted:
            if isinstance(change, str):
                vault = {key: item for key, item in vault.items() if item.entry != change}
                continue
            vault.pop((change.entry, change.name), None)
            if change.mark is not None and any(item.mark == change.mark for item in vault.values()):
                raise Twice(change.name)
            vault[change.entry, change.name] = change
        return vault

    async def keep(self, actor: str, key: str, fingerprint: str, answer: Answer) -> None:
        if await self.answered(actor, key) is not None:
            raise Conflict(key)
        self._kept[actor, key] = KeptAnswer(fingerprint, answer)

    def _check(self) -> None:
        lengths = {new.stream: len(self._store.streams.get(new.stream, [])) for new in self._new}
        seen = set(self._store.ids)
        for new in self._new:
            lengths[new.stream] += 1
            if new.version != lengths[new.stream]:
                raise Conflict(new.stream)
            if new.id in seen:
                raise ReusedId(str(new.id))
            seen.add(new.id)

    def commit(self) -> None:
        if taken := self._kept.keys() & self._store.answers.keys():
            raise Conflict(str(taken))
        self._check()
        self._store.vault = self._vault()
        for new in self._new:
            self._store.order.append(new)
            self._store.streams.setdefault(new.stream, []).append(new.recorded)
            self._store.ids.add(new.id)
        self._store.answers.update(self._kept)
