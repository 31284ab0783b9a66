"""The ledgers of programme 1 (台账): what a row of each becomes, and which list each shows."""

from eventing.ledger.ledger import Ledger
from services.enterprise.ledgers.headcount import HEADCOUNT
from services.enterprise.ledgers.survey import SURVEY
from services.enterprise.ledgers.visits import VISITS
from services.enterprise.ledgers.wills import WILLS

LEDGERS: tuple[Ledger, ...] = (SURVEY, HEADCOUNT, WILLS, VISITS)
