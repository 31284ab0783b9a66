"""The promises of the vault, kept on PostgreSQL; and what a backup, a restore and a recovery do with it."""

from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from eventing.database import Pool
from eventing.embedded import MockBroker, Postgres
from eventing.recovery import recover
from eventing.store import Store
from eventing.store.postgres import PostgresStore
from eventing.tails import FileTail
from eventing.vault import Vault, WrongKey, fresh_key
from eventing.vault_table import try_key
from tests.support.logs import LogUnderTest
from tests.support.losing import SERVICE, LosableLog, back_up, restored
from tests.support.losing import kept as kept_file
from tests.support.reading import seal_all
from tests.support.toy import enterprise, order
from tests.support.vault_promises import VaultPromises
from tests.support.vaults import ERASURES, OTHER_PHONE, PHONE, VAULT, Forget, Reach, keeping, kept

HERE, THERE, LATER = enterprise(1), enterprise(2), enterprise(3)
KEEPING_SERVICE = replace(SERVICE, erasures=ERASURES)


class TestVaultOnPostgres(VaultPromises):
    @pytest.fixture
    def store(self, pool: Pool) -> Store:
        return PostgresStore(pool, erasures=ERASURES)

    async def test_no_table_holds_it_in_clear(self, store: Store, pool: Pool) -> None:
        await keeping(store).carry_out(order(Reach(enterprise=HERE, phone=PHONE), "k1"))
        for table in await pool.fetch("select tablename from pg_tables where schemaname = 'public'"):
            for row in await pool.fetch(f'select t::text from "{table[0]}" t'):
                assert PHONE not in row[0]
                assert PHONE.encode().hex() not in row[0]

    async def test_another_key_than_the_datas_is_found_at_the_start(self, store: Store, pool: Pool) -> None:
        await try_key(pool, Vault(fresh_key(), "enterprise"))  # nothing there: any key will do
        await keeping(store).carry_out(order(Reach(enterprise=HERE, phone=PHONE), "k1"))
        await try_key(pool, VAULT)
        with pytest.raises(WrongKey):
            await try_key(pool, Vault(fresh_key(), "enterprise"))


@pytest.fixture
async def log(pool: Pool, dsn: str, broker: MockBroker) -> LosableLog:
    made = await LogUnderTest.made(pool, dsn, broker)
    return await LosableLog.opened(pool, dsn, broker.address, made.source)


@pytest.fixture
async def elsewhere(dsn: str, postgres: Postgres) -> str:
    name = f"{dsn.split('?')[0].rsplit('/', 1)[1]}restored"
    await postgres.ensure([name])
    return postgres.dsn(database=name)


async def test_what_was_erased_after_the_backup_is_erased_again_by_the_recovery(
    log: LosableLog, elsewhere: str, tmp_path: Path
) -> None:
    """Mechanism: the erasing event comes back with the lost tail, and erases in the transaction that puts it back."""
    store = PostgresStore(log.pool, erasures=ERASURES)
    carrying = keeping(store, log.source)
    await carrying.carry_out(order(Reach(enterprise=HERE, phone=PHONE), "k1"))
    await carrying.carry_out(order(Reach(enterprise=THERE, phone=OTHER_PHONE), "k2"))
    await seal_all(log)
    file = await back_up(log, tmp_path)
    await carrying.carry_out(order(Forget(enterprise=HERE), "k3"))
    events = await seal_all(log)
    async with restored(log, file, elsewhere) as back:
        again = PostgresStore(back.pool, erasures=ERASURES)
        assert await kept(again, HERE) == {"telephone": PHONE}
        await recover(elsewhere, KEEPING_SERVICE, log.source, FileTail(kept_file(tmp_path, events[2:], True)), [])
        assert (await kept(again, HERE), await kept(again, THERE)) == ({}, {"telephone": OTHER_PHONE})


async def test_what_is_set_aside_keeps_nothing(log: LosableLog, elsewhere: str, tmp_path: Path) -> None:
    """Mechanism: an entry knows the decision that it came with; without an event nothing would ever erase it."""
    carrying = keeping(PostgresStore(log.pool, erasures=ERASURES), log.source)
    await carrying.carry_out(order(Reach(enterprise=HERE, phone=PHONE), "k1"))
    await seal_all(log)
    file = await back_up(log, tmp_path)
    await carrying.carry_out(order(Reach(enterprise=THERE, phone=OTHER_PHONE), "k2"))
    events = await seal_all(log)
    async with restored(log, file, elsewhere) as back:
        again = PostgresStore(back.pool, erasures=ERASURES)
        await keeping(again, log.source).carry_out(order(Reach(enterprise=THERE, phone=PHONE, group="h"), "other"))
        done = await recover(
            elsewhere, KEEPING_SERVICE, log.source, FileTail(kept_file(tmp_path, events[1:], True)), []
        )
        assert len(done.set_aside) == 1
        assert (await kept(again, HERE), await kept(again, THERE)) == ({"telephone": PHONE}, {})


async def test_a_backup_holds_the_vault_encrypted(log: LosableLog, tmp_path: Path) -> None:
    carrying = keeping(PostgresStore(log.pool, erasures=ERASURES), log.source)
    await carrying.carry_out(order(Reach(enterprise=LATER, phone=PHONE), "k1"))
    with ZipFile(await back_up(log, tmp_path)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    assert LATER.encode() in contents["vault.copy"]
    for content in contents.values():
        assert PHONE.encode() not in content
        assert PHONE.encode().hex().encode() not in content
