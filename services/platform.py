"""Every service of the platform, in the order of the programmes; the projection service last."""

from services.enterprise.app import enterprise
from services.projection.app import projection

SERVICES = (enterprise, projection)

BY_NAME = {make.__name__: make for make in SERVICES}
"""Each service's composition root by the service's name."""
