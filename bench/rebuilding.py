"""A rebuild in a process of its own: `-m … DSN KAFKA EVENTS ENTERPRISES`; says the seconds and the peak memory, KiB."""

import asyncio
import sys
import time

import uvloop

from bench.made_log import SOURCE, MadeLog
from bench.peak import peak_kib
from eventing.beacons import Beacons
from eventing.database import open_pool
from eventing.reader.leases import Leases
from eventing.reader.tap import Tap, consuming_broker
from eventing.reader.whole import Origin, Way
from eventing.rebuild import Means, Rebuild
from eventing.shell import journal
from eventing.topics import HEADS, topic_of
from services.projection.scoreboard import SCOREBOARD


async def main(dsn: str, kafka: str, events: int, enterprises: int) -> None:
    journal.configure("ERROR")
    print("ready", flush=True)
    pool, broker = await open_pool(dsn, "bench rebuild"), consuming_broker(kafka)
    origin = Origin(SOURCE, MadeLog(events, enterprises), Tap(broker, topic_of(SOURCE), 10))
    means = Means(pool, dsn, Leases(dsn, "bench"), Beacons(Tap(broker, HEADS, 10)))
    started = time.perf_counter()
    await Rebuild(SCOREBOARD, [origin], means, Way.FEED).run()
    seconds = time.perf_counter() - started
    print(f"{seconds:.3f} {peak_kib()}", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await pool.close()


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
