"""Which union stands above another?"""

from datetime import date

from contracts.unions import Directory, UnknownUnion
from eventing.moment import Moment


def next_up(union: str, moment: Moment) -> str:
    """Where nobody is above, or the union has ended meanwhile, it is told itself."""
    return next_up_on(moment.today, union, moment.unions)


def next_up_on(day: date, union: str, directory: Directory) -> str:
    """The same on another day."""
    try:
        return directory.parent(union, day) or union
    except UnknownUnion:
        return union
