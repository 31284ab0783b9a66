"""Programme 2, rest stations for outdoor workers: what this service is made of."""

from pathlib import Path

from contracts.stations import EVENTS
from eventing.service import Service
from services.stations import rules
from services.stations.api import router
from services.stations.decider import DECISIONS, ERASURES
from services.stations.ledgers import LEDGERS
from services.stations.policies import DEADLINES, POLICIES
from services.stations.views import VIEWS


def stations() -> Service:
    rules.load()  # a number that is missing stops the start, not the first request
    return Service(
        name="stations",
        home=Path(__file__).parent,
        router=router,
        publishes=EVENTS,
        decisions=DECISIONS,
        views=VIEWS,
        deadlines=DEADLINES,
        policies=POLICIES,
        ledgers=LEDGERS,
        erasures=ERASURES,
    )
