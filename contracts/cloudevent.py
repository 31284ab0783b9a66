"""The sealed event: a CloudEvent in structured JSON whose text, once made, is the same in log, topic and feed."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Self
from uuid import UUID

import orjson

from contracts.catalogue import READERS
from contracts.event import Event

GENESIS = "0" * 64
"""The `prevhash` of a log's first event."""

CONTENT_TYPE = "application/cloudevents+json"
BATCH_CONTENT_TYPE = "application/cloudevents-batch+json"

_SEQUENCE = slice(13, 32)  # {"sequence":"<19 digits>
_PREVHASH = slice(46, 110)  # ","prevhash":"<64 hex>
_HEAD = 112
_TYPE, _TIME, _SUBJECT = b'"type":"', b'"time":"', b'"subject":"'
_STREAM = re.compile(r"[\x21-\x7e]{1,200}")
_EPOCH = re.compile(rb'"epoch":([1-9][0-9]{0,8}),')


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is known of an event besides its data. Times carry an offset; `time` is business time (domain),
    `recorded_at` machine time. `depth` counts the policies between the first cause and this event."""

    id: UUID
    source: str
    time: datetime
    recorded_at: datetime
    version: int
    correlation: str
    causation: str
    depth: int = 0


def tail(event: Event, envelope: Envelope, schemas: str) -> str:
    """The text from `specversion` to the end of `data`, made at append, before the sequence is known.

    `schemas` is the address under which the platform serves its schemas.
    """
    kind = event.type_name()
    attributes = orjson.dumps(
        {
            "specversion": "1.0",
            "id": str(envelope.id),
            "source": envelope.source,
            "type": kind,
            "subject": event.stream,
            "time": envelope.time.isoformat(),
            "recordedtime": envelope.recorded_at.isoformat(),
            "streamversion": envelope.version,
            "correlationid": envelope.correlation,
            "causationid": envelope.causation,
            "causationdepth": envelope.depth,
            "datacontenttype": "application/json",
            "dataschema": f"{schemas}/{kind}.json",
        }
    ).decode()
    return f'{attributes[1:-1]},"data":{event.model_dump_json()}}}'


def seal(tail: str, sequence: int, prevhash: str, epoch: int = 0) -> bytes:
    """The final text of an event at its place in the log. The first epoch, 0, isn't said."""
    said = f'"epoch":{epoch},' if epoch else ""
    return f'{{"sequence":"{sequence:019d}","prevhash":"{prevhash}",{said}{tail}'.encode()


def text_hash(text: bytes) -> str:
    """SHA-256 over exactly these bytes, as 64 hex digits: the next event's `prevhash`."""
    return sha256(text).hexdigest()


class Undecodable(Exception):
    """Bytes that are no sealed event of this platform."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed text with its place in the log; nothing but the place is parsed."""

    sequence: int
    prevhash: str
    text: bytes
    epoch: int = 0

    @classmethod
    def read(cls, text: bytes) -> Self:
        """Take the place from its fixed positions; raises `Undecodable`."""
        place = text[_SEQUENCE]
        frame = text[:13] + text[32:46] + text[110:_HEAD]
        if frame != b'{"sequence":"","prevhash":"",' or not place.isdigit():
            raise Undecodable(text[:40].decode("latin-1"))
        said = _EPOCH.match(text, _HEAD) if text.startswith(b'"epoch"', _HEAD) else None
        return cls(int(place), text[_PREVHASH].decode("latin-1"), text, int(said[1]) if said else 0)

    @property
    def tail(self) -> str:
        """The text from `specversion` on: what was known before the event had its place."""
        said = _EPOCH.match(self.text, _HEAD)
        return self.text[said.end() if said else _HEAD :].decode()

    @property
    def hash(self) -> str:
        return text_hash(self.text)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its envelope, as read back from a store, a topic or a feed. `sequence` is 0 until sealed."""

    event: Event
    envelope: Envelope
    sequence: int = 0


class UnknownType(Exception):
    """An event of a type that this version doesn't know: newer, or another context's."""


def type_of(text: bytes) -> str:
    """The CloudEvents type of a sealed text, without decoding the rest."""
    return _attribute(text, _TYPE)


def data_of(text: bytes) -> bytes:
    """The JSON of the event's own data, without decoding the rest; raises `Undecodable` where it isn't there."""
    # No attribute holds these bytes: in a JSON string the quotes would be escaped.
    start = text.find(b',"data":', _HEAD)
    if start < 0:
        raise Undecodable("data")
    return text[start + 8 : -1]


def event_time(text: bytes) -> datetime:
    """The business time of a sealed text, without decoding the rest."""
    try:
        return datetime.fromisoformat(_attribute(text, _TIME))
    except ValueError as wrong:
        raise Undecodable("time") from wrong


def stream_of(text: bytes) -> str | None:
    """The stream (CloudEvents `subject`) of a sealed text, without decoding the rest; None where it says none."""
    try:
        stream = _attribute(text, _SUBJECT)
    except Undecodable:
        return None
    return stream if _STREAM.fullmatch(stream) else None


def _attribute(text: bytes, begins: bytes) -> str:
    """A string attribute, by its place in the text; raises `Undecodable` where it isn't there."""
    start = text.find(begins, _HEAD)
    end = text.find(b'"', start + len(begins))
    if start < 0 or end < 0:
        raise Undecodable(begins.decode())
    return text[start + len(begins) : end].decode("latin-1")


def decode(text: bytes) -> Recorded:
    """Read a sealed text, or a tail with a brace before it; raises `Undecodable` for bytes, `UnknownType`
    for a type that this version doesn't know.

    The event comes in its newest version, whichever it was written in: `type_of(text)` says that.
    """
    try:
        read = orjson.loads(text)
        if (read_data := READERS.get(read["type"])) is None:
            raise UnknownType(read["type"])
        return Recorded(
            read_data(read["data"]),
            Envelope(
                id=UUID(str(read["id"])),
                source=read["source"],
                time=datetime.fromisoformat(read["time"]),
                recorded_at=datetime.fromisoformat(read["recordedtime"]),
                version=read["streamversion"],
                correlation=read["correlationid"],
                causation=read["causationid"],
                depth=read["causationdepth"],
            ),
            int(read.get("sequence", 0)),
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise Undecodable(str(wrong)) from wrong
