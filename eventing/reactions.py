"""What reacts: a policy to an event of a log, a deadline to its due day. Each reaction is carried out once."""

from collections.abc import Callable, Sequence

import structlog

from contracts.cloudevent import Recorded, Sealed, decode, type_of
from eventing.clock import Clock
from eventing.database import Pool, PooledConnection
from eventing.deadline_table import DeadlineTable, Running
from eventing.execution import Execution, Order
from eventing.lease import GONE
from eventing.policies import Policy
from eventing.refusal import Refused
from eventing.store import Conflict, ReusedId
from eventing.store.postgres import PostgresStore

log = structlog.get_logger()

DEEPEST = 16
"""So many policies may follow from one first cause; more is a loop."""

_RECORD = """
insert into reaction (cause, key, command, outcome) values ($1, $2, $3, 'done') on conflict do nothing returning true
"""
_REFUSED = "update reaction set outcome = $4 where cause = $1 and key = $2 and command = $3"


class TooDeep(Exception):
    """A chain of policies that doesn't end."""


async def react(connection: PooledConnection, store: PostgresStore, execution: Execution, order: Order) -> None:
    """Carry out a reaction's command in the open transaction; a refusal is recorded, not raised."""
    command, outcome = type(order.command).__name__, "done"
    # The record comes first and stays for good, whereas answers are kept for 90 days: a policy that reads its log again
    # finds here what it has done, and what was refused then isn't done now.
    if not await connection.fetchval(_RECORD, order.actor, order.key, command):
        return
    try:
        async with connection.transaction():
            await execution.within(store.within(connection), order)
    except ReusedId:
        pass  # it was done: its events are in the log, and the record of it was lost with a restore
    except Refused as refused:
        outcome = refused.code
        await connection.execute(_REFUSED, order.actor, order.key, command, outcome)
    log.info(
        "reaction",
        cause=order.actor,
        command=command,
        outcome=outcome,
        correlation=order.correlation,
        depth=order.depth,
    )


class PolicySink:
    """A reader's sink that reacts: one event with all its reactions is one transaction with the position."""

    def __init__(
        self, policies: Sequence[Policy], store: PostgresStore, execution: Execution, reacted: Callable[[], None]
    ) -> None:
        self._policies, self._store, self._execution, self._reacted = policies, store, execution, reacted
        self._on: frozenset[str] = frozenset().union(*(policy.types for policy in policies))

    def cut(self, events: Sequence[Sealed]) -> int:
        for count, sealed in enumerate(events, 1):
            if type_of(sealed.text) in self._on:
                return count
        return len(events)

    def concerns(self, events: Sequence[Sealed]) -> bool:
        return type_of(events[-1].text) in self._on

    async def apply(self, connection: PooledConnection, events: Sequence[Sealed]) -> None:
        if not self._execution.gate.is_open:
            raise Conflict("log_behind")  # waited for, not recorded as an outcome
        cause = decode(events[-1].text)
        for policy in self._policies:
            if isinstance(cause.event, policy.kinds) and policy.when(cause.event):
                await self._react(connection, policy, cause)

    async def _react(self, connection: PooledConnection, policy: Policy, cause: Recorded) -> None:
        if cause.envelope.depth >= DEEPEST:
            raise TooDeep(f"{policy.name} at {cause.envelope.id}")
        for index, command in enumerate(policy.then(cause.event)):
            order = Order(
                command,
                actor=f"policy:{policy.name}",
                key=f"{cause.envelope.id}:{index}",
                union=None,
                correlation=cause.envelope.correlation,
                causation=str(cause.envelope.id),
                depth=cause.envelope.depth + 1,
            )
            await react(connection, self._store, self._execution, order)

    def committed(self) -> None:
        self._reacted()

    def late(self, kind: str) -> bool:
        return kind in self._on


class DeadlineRunner:
    """Fires what is due, each clock once, in order of its due day."""

    def __init__(
        self,
        pool: Pool,
        table: DeadlineTable,
        store: PostgresStore,
        execution: Execution,
        clock: Clock,
        reacted: Callable[[], None],
    ) -> None:
        self._pool, self.table, self._store = pool, table, store
        self._execution, self._clock, self._reacted = execution, clock, reacted

    async def fire_due(self) -> int:
        """Fire all that is due now; how many fired.

        One that fails by a fault of ours stays and keeps no other from firing; its fault is raised at the end.
        """
        if not self._execution.gate.is_open:
            return 0
        fired = 0
        faults: dict[Running, Exception] = {}
        while due := [clock for clock in await self.table.due(self._pool, self._clock.now()) if clock not in faults]:
            for running in due:
                try:
                    fired += await self._fire(running)
                except Conflict:
                    continue  # somebody wrote to the stream just now: the clock is still there, and is tried again
                except GONE:
                    raise
                except Exception as fault:
                    faults[running] = fault
        for first in faults.values():
            raise first
        return fired

    async def _fire(self, running: Running) -> bool:
        async with self._store.unit() as unit:
            if not await self.table.claim(unit.connection, running):
                return False
            order = Order(
                running.deadline.then(running.subject, running.due_on),
                actor=f"deadline:{running.deadline.name}",
                key=f"{running.subject}@{running.started_on}/{running.due_on}",
                union=None,
                correlation=running.correlation,
                causation=running.correlation,
            )
            await react(unit.connection, self._store, self._execution, order)
        self._reacted()
        return True

    async def lag_seconds(self) -> float:
        """How long the earliest clock has been due and not fired, in business time."""
        due_at = await self.table.next_due_at(self._pool)
        return 0.0 if due_at is None else max(0.0, (self._clock.now() - due_at).total_seconds())
