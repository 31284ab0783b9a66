"""The promises of the vault, kept on the store in memory; and what its keys promise."""

import pytest

from eventing.store import Store
from eventing.store.memory import MemoryStore
from eventing.vault import Item, Vault, WrongKey, fresh_key
from tests.support.toy import enterprise
from tests.support.vault_promises import VaultPromises
from tests.support.vaults import ERASURES, KEEPING, PHONE, VAULT, VAULT_KEY, Reach


class TestVaultInMemory(VaultPromises):
    @pytest.fixture
    def store(self) -> Store:
        return MemoryStore(ERASURES)


def _item() -> Item:
    (item,) = VAULT.items(Reach(enterprise=enterprise(1), phone=PHONE), KEEPING)
    return item


def test_the_same_content_is_encrypted_differently_each_time() -> None:
    assert (_item().content != _item().content, _item().mark == _item().mark) == (True, True)


@pytest.mark.parametrize(
    ("vault", "item"),
    [
        (Vault(fresh_key(), "enterprise"), _item()),
        (Vault(VAULT_KEY, "stations"), _item()),
        (VAULT, Item(enterprise(2), "telephone", _item().content)),
        (VAULT, Item(enterprise(1), "name", _item().content)),
        (VAULT, Item(enterprise(1), "telephone", _item().content[:-1] + b"\0")),
    ],
    ids=["another key", "another service", "another entry", "another name", "altered"],
)
def test_it_is_read_by_its_key_in_its_place_only(vault: Vault, item: Item) -> None:
    """Mechanism: keys are derived for each service; the place is authenticated with the content."""
    with pytest.raises(WrongKey):
        vault.content(item)


def test_a_proof_is_of_these_words_by_this_key() -> None:
    proof = VAULT.proof("service", "ticket")
    assert VAULT.proves(proof, "service", "ticket")
    assert not VAULT.proves(proof, "service", "ticket2")
    assert not VAULT.proves(proof, "servicet", "icket")
    assert not Vault(fresh_key(), "enterprise").proves(proof, "service", "ticket")
    assert not VAULT.proves("鱼", "service", "ticket")


def test_a_short_key_is_none() -> None:
    with pytest.raises(ValueError, match="3 bytes"):
        Vault("AAAA", "enterprise")
