"""What an older release left behind: a log, byte for byte, from before EnterpriseSurveyed had a version 2."""

import json
from pathlib import Path

from contracts.cloudevent import Sealed
from contracts.creditcode import make_credit_code
from tests.support.logs import LogUnderTest
from tests.support.reading import seal_all

OLD_LOG: tuple[bytes, ...] = tuple((Path(__file__).parent / "enterprise_v1.jsonl").read_bytes().splitlines())
"""MACHINES registered, surveyed (120, medium); BAKERY registered, surveyed (49, no class); MACHINES willing."""

MACHINES, BAKERY = make_credit_code("91", "610102", 1), make_credit_code("91", "610113", 2)
SOURCE = "/regions/610000/enterprise"

_TAIL = 112
"""Where the text begins that the event table keeps."""


async def restore(log: LogUnderTest) -> list[Sealed]:
    """Put the old log where a service of today finds it, sealed as it was; the whole log."""
    for text in OLD_LOG:
        read = json.loads(text)
        await log.pool.execute(
            "with e as (insert into event (stream, version, id, tail) values ($1, $2, $3, $4) returning pos)"
            " insert into unsealed select pos from e",
            read["subject"],
            read["streamversion"],
            read["id"],
            text[_TAIL:].decode(),
        )
    sealed = await seal_all(log)
    assert [event.text for event in sealed] == list(OLD_LOG)
    return sealed
