"""What this service shows, each folded from its own events in their transaction."""

from eventing.fold import Fold
from services.enterprise.views.alongside import ACCOMPANIMENTS
from services.enterprise.views.baseline import BASELINE
from services.enterprise.views.charges import CHARGES
from services.enterprise.views.check_ins import CHECK_INS
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.federations import FEDERATION_MEMBERS, FEDERATIONS
from services.enterprise.views.joint import JOINT_UNIONS
from services.enterprise.views.members import MEMBERS
from services.enterprise.views.names import ADJUDICATED
from services.enterprise.views.plan_steps import PLAN_STEPS
from services.enterprise.views.plans import PLANS
from services.enterprise.views.stations import CLOSINGS, NOTED_STATIONS
from services.enterprise.views.supervision import SUPERVISIONS
from services.enterprise.views.targets import TARGETS
from services.enterprise.views.unions import UNIONS
from services.enterprise.views.units import UNITS

VIEWS: tuple[Fold, ...] = (
    ENTERPRISES,
    ADJUDICATED,
    BASELINE,
    SUPERVISIONS,
    PLANS,
    PLAN_STEPS,
    ACCOMPANIMENTS,
    CHECK_INS,
    UNIONS,
    MEMBERS,
    JOINT_UNIONS,
    UNITS,
    FEDERATIONS,
    FEDERATION_MEMBERS,
    CHARGES,
    TARGETS,
    NOTED_STATIONS,
    CLOSINGS,
)
