"""The promises of carrying out a command, kept on PostgreSQL."""

import pytest

from eventing.database import Pool
from eventing.store import Store
from eventing.store.postgres import PostgresStore
from tests.support.execution_promises import ExecutionPromises


class TestExecutionOnPostgres(ExecutionPromises):
    @pytest.fixture
    def store(self, pool: Pool) -> Store:
        self._pool = pool
        return PostgresStore(pool)

    async def forget_answers(self, store: Store) -> None:
        await self._pool.execute("delete from answer")
