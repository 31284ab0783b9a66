"""The feed's end of a reader: the same log by HTTP."""

from collections.abc import Callable, Sequence
from typing import Protocol

import httpx

from contracts.cloudevent import Sealed, Undecodable
from eventing.feed import split


class FeedUnreachable(Exception):
    """The service that keeps the log doesn't answer, or not with a feed."""


class Feed(Protocol):
    """Where a log can be read by sequence."""

    async def after(self, sequence: int, wait: float = 0.0) -> Sequence[Sealed]:
        """The events right after `sequence`, contiguous; waits up to so many seconds for the first."""


class HttpFeed:
    """`url` is the feed's address, `token` gives a bearer token that may read it."""

    def __init__(self, client: httpx.AsyncClient, url: str, token: Callable[[], str], limit: int = 1000) -> None:
        self._client, self._url, self._token, self._limit = client, url, token, limit

    async def after(self, sequence: int, wait: float = 0.0) -> Sequence[Sealed]:
        try:
            answer = await self._client.get(
                self._url,
                params={"after": sequence, "limit": self._limit, "wait": wait},
                headers={"Authorization": f"Bearer {self._token()}"},
                timeout=wait + 10,
            )
            answer.raise_for_status()
            return split(answer.content)
        except (httpx.HTTPError, Undecodable) as gone:
            raise FeedUnreachable(f"{self._url}: {type(gone).__name__}") from gone
