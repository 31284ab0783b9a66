"""What this service shows, each folded from its own events in their transaction."""

from eventing.fold import Fold
from services.enterprise.views.alongside import ACCOMPANIMENTS
from services.enterprise.views.check_ins import CHECK_INS
from services.enterprise.views.enterprises import ENTERPRISES
from services.enterprise.views.members import MEMBERS
from services.enterprise.views.unions import UNIONS

VIEWS: tuple[Fold, ...] = (ENTERPRISES, ACCOMPANIMENTS, CHECK_INS, UNIONS, MEMBERS)
