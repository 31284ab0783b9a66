"""How many workers have the enterprises of the synthetic ledger, and in which size class are they?"""

from enum import StrEnum
from random import Random

from contracts.enterprise import SizeClass


class Band(StrEnum):
    """By workers: 100 and more, 50 to 99, fewer."""

    HUNDRED = "hundred"
    FIFTY = "fifty"
    FEWER = "fewer"


_EDGES = {Band.HUNDRED: (100,), Band.FIFTY: (50, 99), Band.FEWER: (49,)}
"""The first ones of each band in a city stand right at its edge: 以上 includes the number."""


def headcount(band: Band, place: int, rng: Random) -> int:
    """Of the enterprise at that place in its band: few are large, most of the small ones are very small."""
    edges = _EDGES[band]
    if place < len(edges):
        return edges[place]
    match band:
        case Band.HUNDRED:
            return min(1800, 100 + int(rng.expovariate(1 / 140)))
        case Band.FIFTY:
            return 50 + int(50 * rng.random() ** 1.4)
        case Band.FEWER:
            return min(49, 2 + int(rng.expovariate(1 / 14)))


def crossing(band: Band, place: int, rng: Random) -> tuple[int, int] | None:
    """First and second count of one that has crossed 50 or 100, up or down: a few at certain places of a band."""
    match band, place:
        case Band.HUNDRED, 1:
            return rng.randrange(100, 115), rng.randrange(82, 100)
        case Band.FIFTY, 2:
            return rng.randrange(88, 100), rng.randrange(100, 118)
        case Band.FIFTY, 4:
            return rng.randrange(50, 58), rng.randrange(38, 50)
        case Band.FEWER, 1:
            return rng.randrange(40, 50), rng.randrange(50, 62)
        case _:
            return None


def size_class(headcount: int, rng: Random) -> SizeClass | None:
    """The bureau's goes by the trade and by turnover as well, hence more than one for a headcount. None: not known."""
    known, draw = rng.random() < 0.7, rng.random()
    if not known:
        return None
    if headcount >= 1000:
        return SizeClass.LARGE
    if headcount >= 300:
        return SizeClass.MEDIUM
    if headcount >= 100:
        return SizeClass.SMALL if draw < 0.55 else SizeClass.MEDIUM
    if headcount >= 50:
        return SizeClass.SMALL if draw < 0.75 else SizeClass.MEDIUM
    if headcount >= 10:
        return SizeClass.SMALL if draw < 0.8 else SizeClass.MICRO
    return SizeClass.MICRO
