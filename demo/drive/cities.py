"""How the drive goes in each of Shaanxi's ten cities: invented figures, near the province's targets on the whole."""

from dataclasses import dataclass

from contracts import regions

PROVINCE = "610000"


@dataclass(frozen=True, slots=True)
class City:
    """`enterprises` on its list; per cent of those with 100 and more, 50 to 99, fewer workers that found a union."""

    code: str
    english: str
    enterprises: int
    of_100: int
    of_50: int
    of_fewer: int

    @property
    def with_100(self) -> int:
        """Enterprises with 100 or more workers."""
        return round(self.enterprises * 0.088)

    @property
    def with_50(self) -> int:
        """Enterprises with 50 to 99 workers."""
        return round(self.enterprises * 0.172)

    @property
    def outside(self) -> int:
        """State-owned and collective ones, sole proprietors, cooperatives: listed, not counted."""
        return round(self.enterprises * 0.055)

    @property
    def with_fewer(self) -> int:
        return self.enterprises - self.with_100 - self.with_50 - self.outside


CITIES = (
    City("610100", "Xi'an", 280, 90, 68, 52),
    City("610200", "Tongchuan", 46, 88, 60, 62),
    City("610300", "Baoji", 116, 92, 67, 58),
    City("610400", "Xianyang", 126, 86, 63, 49),
    City("610500", "Weinan", 106, 84, 58, 44),
    City("610600", "Yan'an", 80, 88, 65, 55),
    City("610700", "Hanzhong", 86, 84, 60, 47),
    City("610800", "Yulin", 100, 93, 70, 57),
    City("610900", "Ankang", 56, 80, 56, 40),
    City("611000", "Shangluo", 32, 80, 50, 38),
)
"""1,028 enterprises, and a few more besides: those there before, and those with the name of another one."""


def short(county: str) -> str:
    """新城 for 新城区; 眉县 stays, for it has no shorter name."""
    name = regions.name(county)
    return name if len(name) == 2 else name[:-1]
