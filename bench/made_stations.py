"""A view of 100,000 made-up stations around 100 places, folded by its own functions and copied."""

from datetime import date, timedelta
from itertools import islice
from random import Random

import click

from contracts.event import Event
from eventing.builds import fingerprint
from eventing.database import Pool
from eventing.fold import Row, settled
from eventing.views import unhurried, view_table
from services.stations.views.nearby import NEARBY
from tests.support.made_stations import lives

_CHANCE = Random("places")
PLACES = tuple((_CHANCE.uniform(22, 45), _CHANCE.uniform(100, 122)) for _ in range(100))
SPREAD = 0.15
"""Degrees: some 15 km."""
_AGO = timedelta(days=60)
"""Since then they are open: cabins stand, hours have changed, equipment is broken, services are on and to come."""


async def make(pool: Pool, stations: int) -> int:
    """Fill it, in a database with the spine's tables; how many events."""
    table, events = view_table(NEARBY), 0
    async with pool.acquire() as connection, connection.transaction():
        await unhurried(connection)
        await table.create(connection, bare=True)
        made = lives(stations, 6, SPREAD, PLACES, date.today() - _AGO)
        while some := list(islice(made, 2000)):
            events += sum(map(len, some))
            name, columns, records = next(table.records([_row(life) for life in some], {}))
            await connection.copy_records_to_table(name, records=records, columns=columns)
            click.echo(f"{events:,} events of stations made", err=True)
        await table.complete(connection)
        await connection.execute(
            "insert into build (fold, id, fingerprint, state) values ($1, 1, $2, 'live')",
            table.rows,
            fingerprint(NEARBY),
        )
    await pool.execute(f"vacuum analyze {table.rows}", timeout=600)
    return events


def _row(life: list[Event]) -> Row:
    row = None
    for event in life:
        row = NEARBY.apply(row, event)
    return settled(NEARBY, row)
