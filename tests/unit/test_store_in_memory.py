"""The promises of the event store, kept by the one in memory."""

import pytest

from eventing.store import Store
from eventing.store.memory import MemoryStore
from tests.support.store_promises import StorePromises


class TestMemoryStore(StorePromises):
    @pytest.fixture
    def store(self) -> Store:
        return MemoryStore()
