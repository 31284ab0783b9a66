"""The promises of carrying out a command, kept on the store in memory."""

import pytest

from eventing.store import Store
from eventing.store.memory import MemoryStore
from tests.support.execution_promises import ExecutionPromises


class TestExecutionInMemory(ExecutionPromises):
    @pytest.fixture
    def store(self) -> Store:
        return MemoryStore()

    async def forget_answers(self, store: Store) -> None:
        assert isinstance(store, MemoryStore)
        store.answers.clear()
