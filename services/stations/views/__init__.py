"""What this service shows, each folded from its own events in their transaction."""

from eventing.fold import Fold
from services.stations.views.towns import TOWNS

VIEWS: tuple[Fold, ...] = (TOWNS,)
