"""What this service shows, each folded from its own events in their transaction."""

from eventing.fold import Fold
from services.stations.views.hosts import HOSTS
from services.stations.views.nearby import NEARBY
from services.stations.views.placements import PLACEMENTS
from services.stations.views.services import SERVICES
from services.stations.views.stations import STATIONS
from services.stations.views.targets import STATION_TARGETS
from services.stations.views.towns import TOWNS

VIEWS: tuple[Fold, ...] = (
    TOWNS,
    STATIONS,
    PLACEMENTS,
    NEARBY,
    HOSTS,
    SERVICES,
    STATION_TARGETS,
)
