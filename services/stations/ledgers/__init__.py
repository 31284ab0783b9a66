"""The ledgers of programme 2 (台账): what a row of each becomes, and which list each shows."""

from eventing.ledger.ledger import Ledger

LEDGERS: tuple[Ledger, ...] = ()
