"""A log from its beginning to its end, fast: Kafka while it is contiguous from 1, the feed for the rest."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from contracts.cloudevent import Sealed
from eventing.reader.chain import Chain, End
from eventing.reader.reader import Forked
from eventing.reader.source import FeedUnreachable, WholeFeed
from eventing.reader.tap import Tap
from eventing.relay.publisher import UNREACHABLE

_SILENCE = 1.0
"""Seconds without a record after which Kafka has no more, for all we know."""


class Way(StrEnum):
    """Where a log is read from first."""

    KAFKA = "kafka"
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class Origin:
    """A log with both ways to it."""

    source: str
    feed: WholeFeed
    tap: Tap

    async def head(self) -> int | None:
        """The log's last sequence; None where its service doesn't say."""
        try:
            return await self.feed.head()
        except FeedUnreachable:
            return None

    async def texts(self, chain: Chain, way: Way, head: int | None) -> AsyncGenerator[Sequence[bytes], None]:
        """All that follows in the chain, in batches; ends where the log ends. Raises `FeedUnreachable` where the feed
        is needed: it isn't when Kafka gave everything up to `head`; and `Forked`."""
        # One page isn't worth a consumer of its own.
        if way is Way.KAFKA and (head is None or head - chain.sequence > self.feed.limit):
            async for texts in self._from_kafka(chain, head):
                yield texts
            if head is not None and chain.sequence >= head:
                await self._check_end(chain)
                return
        async for texts in self._from_feed(chain):
            yield texts

    async def _check_end(self, chain: Chain) -> None:
        """A topic keeps a history that was given up (an epoch's, docs/adr/0013) beside the one that survived."""
        if chain.sequence == 0:
            return
        try:
            page = await self.feed.texts(chain.sequence - 1)
        except FeedUnreachable:
            return
        if page and Sealed.read(page[0]).hash != chain.hash:
            raise Forked(f"{self.source}@{chain.sequence}")

    async def _from_kafka(self, chain: Chain, head: int | None) -> AsyncGenerator[Sequence[bytes], None]:
        """Until there is anything but what comes next; what that means, the feed knows."""
        try:
            await self.tap.start(0)
            while head is None or chain.sequence < head:
                records = await self.tap.next(_SILENCE)
                if records is None:
                    return
                follow, end = chain.follow([record.value for record in records])
                if follow:
                    yield follow
                if end is not End.ALL:
                    return
        except UNREACHABLE:
            return
        finally:
            await self.tap.stop()

    async def _from_feed(self, chain: Chain) -> AsyncGenerator[Sequence[bytes], None]:
        page = await self.feed.texts(chain.sequence)
        while page:
            follow, end = chain.follow(page)
            if end is End.FORK:
                raise Forked(f"{self.source}@{chain.sequence + 1}")
            if end is End.GAP:
                raise FeedUnreachable(f"{self.source}: a gap after {chain.sequence}")
            more = len(page) >= self.feed.limit
            # The service makes the next page while we fold this one.
            following = asyncio.ensure_future(self._next(chain.sequence) if more else _no_more())
            try:
                yield follow
                page = await following
            finally:
                following.cancel()

    async def _next(self, sequence: int) -> Sequence[bytes]:
        return await self.feed.texts(sequence)


async def _no_more() -> Sequence[bytes]:
    return ()
