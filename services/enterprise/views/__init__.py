"""What this service shows, each folded from its own events in their transaction."""

from eventing.fold import Fold
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.targets import TARGETS

VIEWS: tuple[Fold, ...] = (ENTERPRISES, TARGETS)
