"""The ledgers of programme 2 (台账): what a row of each becomes, and which list each shows."""

from eventing.ledger.ledger import Ledger
from services.stations.ledgers.services import SERVICE_COUNTS, SERVICES_OF_THE_DAY

LEDGERS: tuple[Ledger, ...] = (SERVICES_OF_THE_DAY, SERVICE_COUNTS)
