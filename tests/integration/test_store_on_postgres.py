"""The promises of the event store, kept by the one on PostgreSQL."""

import pytest

from contracts.creditcode import make_credit_code
from eventing.database import Pool
from eventing.store import Store
from eventing.store.postgres import PostgresStore, history
from eventing.views import open_view
from tests.support.store_promises import APPLYING, OTHER, STREAM, StorePromises, an_event, days


class TestPostgresStore(StorePromises):
    @pytest.fixture
    async def store(self, pool: Pool) -> Store:
        return PostgresStore(pool, [await open_view(pool, APPLYING)])

    async def test_every_appended_event_waits_for_the_relay(self, store: Store, pool: Pool) -> None:
        async with store.unit() as unit:
            last = await unit.append([an_event(1), an_event(2)])
        waiting = [row["pos"] for row in await pool.fetch("select pos from unsealed order by pos")]
        assert len(waiting) == 2
        assert waiting[-1] == last

    async def test_the_history_of_some_streams_is_told_as_it_was_appended(self, store: Store, pool: Pool) -> None:
        third = f"enterprise-{make_credit_code('91', '610102', 3)}"
        for event in (an_event(1, day=3), an_event(1, OTHER, day=1), an_event(1, third, day=9), an_event(2, day=2)):
            async with store.unit() as unit:
                await unit.append([event])
        assert days(await history(pool, [OTHER, STREAM])) == [3, 1, 2]

    async def test_no_connection_waits_without_end(self, store: Store, pool: Pool) -> None:
        async with store.unit() as unit:
            await unit.load([STREAM])
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "transaction_timeout"):
            assert await pool.fetchval("select current_setting($1)", name) not in ("0", "")
