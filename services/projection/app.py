"""The read models that unions share across regions: what this service is made of."""

from pathlib import Path

from eventing.service import Service
from services.projection import targets
from services.projection.api import router
from services.projection.scoreboard import SCOREBOARD


def projection() -> Service:
    targets.load()  # a malformed target stops the start, not the first request
    return Service(
        name="projection",
        home=Path(__file__).parent,
        router=router,
        read_models={"enterprise": (SCOREBOARD,)},
    )
