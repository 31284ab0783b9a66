"""The board of stations (programme 2): what each thing that it counts is on each day."""

from services.projection.stations_board.fold import STATIONS_BOARD
from services.projection.stations_board.row import CountedRow, Stay, What
from services.projection.stations_board.targets import STATION_TARGETS

__all__ = ["STATIONS_BOARD", "STATION_TARGETS", "CountedRow", "Stay", "What"]
