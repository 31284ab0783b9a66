"""What this service shows, each folded from its own events in their transaction."""

from eventing.fold import Fold
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.plan_steps import PLAN_STEPS
from services.enterprise.views.plans import PLANS

VIEWS: tuple[Fold, ...] = (ENTERPRISES, PLANS, PLAN_STEPS)
