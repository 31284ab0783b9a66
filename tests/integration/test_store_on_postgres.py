"""The promises of the event store, kept by the one on PostgreSQL."""

import pytest

from eventing.database import Pool
from eventing.store import Store
from eventing.store.postgres import PostgresStore
from eventing.views import open_view
from tests.support.store_promises import APPLYING, STREAM, StorePromises, an_event


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

    async def test_no_connection_waits_without_end(self, store: Store, pool: Pool) -> None:
        async with store.unit() as unit:
            await unit.load([STREAM])
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "transaction_timeout"):
            assert await pool.fetchval("select current_setting($1)", name) not in ("0", "")
