"""What this service shows, each folded from its own events in their transaction."""

from eventing.fold import Fold
from services.stations.views.equipment import EQUIPMENT
from services.stations.views.faults import FAULTS
from services.stations.views.hosts import HOSTS
from services.stations.views.inspections import INSPECTIONS
from services.stations.views.nearby import NEARBY
from services.stations.views.placements import PLACEMENTS
from services.stations.views.services import SERVICES
from services.stations.views.stations import STATIONS
from services.stations.views.targets import STATION_TARGETS
from services.stations.views.titles import TITLES
from services.stations.views.towns import TOWNS
from services.stations.views.visits import VISITS

VIEWS: tuple[Fold, ...] = (
    TOWNS,
    STATIONS,
    PLACEMENTS,
    NEARBY,
    HOSTS,
    SERVICES,
    EQUIPMENT,
    FAULTS,
    INSPECTIONS,
    VISITS,
    TITLES,
    STATION_TARGETS,
)
