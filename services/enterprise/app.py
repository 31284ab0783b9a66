"""Programme 1, unions in non-public enterprises: what this service is made of."""

from pathlib import Path

from contracts.enterprise import EVENTS
from eventing.service import Service
from services.enterprise import rules
from services.enterprise.api import router
from services.enterprise.decider import DECISIONS
from services.enterprise.ledgers import LEDGERS
from services.enterprise.policies import DEADLINES, POLICIES
from services.enterprise.views import VIEWS


def enterprise() -> Service:
    rules.load()  # a number that is missing stops the start, not the first request
    return Service(
        name="enterprise",
        home=Path(__file__).parent,
        router=router,
        publishes=EVENTS,
        decisions=DECISIONS,
        views=VIEWS,
        deadlines=DEADLINES,
        policies=POLICIES,
        ledgers=LEDGERS,
    )
