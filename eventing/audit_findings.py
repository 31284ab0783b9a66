"""What an audit found: which event, what was done to it, told in both languages."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from contracts.cloudevent import GENESIS, seal, text_hash
from eventing.database import Connection

_SEARCHED = 10_000

_AROUND = """
select log.sequence, log.hash, log.epoch, tail from log left join event using (pos)
where sequence between $1 and $2 order by sequence
"""


class Kind(StrEnum):
    """What was done to the log."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    REWRITTEN = "rewritten"
    """The chain fits, and yet it isn't the one that others have read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The event at `sequence` isn't what it should be; 0 where it has no number."""

    kind: Kind
    sequence: int
    stream: str | None
    zh: str
    en: str


def tell(kind: Kind, sequence: int, stream: str | None, zh: str, en: str) -> Finding:
    """A finding with its place and kind said first."""
    where = f" {stream}" if stream else ""
    number_zh, number_en = (f"序号 {sequence}", f"sequence {sequence}") if sequence else ("无序号", "no sequence")
    return Finding(
        kind, sequence, stream, f"{number_zh}{where} [{_ZH[kind]}]：{zh}。", f"{number_en}{where} [{kind}]: {en}."
    )


_ZH = {
    Kind.ALTERED: "被改动",
    Kind.REMOVED: "被删除",
    Kind.INSERTED: "被插入",
    Kind.REORDERED: "被调换",
    Kind.TRUNCATED: "被截断",
    Kind.REWRITTEN: "被改写",
}


class Judge:
    """Finds out what was done at the sequence `at`, where the chain that holds the hash `held` breaks."""

    def __init__(self, connection: Connection, at: int, held: str) -> None:
        self._connection, self._at, self._held = connection, at, held

    async def finding(self) -> Finding:
        at = self._at
        rows = {row["sequence"]: row for row in await self._connection.fetch(_AROUND, at - 2, at + 1)}
        row, following = rows.get(at), rows.get(at + 1)
        if row is None:
            return tell(Kind.REMOVED, at, None, "日志里没有这个序号", "the log has no such number")
        if row["tail"] is None:
            return tell(Kind.REMOVED, at, None, "序号还在，事件已不在", "the number is there, its event is gone")
        stream = await self._stream(at)
        found = text_hash(seal(row["tail"], at, self._held, row["epoch"]))
        if found == row["hash"]:
            zh, en = f"纪元 {row['epoch']} 不是在此处开启的", f"epoch {row['epoch']} was not opened here"
            return tell(Kind.ALTERED, at, stream, zh, en)
        if (put_in := await self._put_in(rows, row)) is not None:
            return put_in
        if following is not None and self._fits(following, at, following["hash"]):
            zh, en = "后面的事件原在此处，它是后加的", "the event after it was sealed at this place: it was put in"
            return tell(Kind.INSERTED, at, stream, zh, en)
        if (elsewhere := await self._search(row)) is not None:
            zh = f"此处原是另一事件，现在{elsewhere[0]}"
            en = f"another event was sealed here, which is now {elsewhere[1]}"
            return tell(Kind.REORDERED, at, stream, zh, en)
        if following is not None and following["tail"] is not None:
            fits = text_hash(seal(following["tail"], at + 1, found, following["epoch"])) == following["hash"]
            if fits:
                zh, en = "正文未变，所记哈希被改动", "its text is what was sealed, the hash beside it isn't"
                return tell(Kind.ALTERED, at, stream, zh, en)
        zh = "正文与封存时的哈希不符（或其前有事件被删）"
        en = "its text doesn't hash to what was sealed (or an event before it is gone)"
        return tell(Kind.ALTERED, at, stream, zh, en)

    def _fits(self, row: Any, sequence: int, hash: str) -> bool:
        return row["tail"] is not None and text_hash(seal(row["tail"], sequence, self._held, row["epoch"])) == hash

    async def _put_in(self, rows: Any, row: Any) -> Finding | None:
        """The event before this one, where this one was sealed at that one's place."""
        before, held = self._at - 1, rows[self._at - 2]["hash"] if self._at > 2 else GENESIS
        if self._at == 1 or text_hash(seal(row["tail"], before, held, row["epoch"])) != row["hash"]:
            return None
        zh, en = "后面的事件原在此处，它是后加的", "the event after it was sealed at this place: it was put in"
        return tell(Kind.INSERTED, before, await self._stream(before), zh, en)

    async def _stream(self, sequence: int) -> str | None:
        stream: str | None = await self._connection.fetchval(
            "select stream from event join log using (pos) where sequence = $1", sequence
        )
        return stream

    async def _search(self, row: Any) -> tuple[str, str] | None:
        """Where the event is now that was sealed here, in both languages; None when it is nowhere."""
        pos = 0
        while rows := await self._connection.fetch(
            "select event.pos, tail, sequence, epoch from event left join log using (pos)"
            " where event.pos > $1 order by event.pos limit $2",
            pos,
            _SEARCHED,
        ):
            for other in rows:
                if text_hash(seal(other["tail"], self._at, self._held, row["epoch"])) == row["hash"]:
                    number = other["sequence"]
                    return (f"序号 {number}", f"at {number}") if number else ("没有序号", "without a number")
            pos = rows[-1]["pos"]
        return None
