"""Is a sealed event read back as it was, by us and by any CloudEvents SDK, and is junk refused as junk?"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.cloudevent import (
    CONTENT_TYPE,
    GENESIS,
    Recorded,
    Sealed,
    Undecodable,
    UnknownType,
    decode,
    event_time,
    seal,
    tail,
    text_hash,
    type_of,
)
from contracts.enterprise import EnterpriseRegistered
from contracts.event import Event
from eventing import feed
from tests.support.cloudevents_sdk import read_structured
from tests.support.sample_events import SAMPLES, SCHEMAS, SOURCE, an_envelope, sealed_log

HEADERS = [("content-type", CONTENT_TYPE.encode())]
LOG = tuple(sealed_log())
ENVELOPE = an_envelope()
REGISTERED = next(event for event in SAMPLES if isinstance(event, EnterpriseRegistered))

every_sample = pytest.mark.parametrize("event", SAMPLES, ids=lambda event: type(event).__name__)
every_sealed = pytest.mark.parametrize(
    ("sequence", "event", "text"),
    [
        pytest.param(sequence, event, text, id=type(event).__name__)
        for sequence, (event, text) in enumerate(zip(SAMPLES, LOG, strict=True), 1)
    ],
)

# What a registered name may be made of: any character but controls, <, > and what UTF-8 cannot say.
names = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="<>\x7f", min_codepoint=0x20),
    min_size=2,
    max_size=120,
)
zones = st.builds(timezone, st.integers(-23 * 60, 23 * 60).map(lambda minutes: timedelta(minutes=minutes)))
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)


@every_sealed
def test_a_sealed_event_is_read_back_as_it_was(sequence: int, event: Event, text: bytes) -> None:
    assert decode(text) == Recorded(event, an_envelope(sequence), sequence)
    assert type_of(text) == event.type_name()
    assert event_time(text) == an_envelope(sequence).time


@every_sealed
def test_its_place_is_read_without_the_rest(sequence: int, event: Event, text: bytes) -> None:
    sealed = Sealed.read(text)
    assert (sealed.sequence, sealed.text, sealed.hash) == (sequence, text, text_hash(text))
    assert json.loads(text)["prevhash"] == sealed.prevhash


def test_each_event_carries_the_hash_of_the_one_before_it() -> None:
    log = [Sealed.read(text) for text in LOG]
    assert log[0].prevhash == GENESIS
    assert all(after.prevhash == before.hash for before, after in pairwise(log))
    assert [sealed.sequence for sealed in log] == list(range(1, len(log) + 1))


@every_sample
def test_the_same_event_gives_the_same_bytes(event: Event) -> None:
    text = seal(tail(event, ENVELOPE, SCHEMAS), 41, GENESIS)
    read = decode(text)
    assert seal(tail(read.event, read.envelope, SCHEMAS), read.sequence, GENESIS) == text
    assert b"\n" not in text


@every_sample
def test_a_tail_is_read_before_its_sequence_is_known(event: Event) -> None:
    assert decode(b"{" + tail(event, ENVELOPE, SCHEMAS).encode()) == Recorded(event, ENVELOPE, 0)


@given(names, st.integers(1, 10**19 - 1), st.datetimes(datetime(1950, 1, 1), timezones=zones))
def test_any_registered_name_and_any_offset_survive(name: str, sequence: int, time: datetime) -> None:
    event = REGISTERED.model_copy(update={"name": name})
    envelope = replace(ENVELOPE, time=time)
    text = seal(tail(event, envelope, SCHEMAS), sequence, GENESIS)
    assert decode(text) == Recorded(event, envelope, sequence)
    assert event_time(text).utcoffset() == time.utcoffset()
    assert feed.split(feed.join([text, text])) == [Sealed.read(text)] * 2


@pytest.mark.parametrize(
    "name",
    [
        "西安示例机械有限公司",
        "𠮷野家（西安）",
        "Zoë & 💪 有限公司",
        'a","data":{"enterprise":"x',
        'he said "type":"x"',
        "行\u2028列\u2029末",
        "back\\slash",
    ],
)
def test_a_name_never_passes_for_the_text_around_it(name: str) -> None:
    event = REGISTERED.model_copy(update={"name": name})
    text = seal(tail(event, ENVELOPE, SCHEMAS), 7, GENESIS)
    assert decode(text).event == event
    assert type_of(text) == event.type_name()
    assert feed.split(feed.join([text, text])) == [Sealed.read(text)] * 2


def test_a_type_that_this_version_does_not_know_is_told_apart_from_junk() -> None:
    text = LOG[0].replace(b"EnterpriseRegistered.v1", b"EnterpriseRegistered.v9")
    assert type_of(text) == "gonglian.enterprise.EnterpriseRegistered.v9"
    with pytest.raises(UnknownType):
        decode(text)


def test_a_field_that_this_version_does_not_know_is_left_out() -> None:
    text = LOG[0].replace(b'"data":{', b'"data":{"from_the_future":1,')
    assert decode(text).event == SAMPLES[0]


@pytest.mark.parametrize(
    "junk",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{}", id="an empty object"),
        pytest.param(LOG[0][:111], id="cut within its place"),
        pytest.param(b" " + LOG[0], id="shifted"),
        pytest.param(LOG[0].replace(b'"0000000000000000001"', b'"000000000000000000x"', 1), id="no number"),
        pytest.param("{“sequence”:“1”".encode() * 9, id="other quotes"),
        pytest.param(LOG[0][:32] + b"x" * 90, id="a number and nothing after it"),
    ],
)
def test_what_has_no_place_is_refused(junk: bytes) -> None:
    with pytest.raises(Undecodable):
        Sealed.read(junk)


def reads_or_refuses(read: Callable[[bytes], object], junk: bytes) -> None:
    """Whatever it is given: nothing but `Undecodable`, or `UnknownType` for another's event."""
    with suppress(Undecodable, UnknownType):
        read(junk)


