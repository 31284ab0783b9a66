"""What this service shows, each folded from its own events in their transaction."""

from eventing.fold import Fold
from services.enterprise.views.charges import CHARGES
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.federations import FEDERATION_MEMBERS, FEDERATIONS
from services.enterprise.views.joint import JOINT_UNIONS
from services.enterprise.views.units import UNITS

VIEWS: tuple[Fold, ...] = (ENTERPRISES, JOINT_UNIONS, UNITS, FEDERATIONS, FEDERATION_MEMBERS, CHARGES)
