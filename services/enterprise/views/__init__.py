"""What this service shows, each folded from its own events in their transaction."""

from eventing.fold import Fold
from services.enterprise.views.baseline import BASELINE
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.names import ADJUDICATED
from services.enterprise.views.plan_steps import PLAN_STEPS
from services.enterprise.views.plans import PLANS
from services.enterprise.views.supervision import SUPERVISIONS

VIEWS: tuple[Fold, ...] = (
    ENTERPRISES,
    ADJUDICATED,
    BASELINE,
    SUPERVISIONS,
    PLANS,
    PLAN_STEPS,
)
