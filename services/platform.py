"""Every service of the platform, in the order of the programmes; the projection service last."""

from services.enterprise.app import enterprise
from services.projection.app import projection
from services.stations.app import stations

SERVICES = (enterprise, stations, projection)

BY_NAME = {make.__name__: make for make in SERVICES}
"""Each service's composition root by the service's name."""