@given(st.binary(max_size=300) | st.binary(min_size=100, max_size=200).map(lambda rest: LOG[0][:13] + rest))
def test_random_bytes_are_refused_as_such(junk: bytes) -> None:
    reads_or_refuses(Sealed.read, junk)
    reads_or_refuses(decode, junk)


@given(st.sampled_from(LOG), st.integers(0, 600), st.binary(max_size=4))
def test_a_damaged_event_is_refused_as_such(text: bytes, at: int, damage: bytes) -> None:
    damaged = text[:at] + damage + text[at + len(damage) :]
    reads_or_refuses(Sealed.read, damaged)
    reads_or_refuses(decode, damaged)
    reads_or_refuses(decode, text[:at])


@pytest.mark.parametrize("read", [type_of, event_time])
def test_a_place_without_an_event_behind_it_is_refused_as_such(read: Callable[[bytes], object]) -> None:
    reads_or_refuses(read, LOG[0][:112] + b"}")


@given(json_values)
def test_any_other_json_is_refused_as_such(value: Any) -> None:
    reads_or_refuses(decode, json.dumps(value).encode())


@pytest.mark.parametrize("attribute", json.loads(LOG[0]))
@given(value=json_values)
def test_a_wrong_attribute_is_refused_as_such(attribute: str, value: Any) -> None:
    reads_or_refuses(decode, json.dumps(json.loads(LOG[0]) | {attribute: value}).encode())


@every_sealed
def test_the_cloudevents_sdk_reads_it(sequence: int, event: Event, text: bytes) -> None:
    read = read_structured(text, HEADERS)
    assert read.get_specversion() == "1.0"
    assert read.get_id() == str(an_envelope(sequence).id)
    assert read.get_source() == SOURCE
    assert read.get_type() == event.type_name()
    assert read.get_subject() == event.stream
    assert read.get_time() == an_envelope(sequence).time
    assert read.get_datacontenttype() == "application/json"
    assert read.get_dataschema() == f"{SCHEMAS}/{event.type_name()}.json"
    assert read.get_data() == event.model_dump(mode="json")
    extensions = {
        name: read.get_extension(name)
        for name in (
            "sequence",
            "prevhash",
            "correlationid",
            "causationid",
            "causationdepth",
            "streamversion",
            "recordedtime",
        )
    }
    assert extensions == {
        "sequence": f"{sequence:019d}",
        "prevhash": Sealed.read(text).prevhash,
        "correlationid": ENVELOPE.correlation,
        "causationid": ENVELOPE.causation,
        "causationdepth": 2,
        "streamversion": sequence,
        "recordedtime": "2025-05-20T04:00:01.234567+00:00",
    }


def test_sequences_sort_as_text_as_they_do_as_numbers() -> None:
    texts = [seal(tail(REGISTERED, ENVELOPE, SCHEMAS), number, GENESIS) for number in (9, 10, 11, 99, 100, 10**18)]
    written = [read_structured(text, HEADERS).get_extension("sequence") for text in texts]
    assert written == sorted(written)


def test_the_sdk_reads_attribute_names_and_integers_that_the_specification_allows() -> None:
    for name, value in json.loads(LOG[0]).items():
        assert name.isalnum()
        assert name.islower()
        assert len(name) <= 20
        if isinstance(value, int):
            assert -(2**31) <= value < 2**31


def test_the_feed_keeps_the_bytes() -> None:
    assert [sealed.text for sealed in feed.split(feed.join(LOG))] == list(LOG)
    assert feed.split(feed.join([])) == []


def test_the_feed_is_a_cloudevents_batch() -> None:
    batch = json.loads(feed.join(LOG))
    assert [json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() for one in batch] == list(LOG)
    for one, event in zip(batch, SAMPLES, strict=True):
        read = read_structured(json.dumps(one).encode(), HEADERS)
        assert (read.get_type(), read.get_data()) == (event.type_name(), event.model_dump(mode="json"))
    assert json.loads(feed.join([])) == []


def test_business_and_machine_time_carry_their_offset() -> None:
    read = json.loads(LOG[0])
    assert datetime.fromisoformat(read["time"]).utcoffset() == timedelta(hours=8)
    assert datetime.fromisoformat(read["recordedtime"]).tzinfo == UTC


@every_sample
def test_the_first_epoch_is_not_said_and_a_later_one_stands_beside_the_place(event: Event) -> None:
    """The bytes of logs that never opened an epoch stay what they were, and so do their hashes."""
    text = tail(event, ENVELOPE, SCHEMAS)
    plain, later = seal(text, 7, GENESIS), seal(text, 7, GENESIS, 12)
    assert b'"epoch"' not in plain
    assert later == plain.replace(b'","specversion"', b'","epoch":12,"specversion"', 1)
    for sealed, epoch in ((Sealed.read(plain), 0), (Sealed.read(later), 12)):
        assert (sealed.sequence, sealed.prevhash, sealed.epoch, sealed.tail) == (7, GENESIS, epoch, text)
        assert decode(sealed.text) == Recorded(event, ENVELOPE, 7)
        assert type_of(sealed.text) == event.type_name()
    assert read_structured(later, HEADERS).get_attributes()["epoch"] == 12


@pytest.mark.parametrize(
    "said", [b'"epoch":0,', b'"epoch":"1",', b'"epoch":-1,', b'"epoch":01,', b'"epoch":1234567890,']
)
def test_an_epoch_that_is_none_is_not_taken_for_one(said: bytes) -> None:
    assert Sealed.read(LOG[0][:112] + said + LOG[0][112:]).epoch == 0
