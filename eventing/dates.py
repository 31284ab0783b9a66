"""Which day may a fact have?"""

from datetime import date

from eventing.moment import Moment
from eventing.refusal import Refused


def must_have_happened(day: date, field: str, moment: Moment) -> None:
    """A fact is entered when it has happened; business time decides. Raises `Refused`."""
    if day > moment.today:
        raise Refused("in_the_future", field, day=day, today=moment.today)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; of 29 February, the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
