"""The words that an event may be made of: ids, codes and declared public names; never free text, never a person."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, Strict
from pydantic_core import PydanticCustomError

from contracts.creditcode import check_credit_code
from contracts.industries import check_industry
from contracts.personal_numbers import check_name
from contracts.regions import check_region


@dataclass(frozen=True, slots=True)
class Word:
    """Marks a `str` that may stand in an event: an id, a code or a public name. Any other is free text."""

    kind: str


ID, CODE, PUBLIC_NAME = Word("id"), Word("code"), Word("public name")


def _of_a_region(id_: str) -> str:
    """The region's code stands after the first letter. Raises `UnknownRegion`."""
    check_region(id_[2:8])
    return id_


RegionCode = Annotated[
    str,
    CODE,
    # The pattern only documents: the validator says in words what is wrong.
    Field(json_schema_extra={"pattern": r"^[1-9][0-9]{5}$"}, examples=["610102"]),
    AfterValidator(check_region),
]
"""GB/T 2260, six digits; a municipal district (市辖区) or an unknown code is refused."""

CreditCode = Annotated[
    str,
    CODE,
    Field(json_schema_extra={"pattern": r"^[0-9A-HJ-NP-RTUW-Y]{18}$"}, examples=["91610102MA0000007T"]),
    AfterValidator(check_credit_code),
]
"""Unified social credit code (统一社会信用代码), 18 characters with two check digits."""

UnionId = Annotated[str, ID, Field(pattern=r"^u-[a-z0-9-]{1,40}$", examples=["u-610102"])]
"""A union of the directory (`contracts/data/unions.csv`)."""

PersonId = Annotated[str, ID, Field(pattern=r"^p-(?:[0-9][a-z]){4,16}$", examples=["p-7f3k9a2c"])]
"""A service's own pseudonym for a person; who that is stays in the service. Digit and letter in turn, so that neither
a name nor a telephone or identity number can stand in it."""

DocumentNumber = Annotated[
    str, CODE, Field(pattern=r"^[\u4e00-\u9fff]{2,12}〔[12][0-9]{3}〕[0-9]{1,4}号$", examples=["新工发〔2025〕12号"])
]
"""Number of a union's official document (发文字号)."""

IndustryCode = Annotated[
    str,
    CODE,
    Field(json_schema_extra={"pattern": r"^[A-T][0-9]{0,4}$"}, examples=["C34"]),
    AfterValidator(check_industry),
]
"""GB/T 4754 (国民经济行业分类): the section's letter, then division, group or class, as far as known."""

TownId = Annotated[
    str,
    ID,
    Field(pattern=r"^t-[1-9][0-9]{5}-[0-9]{2,3}$", examples=["t-610102-01"]),
    AfterValidator(_of_a_region),
]
"""A town, subdistrict or park (镇街/园区) of the list that the county named in it keeps."""

Month = Annotated[str, CODE, Field(pattern=r"^(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])$", examples=["2025-05"])]
"""A calendar month."""

PublicName = Annotated[
    str,
    PUBLIC_NAME,
    Field(min_length=2, max_length=120, pattern=r"^[^\x00-\x1f\x7f<>]+$", examples=["西安示例机械有限公司"]),
]
"""The registered name of an organisation, public by law. Events have this one, commands `AskedName`."""

AskedName = Annotated[PublicName, AfterValidator(check_name)]
"""A public name as somebody gives it: one with a mobile or an identity number in it is refused."""

StationId = Annotated[
    str,
    ID,
    Field(pattern=r"^s-[1-9][0-9]{5}-[0-9]{3,4}$", examples=["s-330110-001"]),
    AfterValidator(_of_a_region),
]
"""A station of the district named in it, by the number that its union gave it."""

TimeOfDay = Annotated[str, CODE, Field(pattern=r"^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", examples=["08:30"])]
"""A time of day in China; 24:00 is the end of the day."""

Headcount = Annotated[int, Strict(), Field(ge=0, le=1_000_000)]
"""A number of workers. Without another word: of those with a labour contract, dispatched workers not among them."""

Members = Annotated[int, Strict(), Field(ge=0, le=1_000_000)]


def _no_number(day: object) -> object:
    """Pydantic would take a number for seconds since 1970, as text too."""
    if isinstance(day, (int, float)) or (isinstance(day, str) and day[4:5] != "-"):
        raise PydanticCustomError("date_type", "a day is written 2025-05-06")
    return day


def _no_seconds(time: object) -> object:
    """Likewise."""
    if isinstance(time, (int, float)) or (isinstance(time, str) and time[4:5] != "-"):
        raise PydanticCustomError("datetime_type", "a time is written 2025-05-06T09:00:00+08:00")
    return time


Day = Annotated[date, Field(ge=date(1949, 10, 1), le=date(2199, 12, 31)), BeforeValidator(_no_number)]
"""A calendar day in China (Asia/Shanghai)."""

AskedInstant = Annotated[AwareDatetime, BeforeValidator(_no_seconds)]
"""An instant with its offset."""
