"""What the vault promises on any store: one suite, inherited by a test class for each store."""

from hashlib import sha256

import pytest

from contracts.cloudevent import Recorded
from eventing.decision import Decision
from eventing.execution import Execution, Unkept
from eventing.refusal import Invalid, Refused
from eventing.store import Store
from tests.support.toy import SOURCE, StandingClock, enterprise, order, stream
from tests.support.vaults import (
    DECISIONS,
    OTHER_PHONE,
    PHONE,
    VAULT,
    Doubt,
    Forget,
    Reach,
    _reach,
    keeping,
    kept,
)

HERE, THERE = enterprise(1), enterprise(2)


class VaultPromises:
    """Inherit it and give a fixture `store` with the toy's erasures."""

    async def facts(self, store: Store) -> list[Recorded]:
        async with store.unit() as unit:
            return list((await unit.load([stream(1)]))[stream(1)])

    async def test_what_is_kept_can_be_read_and_stands_nowhere_else(self, store: Store) -> None:
        """Mechanism: the decision gets the command without it (the toy's asserts that)."""
        answer = await keeping(store).carry_out(order(Reach(enterprise=HERE, phone=PHONE), "k1"))
        assert await kept(store, HERE) == {"telephone": PHONE}
        assert PHONE not in f"{answer} {await self.facts(store)}"
        async with store.unit() as unit:
            (item,) = await unit.kept(HERE)
            assert PHONE.encode() not in item.content + (item.mark or b"")

    async def test_the_fingerprint_is_keyed(self, store: Store) -> None:
        """Mechanism: an open hash over eleven digits is turned back in minutes."""
        asked = order(Reach(enterprise=HERE, phone=PHONE), "k1")
        await keeping(store).carry_out(asked)
        async with store.unit() as unit:
            found = await unit.answered(asked.actor, asked.kept_under)
        assert found is not None
        assert found.fingerprint != sha256(asked.text.encode()).hexdigest()

    async def test_a_repeat_is_known_and_another_number_under_its_key_refused(self, store: Store) -> None:
        first = await keeping(store).carry_out(order(Reach(enterprise=HERE, phone=PHONE), "k1"))
        assert await keeping(store).carry_out(order(Reach(enterprise=HERE, phone=PHONE), "k1")) == first
        with pytest.raises(Invalid, match="idempotency_key_reused"):
            await keeping(store).carry_out(order(Reach(enterprise=HERE, phone=OTHER_PHONE), "k1"))
        assert await kept(store, HERE) == {"telephone": PHONE}

    async def test_what_is_refused_leaves_nothing(self, store: Store) -> None:
        with pytest.raises(Refused, match="doubtful"):
            await keeping(store).carry_out(order(Doubt(enterprise=HERE, phone=PHONE), "k1"))
        assert await kept(store, HERE) == {}

    async def test_what_is_kept_anew_takes_the_place_of_what_was(self, store: Store) -> None:
        await keeping(store).carry_out(order(Reach(enterprise=HERE, phone=PHONE), "k1"))
        await keeping(store).carry_out(order(Reach(enterprise=HERE, phone=OTHER_PHONE), "k2"))
        assert await kept(store, HERE) == {"telephone": OTHER_PHONE}

    async def test_the_event_that_says_so_erases_it(self, store: Store) -> None:
        """Mechanism: erasing is part of the append."""
        for entry, key, phone in ((HERE, "k1", PHONE), (THERE, "k2", OTHER_PHONE)):
            await keeping(store).carry_out(order(Reach(enterprise=entry, phone=phone), key))
        await keeping(store).carry_out(order(Forget(enterprise=HERE), "k3"))
        assert (await kept(store, HERE), await kept(store, THERE)) == ({}, {"telephone": OTHER_PHONE})

    async def test_what_is_undone_erases_nothing(self, store: Store) -> None:
        """Mechanism: the same transaction as the event's."""
        await keeping(store).carry_out(order(Reach(enterprise=HERE, phone=PHONE), "k1"))
        with pytest.raises(ZeroDivisionError):
            async with store.unit() as unit:
                await keeping(store).within(unit, order(Forget(enterprise=HERE), "k2"))
                raise ZeroDivisionError
        assert await kept(store, HERE) == {"telephone": PHONE}

    async def test_the_same_number_stands_once_in_a_group(self, store: Store) -> None:
        """Mechanism: the mark, of group, name and number; in another group it is another mark."""
        await keeping(store).carry_out(order(Reach(enterprise=HERE, phone=PHONE), "k1"))
        with pytest.raises(Refused) as refused:
            await keeping(store).carry_out(order(Reach(enterprise=THERE, phone=PHONE), "k2"))
        assert (refused.value.code, refused.value.field) == ("reached_twice", "phone")
        assert PHONE not in f"{refused.value.facts}"
        await keeping(store).carry_out(order(Reach(enterprise=THERE, phone=PHONE, group="another"), "k3"))
        async with store.unit() as unit:
            marks = {item.mark for entry in (HERE, THERE) for item in await unit.kept(entry)}
        assert len(marks) == 2

    async def test_what_was_erased_is_no_longer_in_the_way(self, store: Store) -> None:
        await keeping(store).carry_out(order(Reach(enterprise=HERE, phone=PHONE), "k1"))
        await keeping(store).carry_out(order(Forget(enterprise=HERE), "k2"))
        await keeping(store).carry_out(order(Reach(enterprise=THERE, phone=PHONE), "k3"))
        assert await kept(store, THERE) == {"telephone": PHONE}

    async def test_a_command_without_a_place_for_it_stops_the_start(self, store: Store) -> None:
        """Mechanism: looked at when the decisions are put together; else it would be lost in silence."""
        clock, schemas = StandingClock(), "http://localhost/schemas"
        with pytest.raises(Unkept, match="Reach"):
            Execution(store, DECISIONS, SOURCE, clock, schemas)
        homeless = Decision((Reach,), DECISIONS[0].streams, _reach, lambda *_: None)
        with pytest.raises(Unkept, match="Reach"):
            Execution(store, (homeless,), SOURCE, clock, schemas, vault=VAULT)
