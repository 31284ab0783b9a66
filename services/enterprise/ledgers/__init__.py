"""The ledgers of programme 1 (台账): what a row of each becomes, and which list each shows."""

from eventing.ledger.ledger import Ledger
from services.enterprise.ledgers.check_ins import CHECK_INS
from services.enterprise.ledgers.headcount import HEADCOUNT
from services.enterprise.ledgers.members import MEMBERS
from services.enterprise.ledgers.plans import PLANS
from services.enterprise.ledgers.survey import SURVEY
from services.enterprise.ledgers.targets import TARGETS
from services.enterprise.ledgers.visits import VISITS
from services.enterprise.ledgers.wills import WILLS

LEDGERS: tuple[Ledger, ...] = (
    SURVEY,
    HEADCOUNT,
    WILLS,
    VISITS,
    PLANS,
    CHECK_INS,
    MEMBERS,
    TARGETS,
)
