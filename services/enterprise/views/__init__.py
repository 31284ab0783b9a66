"""What this service shows, each folded from its own events in their transaction."""

from eventing.fold import Fold
from services.enterprise.views.enterprises import ENTERPRISES

VIEWS: tuple[Fold, ...] = (ENTERPRISES,)
