"""A ticket's telephone number on PostgreSQL: kept until thirty days after the service's day, then gone by a clock."""

from datetime import UTC, datetime

from contracts import calendar
from eventing.database import Pool
from eventing.deadline_table import DeadlineTable
from eventing.execution import Execution
from eventing.moment import midnight_after
from eventing.reactions import DeadlineRunner
from eventing.store.postgres import PostgresStore
from eventing.vault import Vault
from services.stations.decider import DECISIONS, ERASURES
from services.stations.policies.services import DEADLINES
from tests.support.day_services import DAY, OTHER_TICKET, PHONE, SERVICE, TICKET, an_open_station, book, give_back, plan
from tests.support.toy import StandingClock, new_event, order
from tests.support.vaults import VAULT_KEY

SOURCE = "/regions/610000/stations"


async def test_the_number_goes_by_itself(pool: Pool) -> None:
    """Mechanism: the clock's command makes TicketForgotten, and the append of that erases."""
    clocks = DeadlineTable(DEADLINES, calendar.load())
    store = PostgresStore(pool, deadlines=clocks, erasures=ERASURES)
    clock = StandingClock(datetime(2025, 5, 12, 4, tzinfo=UTC))
    vault = Vault(VAULT_KEY, "stations")
    execution = Execution(store, DECISIONS, SOURCE, clock, "http://localhost/schemas", vault=vault)
    runner = DeadlineRunner(pool, clocks, store, execution, clock, lambda: None)
    async with store.unit() as unit:
        await unit.append(
            [new_event(event, version, SOURCE) for version, event in enumerate(an_open_station(), 1)],
        )
    for key, command in enumerate((plan(), book(), give_back(), book(OTHER_TICKET))):
        await execution.carry_out(order(command, f"k{key}"))

    async def kept(ticket: str) -> list[str]:
        async with store.unit() as unit:
            return [vault.content(item) for item in await unit.kept(ticket)]

    assert (await kept(TICKET), await kept(OTHER_TICKET)) == ([], [PHONE])  # the first was given back
    clock.at = midnight_after(DAY.replace(month=6, day=14))
    assert (await runner.fire_due(), await kept(OTHER_TICKET)) == (0, [PHONE])
    clock.at = midnight_after(DAY.replace(month=6, day=15))
    assert (await runner.fire_due(), await kept(OTHER_TICKET)) == (1, [])
    async with store.unit() as unit:
        history = (await unit.load([f"service-{SERVICE}"]))[f"service-{SERVICE}"]
    assert type(history[-1].event).__name__ == "TicketForgotten"
