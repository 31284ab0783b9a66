"""The ledgers of programme 2 (台账): what a row of each becomes, and which list each shows."""

from eventing.ledger.ledger import Ledger
from services.stations.ledgers.faults import FAULTS
from services.stations.ledgers.placements import PLACEMENTS
from services.stations.ledgers.services import SERVICE_COUNTS, SERVICES_OF_THE_DAY
from services.stations.ledgers.stations import STATIONS

LEDGERS: tuple[Ledger, ...] = (
    STATIONS,
    PLACEMENTS,
    SERVICES_OF_THE_DAY,
    SERVICE_COUNTS,
    FAULTS,
)
