"""What the board of stations answers, and the lists behind its numbers."""

from services.projection.queries.stations.board import StationsAsked, StationsBoard, stations_of
from services.projection.queries.stations.lists import StationListAsked, StationListPage, list_stations

__all__ = [
    "StationListAsked",
    "StationListPage",
    "StationsAsked",
    "StationsBoard",
    "list_stations",
    "stations_of",
]
