"""Sealed events once more into their topic, for those outside who have lost them; our readers drop what they have."""

from collections.abc import Callable

from eventing.database import Pool
from eventing.feed import read_log
from eventing.relay.publisher import Publisher
from eventing.topics import topic_of

_BATCH = 1000


async def resend(
    pool: Pool,
    publisher: Publisher,
    after: int,
    to: int | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> tuple[int, int]:
    """Publish the events above `after` up to `to` again; how many, and the last one's sequence.

    No farther than the relay has published: what is above it, the relay brings. Raises one of `UNREACHABLE`.
    """
    head = await pool.fetchrow("select source, published from head")
    if head is None:
        return 0, after
    last = head["published"] if to is None else min(to, head["published"])
    at = after
    while at < last:
        entries = await read_log(pool, at, min(_BATCH, last - at))
        if not entries:
            break
        await publisher.send(topic_of(head["source"]), [(entry.stream.encode(), entry.text) for entry in entries])
        at = entries[-1].sequence
        progress(at - after, last - after)
    return max(0, at - after), at
