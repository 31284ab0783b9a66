"""A log of any length that lies nowhere: each page is sealed when it is asked for, so that reading costs the same."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from uuid import UUID

from bench.facts import COUNTY, NAME, UNION
from contracts.cloudevent import GENESIS, Envelope, Sealed, seal, tail, text_hash
from contracts.creditcode import make_credit_code
from contracts.enterprise import EnterpriseRegistered, EnterpriseSurveyed, Ownership, SizeClass
from contracts.event import Event
from eventing.topics import source_of

SOURCE = source_of("610000", "enterprise")
_AT = datetime(2025, 5, 6, 9, tzinfo=UTC)


class MadeLog:
    """`length` events of so many enterprises: each is registered, and then surveyed again and again."""

    limit = 1000

    def __init__(self, length: int, enterprises: int) -> None:
        codes = [make_credit_code("91", COUNTY, number) for number in range(enterprises)]
        self._length = length
        self._tails = self._made(codes, length)
        self._at, self._hash = 0, GENESIS

    def _made(self, codes: Sequence[str], length: int) -> Iterator[str]:
        template = codes[0]
        first = _tail(_registered(template))
        surveyed = [_tail(_surveyed(template, 40 + 10 * number)) for number in range(8)]
        for number in range(length):
            turn, at = divmod(number, len(codes))
            # A text made by hand costs less than the fold that is measured.
            yield (surveyed[turn % 8] if turn else first).replace(template, codes[at])

    async def texts(self, sequence: int, wait: float = 0.0) -> Sequence[bytes]:
        """The next page; only in order."""
        if sequence != self._at:
            raise RuntimeError(f"asked for what comes after {sequence}, at {self._at}")
        page = []
        for made in islice(self._tails, self.limit):
            text = seal(made, self._at + 1, self._hash)
            self._at, self._hash = self._at + 1, text_hash(text)
            page.append(text)
        return page

    async def after(self, sequence: int, wait: float = 0.0) -> Sequence[Sealed]:
        return [] if sequence >= self._length else [Sealed.read(text) for text in await self.texts(sequence)]

    async def head(self) -> int:
        return self._length


def _registered(code: str) -> Event:
    day = date(2025, 5, 6)
    return EnterpriseRegistered(
        enterprise=code, name=NAME, ownership=Ownership.PRIVATE, county=COUNTY, union=UNION, registered_on=day
    )


def _surveyed(code: str, headcount: int) -> Event:
    return EnterpriseSurveyed(
        enterprise=code,
        labour_contracts=headcount,
        dispatched=0,
        size_class=SizeClass.SMALL,
        surveyed_on=date(2025, 5, 6),
    )


def _tail(event: Event) -> str:
    return tail(event, Envelope(UUID(int=1), SOURCE, _AT, _AT, 1, "c" * 36, "c" * 36), "http://127.0.0.1:8610/schemas")
