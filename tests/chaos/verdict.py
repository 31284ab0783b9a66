"""Was every promise kept? Each check reads the databases and the topic themselves, and says what it found wrong."""

import asyncio
import hashlib
from collections import Counter
from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

import aiokafka
import asyncpg
import orjson

from contracts.cloudevent import GENESIS
from tests.chaos.writers import ACTOR, Acknowledged
from tests.support.stage import Replica

_PAGE = 5000


async def sealed_texts(dsn: str) -> list[bytes]:
    """The log as the database has it, by a query of our own."""
    connection = await asyncpg.connect(dsn)
    try:
        rows = await connection.fetch("select sequence, hash, tail from log join event using (pos) order by sequence")
    finally:
        await connection.close()
    texts, before = [], GENESIS
    for row in rows:
        texts.append(f'{{"sequence":"{row["sequence"]:019d}","prevhash":"{before}",{row["tail"]}'.encode())
        before = row["hash"]
    return texts


def chain(texts: Iterable[bytes]) -> list[str]:
    """Sequences from 1 without a hole, each event with the hash of the one before."""
    before = GENESIS
    for expected, text in enumerate(texts, 1):
        event = orjson.loads(text)
        if int(event["sequence"]) != expected or event["prevhash"] != before:
            return [f"the chain breaks at {expected}: {event['sequence']}"]
        before = hashlib.sha256(text).hexdigest()
    return []


def streams_in_order(texts: Iterable[bytes]) -> list[str]:
    """Each stream's versions come as 1, 2, 3 …"""
    last: Counter[str] = Counter()
    wrong = []
    for text in texts:
        event = orjson.loads(text)
        last[event["subject"]] += 1
        if event["streamversion"] != last[event["subject"]]:
            wrong.append(f"{event['subject']} has version {event['streamversion']} at {event['sequence']}")
    return wrong


def acknowledged_once(texts: Iterable[bytes], source: str, acknowledged: Iterable[Acknowledged]) -> list[str]:
    """The events of each acknowledged command are in the log, each once, in the stream that the answer named."""
    found: Counter[str] = Counter()
    streams = {}
    for text in texts:
        event = orjson.loads(text)
        found[event["id"]] += 1
        streams[event["id"]] = event["subject"], event["streamversion"]
    wrong = [f"event {id} is there {count} times" for id, count in found.items() if count > 1]
    for answer in acknowledged:
        ids = [str(uuid5(NAMESPACE_URL, f"{source}|{ACTOR}|{answer.key}|{n}")) for n in range(len(answer.events))]
        if missing := [id for id in ids if id not in found]:
            wrong.append(f"acknowledged and lost: {answer.key} {missing}")
        elif ids and streams[ids[-1]] != (answer.stream, answer.version):
            wrong.append(f"{answer.key} was answered {answer.stream}@{answer.version}, stands at {streams[ids[-1]]}")
    return wrong


def deadlines_once(texts: Iterable[bytes]) -> list[str]:
    """Whoever was willing and not visited is overdue once; whoever was accompanied is released once; nothing that fell
    due, and nothing else, happened to anybody twice."""
    by_type: dict[str, Counter[str]] = {}
    happened: Counter[tuple[str, str, str | None]] = Counter()
    for text in texts:
        event = orjson.loads(text)
        name, data = event["type"].split(".")[2], event["data"]
        by_type.setdefault(name, Counter())[data["enterprise"]] += 1
        happened[name, data["enterprise"], data.get("due_on")] += 1
    none: Counter[str] = Counter()
    willing, held = by_type.get("WillStated", none), by_type.get("VisitHeld", none)
    overdue, ended = by_type.get("VisitOverdue", none), by_type.get("AccompanimentEnded", none)
    wrong = [f"{what} {count} times" for what, count in happened.items() if count > 1]
    wrong += [f"never overdue: {code}" for code in willing if not held[code] and not overdue[code]]
    wrong += [f"accompanied and never released: {code}" for code in by_type.get("EnterpriseUnionized", none) - ended]
    return wrong


async def operators_find_nothing(replicas: Iterable[Replica]) -> list[str]:
    """`gonglian parity` folds the log independently, `gonglian audit` recomputes it; neither finds anything."""
    wrong = []
    for replica in replicas:
        for words in (["parity", "--all", "--json"], ["audit", "verify", replica.service, "--json"]):
            said = await asyncio.to_thread(replica.command, *words)
            if said.returncode != 0:
                wrong.append(f"{replica.service}: {' '.join(words)}: {said.stdout[-500:]} {said.stderr[-500:]}")
    return wrong


async def topic_complete(bootstrap: str, topic: str, texts: list[bytes]) -> list[str]:
    """Who reads the topic and drops what is not above the last has the log, byte for byte."""
    # From the beginning by its own rule: a reset to the latest, under way since the start, would win over a seek.
    consumer = aiokafka.AIOKafkaConsumer(
        bootstrap_servers=bootstrap, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    place = aiokafka.TopicPartition(topic, 0)
    consumer.assign([place])
    await consumer.start()
    read: list[bytes] = []
    first = None
    try:
        end = (await consumer.end_offsets([place]))[place]
        while await consumer.position(place) < end:
            for record in (await consumer.getmany(place, timeout_ms=1000, max_records=_PAGE)).get(place, ()):
                sequence = int(record.value[13:32])
                first = first or sequence
                if sequence <= len(read) and record.value != read[sequence - 1]:
                    return [f"two texts with the number {sequence}"]
                if sequence == len(read) + 1:
                    read.append(record.value)
    finally:
        await consumer.stop()
    return (
        []
        if read == texts
        else [f"the topic has {len(read)} of {len(texts)} events in order, from {first} on, in {end} records"]
    )
