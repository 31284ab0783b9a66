"""On which days can something have been found or counted at a station?"""

from datetime import date

from eventing.refusal import Refused
from services.stations.commands import StationCommand
from services.stations.decider.station import Station, Unknown, is_open_on, unknown


def must_be_open_on(command: StationCommand, station: Station, day: date, field: str) -> None:
    """It was in use that day, whatever its hours. Raises `Refused`."""
    if isinstance(station, Unknown):
        raise unknown(command.station)
    if not is_open_on(station, day):
        raise Refused("not_in_use_that_day", field, station=command.station, day=day)
