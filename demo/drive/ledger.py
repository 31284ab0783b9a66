"""The synthetic ledger of Shaanxi's drive (合成数据): 1,000 enterprises that don't exist, the same ones each time."""

from collections.abc import Iterator
from functools import cache
from itertools import cycle
from random import Random

from contracts import regions, unions
from contracts.creditcode import make_credit_code
from contracts.enterprise import Ownership
from demo import days
from demo.drive.approvals import with_approvals, with_instructors
from demo.drive.backstop import with_backstop
from demo.drive.cities import CITIES, City, short
from demo.drive.entry import Entry, Life, Survey
from demo.drive.headcounts import Band, crossing, headcount, size_class
from demo.drive.lives import Fate, life
from demo.drive.marks import with_marks
from demo.drive.others import founded_before, twins, with_partners

_SEED = 610000
_REGISTERING = 8  # entry days over which the list is made

_OTHERS = (
    *(Fate.WILLING, Fate.NOT_ASKED, Fate.WAVERING, Fate.NOT_ASKED, Fate.APPLYING),
    *(Fate.WILLING, Fate.NOT_ASKED, Fate.WAVERING, Fate.NOT_ASKED),
)
"""What becomes, in turn, of those that don't found a union."""

_TRADES = ("机械", "电子", "食品", "纺织", "物流", "建材", "医药", "餐饮", "软件", "农业科技")
_NON_PUBLIC = {
    Ownership.PRIVATE: 86,
    Ownership.MIXED_PRIVATE_CONTROLLED: 7,
    Ownership.FOREIGN: 4,
    Ownership.HONG_KONG_MACAO_TAIWAN: 3,
}
_OUTSIDE = (
    ("92", Ownership.PRIVATE, "商行", Band.FEWER),  # sole proprietor 个体工商户
    ("91", Ownership.STATE, "集团有限公司", Band.HUNDRED),
    ("93", Ownership.PRIVATE, "专业合作社", Band.FEWER),
    ("91", Ownership.COLLECTIVE, "厂", Band.FIFTY),
)


@cache
def ledger() -> tuple[Entry, ...]:
    """All entries, in the order of their serial numbers, which their names end in."""
    rng = Random(_SEED)  # seeded: the same ledger each time
    entries = with_approvals(tuple(entry for city in CITIES for entry in _city(city, rng)), rng)
    entries = with_backstop(with_marks(entries, rng), rng)
    entries = with_instructors(with_partners(entries), rng)
    return (*entries, *twins(entries), *founded_before())


def _city(city: City, rng: Random) -> Iterator[Entry]:
    made = _Numbered(city, rng)
    for band, how_many, percent in (
        (Band.HUNDRED, city.with_100, city.of_100),
        (Band.FIFTY, city.with_50, city.of_50),
        (Band.FEWER, city.with_fewer, city.of_fewer),
    ):
        fates = [Fate.FOUNDED] * round(how_many * percent / 100)
        fates += [fate for fate, _ in zip(cycle(_OTHERS), range(how_many - len(fates)), strict=False)]
        rng.shuffle(fates)
        for place, fate in enumerate(fates):
            yield made.counted(band, place, fate)
    for (department, ownership, kind, band), _ in zip(cycle(_OUTSIDE), range(city.outside), strict=False):
        yield made.outside(department, ownership, kind, band)


class _Numbered:
    """Makes the city's entries one after the other, its counties in turn."""

    def __init__(self, city: City, rng: Random) -> None:
        self._rng = rng
        self._counties = cycle(regions.children(city.code, days.FIRST))
        self._city = regions.name(city.code).removesuffix("市")
        self._serial = sum(other.enterprises for other in CITIES if other.code < city.code)

    def counted(self, band: Band, place: int, fate: Fate) -> Entry:
        """A non-public enterprise; a handful of each band is counted again, and has crossed into another band."""
        rng = self._rng
        (ownership,) = rng.choices(tuple(_NON_PUBLIC), tuple(_NON_PUBLIC.values()))
        if band is Band.FEWER and fate is Fate.NOT_ASKED and place % 9 == 0:
            return self._entry("91", ownership, "有限公司", None, (), Life())
        crossed = crossing(band, place, rng)
        newcomer = crossed is None and fate is Fate.NOT_ASKED and rng.random() < 0.25
        surveyed = rng.randrange(20, 40) if newcomer else rng.randrange(1, _REGISTERING + 4)
        first = crossed[0] if crossed else headcount(band, place, rng)
        dispatched = first // 8 if band is not Band.FEWER and rng.random() < 0.2 else 0
        surveys = [Survey(first, size_class(first, rng), days.entry_days()[surveyed], dispatched)]
        if crossed:
            again = rng.randrange(surveyed + 4, len(days.entry_days()))
            surveys.append(Survey(crossed[1], surveys[0].size_class, days.entry_days()[again]))
        return self._entry("91", ownership, "有限公司", surveyed, tuple(surveys), life(fate, surveyed, rng))

    def outside(self, department: str, ownership: Ownership, kind: str, band: Band) -> Entry:
        """Public or no enterprise: listed and counted; only a collective one may found a union all the same."""
        surveyed = self._rng.randrange(1, _REGISTERING + 4)
        count = headcount(band, 9, self._rng)
        survey = Survey(count, size_class(count, self._rng), days.entry_days()[surveyed])
        fate = Fate.FOUNDED if ownership is Ownership.COLLECTIVE else Fate.NOT_ASKED
        return self._entry(department, ownership, kind, surveyed, (survey,), life(fate, surveyed, self._rng))

    def _entry(
        self,
        department: str,
        ownership: Ownership,
        kind: str,
        surveyed: int | None,
        surveys: tuple[Survey, ...],
        life: Life,
    ) -> Entry:
        self._serial += 1
        county = next(self._counties)
        before = _REGISTERING if surveyed is None else min(surveyed, _REGISTERING)
        registered_on = days.entry_days()[self._rng.randrange(before)]
        if surveyed is not None and surveyed >= 20:
            registered_on = days.entry_days()[surveyed - 1]  # came after the county's survey was closed
        return Entry(
            code=make_credit_code(department, county, self._serial),
            name=f"{self._city}{short(county)}示例{self._rng.choice(_TRADES)}{kind}{self._serial:04}",
            ownership=ownership,
            county=county,
            union=unions.load().of_region(county, registered_on),
            registered_on=registered_on,
            surveys=surveys,
            life=life,
        )
