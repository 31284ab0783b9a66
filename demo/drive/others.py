"""Enterprises beside the ordinary ones: named like another one, part of another one, founded before the drive."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import cycle

from contracts import regions, unions
from contracts.creditcode import make_credit_code
from contracts.enterprise import Ownership, Will
from demo import days
from demo.drive.cities import CITIES, short
from demo.drive.entry import Approval, Entry, Life, Statement, Survey, Visit
from demo.drive.marks import Mark
from demo.drive.steps import day

_TRADES = ("机械", "电子", "食品", "纺织", "物流", "建材")


def with_partners(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Those that are merged, with the enterprise of their county that they become part of."""
    return tuple(
        replace(entry, other=_neighbours(entries, entry.county)[-1].code) if entry.mark is Mark.MERGED else entry
        for entry in entries
    )


def twins(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Registered in autumn under the name of another one of the same county; what they are is decided then."""
    serial = sum(city.enterprises for city in CITIES)
    verdicts = (Mark.SAME_NAME, Mark.DIFFERENT_NAME, Mark.BRANCH_NAME)
    for place, (city, verdict) in enumerate(zip(CITIES[:9], cycle(verdicts), strict=False)):
        county = regions.children(city.code, days.FIRST)[-1]
        like = _neighbours(entries, county)[0]
        serial, number = serial + 1, 30 + place
        size = None if verdict is Mark.SAME_NAME else Survey(18 + place, None, day(number + 3))
        yield Entry(
            code=make_credit_code("91", county, serial),
            name=like.name.replace("有限公司", "（陕西）有限公司"),
            ownership=like.ownership,
            county=county,
            union=like.union,
            registered_on=day(number),
            surveys=(size,) if size else (),
            life=Life(),
            mark=verdict,
            other=like.code,
        )


def _neighbours(entries: Sequence[Entry], county: str) -> list[Entry]:
    """Ordinary enterprises of the county."""
    return [each for each in entries if each.county == county and each.mark is None and each.name.count("有限公司")]


def founded_before() -> Iterator[Entry]:
    """Unions founded three years before the drive: their term ends in the course of it."""
    serial = sum(city.enterprises for city in CITIES) + 100
    marks = (Mark.TERM_RENEWED, Mark.TERM_RENEWED, Mark.TERM_RENEWED, Mark.TERM_OVERRUN, Mark.TERM_OVERRUN)
    for place, (city, mark) in enumerate(zip(CITIES[::2], marks, strict=True), 1):
        county = regions.children(city.code, days.FIRST)[0]
        workers, month = 60 + 35 * place, 4 + place
        surveys = (Survey(workers, None, date(2022, 3, 15)), Survey(workers + 4, None, day(8)))
        yield Entry(
            code=make_credit_code("91", county, serial + place),
            name=f"{regions.name(city.code)[:-1]}{short(county)}示例{_TRADES[place]}有限公司{serial + place:04}",
            ownership=Ownership.PRIVATE,
            county=county,
            union=unions.load().of_region(county, date(2022, 3, 1)),
            registered_on=date(2022, 3, 1),
            surveys=surveys,
            life=Life(
                (Statement(Will.WILLING, date(2022, 4, 11)),),
                Visit(date(2022, 4, 14), date(2022, 4, 14)),
                date(2022, 4, 20),
                date(2022, month, 26),
            ),
            approval=Approval(
                approved_on=date(2022, month, 26),
                members=workers - 20,
                own_committee=True,
                document=f"{regions.name(county)[:-1]}工发〔2022〕{place}号",
                term_years=3,
            ),
            mark=mark,
        )
