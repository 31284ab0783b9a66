"""Who may set what a region strives for, and change it? What one above has set, only that union or one above it may."""

from datetime import date

from contracts import regions
from contracts.regions import UnknownRegion
from contracts.unions import UnknownUnion
from eventing.moment import Moment
from eventing.refusal import Forbidden, Invalid, Refused


def union_of(region: str, moment: Moment) -> str:
    """The territorial union of a region that stands today. Raises `Invalid`."""
    try:
        regions.check_region(region, moment.today)
        return moment.unions.of_region(region, moment.today)
    except UnknownRegion as ended:
        raise Invalid("region_not_standing", "region", region=region, successor=ended.successor) from ended
    except UnknownUnion as unknown:
        raise Invalid("region_without_union", "region", region=region) from unknown


def must_stand_as_high(by: str, set_by: str, set_on: date, moment: Moment) -> None:
    """Raises `Forbidden` where `by` is neither the union that set it nor above that."""
    # A union that is gone binds nobody any more.
    if moment.unions.knows(set_by, moment.today) and not moment.unions.is_within(set_by, by, moment.today):
        raise Forbidden("target_set_above", "region", set_by=set_by, set_on=set_on)


def must_be_to_come(due_on: date, moment: Moment) -> None:
    """Raises `Refused` for a due day that is over."""
    if due_on < moment.today:
        raise Refused("target_due_already", "due_on", due_on=due_on, today=moment.today)
