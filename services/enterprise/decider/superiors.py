"""Which union stands above another?"""

from contracts.unions import UnknownUnion
from eventing.moment import Moment


def next_up(union: str, moment: Moment) -> str:
    """Where nobody is above, or the union has ended meanwhile, it is told itself."""
    try:
        return moment.unions.parent(union, moment.today) or union
    except UnknownUnion:
        return union
