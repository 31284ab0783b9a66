"""The read models that unions share across regions, and what is reported from them: what this service is made of."""

from pathlib import Path

from contracts.projection import EVENTS
from eventing.service import Service
from services.projection import rules, targets
from services.projection.api import router
from services.projection.decider import DECISIONS
from services.projection.scoreboard import SCOREBOARD
from services.projection.stations_board import STATION_TARGETS, STATIONS_BOARD
from services.projection.targets import TARGETS
from services.projection.views import VIEWS


def projection() -> Service:
    rules.load(), targets.load()  # what is malformed there stops the start, not the first request
    return Service(
        name="projection",
        home=Path(__file__).parent,
        router=router,
        publishes=EVENTS,
        decisions=DECISIONS,
        views=VIEWS,
        read_models={"enterprise": (SCOREBOARD, TARGETS), "stations": (STATIONS_BOARD, STATION_TARGETS)},
    )
