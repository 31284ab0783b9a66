"""The feed's end of a reader: the same log by HTTP."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import httpx

from contracts.cloudevent import Sealed, Undecodable
from eventing.feed import cut


class FeedUnreachable(Exception):
    """The service that keeps the log doesn't answer, or not with a feed."""


class Feed(Protocol):
    """Where a log can be read by sequence."""

    async def after(self, sequence: int, wait: float = 0.0) -> Sequence[Sealed]:
        """The events right after `sequence`, contiguous; waits up to so many seconds for the first."""


class WholeFeed(Feed, Protocol):
    """A feed from which a log is read from its beginning, in pages of `limit`."""

    limit: int

    async def texts(self, sequence: int, wait: float = 0.0) -> Sequence[bytes]:
        """What comes right after `sequence`, as it was sealed: a full page unless there is no more."""

    async def head(self) -> int:
        """The log's last sequence."""


class HttpFeed:
    """`url` is the feed's address, `token` gives a bearer token that may read it and operate its service."""

    def __init__(self, client: httpx.AsyncClient, url: str, token: Callable[[], str], limit: int = 1000) -> None:
        self._client, self._url, self._token, self.limit = client, url, token, limit

    async def after(self, sequence: int, wait: float = 0.0) -> Sequence[Sealed]:
        try:
            return [Sealed.read(text) for text in await self.texts(sequence, wait)]
        except Undecodable as wrong:
            raise FeedUnreachable(f"{self._url}: {type(wrong).__name__}") from wrong

    async def texts(self, sequence: int, wait: float = 0.0) -> Sequence[bytes]:
        """The same as they came, a full page of them unless there are no more."""
        asked = {"after": sequence, "limit": self.limit, "wait": wait}
        return cut((await self._get(self._url, asked, wait + 10)).content)

    async def head(self) -> int:
        """The log's last sequence."""
        standing = await self._get(f"{self._url.removesuffix('/events')}/operator/standing", {}, 10)
        try:
            return int(standing.json()["sequence"])
        except (KeyError, TypeError, ValueError) as wrong:
            raise FeedUnreachable(f"{self._url}: no standing") from wrong

    async def _get(self, url: str, asked: Mapping[str, float], seconds: float) -> httpx.Response:
        try:
            answer = await self._client.get(
                url, params=dict(asked), headers={"Authorization": f"Bearer {self._token()}"}, timeout=seconds
            )
            return answer.raise_for_status()
        except httpx.HTTPError as gone:
            raise FeedUnreachable(f"{url}: {type(gone).__name__}") from gone
