"""Does a place lie in the town that it is entered under?"""

from datetime import date

from contracts.places import Point
from eventing.refusal import Refused
from services.stations.decider.town import Delisted, Town, Unlisted
from services.stations.decider.towns import unlisted
from services.stations.geography import metres


def must_lie_in(id: str, town: Town, point: Point, on: date) -> None:
    """The town is on its district's list that day, and the point within its reach. Raises `Refused`."""
    match town:
        case Unlisted():
            raise unlisted(id)
        case Delisted(_, delisted) if delisted.delisted_on <= on:
            raise Refused("town_delisted", "town", town=id, delisted_on=delisted.delisted_on)
    particulars = town.particulars
    away = metres(point, particulars.centre)
    if away > particulars.reach_m:
        raise Refused("outside_the_town", "lat", town=id, metres=round(away), reach_m=particulars.reach_m)
