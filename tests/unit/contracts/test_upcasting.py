"""Is an event of an old version read as one of the newest, everywhere, and is no old version left without its step?"""

import json
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import cloudevent, enterprise_v1
from contracts.catalogue import CHAINS, READERS, TYPES, UPCASTS, type_names
from contracts.cloudevent import GENESIS, Sealed, Undecodable, UnknownType, decode, seal, tail, text_hash, type_of
from contracts.creditcode import make_credit_code
from contracts.enterprise import EnterpriseSurveyed, SizeClass, VisitHeld
from contracts.event import Event
from contracts.upcasting import BrokenChain, Upcast, chains, reader
from eventing.builds import fingerprint, known_types
from eventing.fold import Fold, fold_in_memory
from services.enterprise.decider.enterprise import ENTERPRISE, Willing
from services.enterprise.views.enterprises import ENTERPRISES
from services.projection.scoreboard import SCOREBOARD
from tests.support.cloudevents_sdk import read_structured
from tests.support.old_log import BAKERY, MACHINES, OLD_LOG
from tests.support.sample_events import OLD_SAMPLES, SAMPLES, SCHEMAS, an_envelope

V1, V2 = "gonglian.enterprise.EnterpriseSurveyed.v1", "gonglian.enterprise.EnterpriseSurveyed.v2"
DAY = date(2025, 5, 6)
OLD_SURVEYS = [text for text in OLD_LOG if type_of(text) == V1]


class Moved(Event):
    """A toy in three versions; each model is a class of the same name, as the type name wants it."""

    CONTEXT: ClassVar[str] = "toys"
    STREAM: ClassVar[str] = "toy-{toy}"
    VERSION: ClassVar[int] = 3

    toy: str
    metres: int
    upwards: bool


def earlier(version: int, **fields: Any) -> type[Event]:
    body = {"__annotations__": {"toy": str, **fields}, "VERSION": version, "__module__": __name__}
    return type("Moved", (Event,), {"CONTEXT": "toys", "STREAM": "toy-{toy}", **body})


Moved1, Moved2 = earlier(1, kilometres=int), earlier(2, metres=int)


def to_2(old: Any) -> Event:
    return Moved2(toy=old.toy, metres=1000 * old.kilometres)


def to_3(old: Any) -> Moved:
    return Moved(toy=old.toy, metres=old.metres, upwards=False)


VISITED = next(event for event in SAMPLES if isinstance(event, VisitHeld))
FIRST, SECOND = Upcast(Moved1, Moved2, to_2), Upcast(Moved2, Moved, to_3)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        pytest.param(Moved1, {"toy": "car", "kilometres": 2}, id="from 1 over 2 to 3"),
        pytest.param(Moved2, {"toy": "car", "metres": 2000}, id="from 2 to 3"),
        pytest.param(Moved, {"toy": "car", "metres": 2000, "upwards": False}, id="3 is 3"),
    ],
)
@pytest.mark.parametrize("table", [(FIRST, SECOND), (SECOND, FIRST)], ids=["in order", "in another order"])
def test_versions_chain(kind: type[Event], data: dict[str, Any], table: tuple[Upcast[Any, Any], ...]) -> None:
    """Mechanism: `chains` joins the steps from any version to the newest."""
    read = reader(kind, chains([Moved], table)[kind])
    assert read(data) == Moved(toy="car", metres=2000, upwards=False)


def test_the_newest_version_goes_no_way_round() -> None:
    """Mechanism: the newest version's reader is pydantic's own; an upcaster elsewhere costs it nothing."""
    for kind, steps in CHAINS.items():
        assert (READERS[kind.type_name()] == kind.model_validate) is (steps == ())


@pytest.mark.parametrize(
    ("newest", "table", "why"),
    [
        pytest.param([Moved], (), r"Moved\.v3: no upcaster from version 2", id="none"),
        pytest.param([Moved], (SECOND,), r"Moved\.v2: no upcaster from version 1", id="the first step missing"),
        pytest.param([Moved], (FIRST,), r"Moved\.v3: no upcaster from version 2", id="the last step missing"),
        pytest.param([Moved], (FIRST, SECOND, SECOND), r"Moved\.v2 has two upcasters", id="a step twice"),
        pytest.param(
            [Moved], (Upcast(Moved1, Moved, to_3),), r"Moved\.v3 is not the version after .*v1", id="a step too long"
        ),
        pytest.param(
            [VisitHeld],
            (Upcast(Moved1, VisitHeld, lambda _: VISITED),),
            r"VisitHeld\.v1 is not the version",
            id="another event",
        ),
        pytest.param([Moved2], (FIRST, SECOND), r"Moved\.v3: upcast to, yet not published", id="to what nobody knows"),
    ],
)
def test_a_version_without_its_step_is_refused_when_the_code_loads(
    newest: list[type[Event]], table: tuple[Upcast[Any, Any], ...], why: str
) -> None:
    """Mechanism: `chains`, by which the catalogue is made at import, walks from the newest version down to 1."""
    with pytest.raises(BrokenChain, match=why):
        chains(newest, table)


def test_without_its_upcaster_the_real_contract_does_not_load() -> None:
    """Mechanism: the same, on the table that is in force: no row of it can be taken out."""
    newest = [kind for kind, steps in CHAINS.items() if not steps]
    assert chains(newest, UPCASTS) == CHAINS
    for missing in UPCASTS:
        with pytest.raises(BrokenChain):
            chains(newest, [step for step in UPCASTS if step is not missing])


@pytest.mark.parametrize("old", OLD_SAMPLES, ids=lambda event: event.type_name())
def test_an_old_event_becomes_the_newest_of_the_same_stream(old: Event) -> None:
    """Mechanism: the upcasters of the catalogue, on a sample of every old version."""
    text = seal(tail(old, an_envelope(), SCHEMAS), 1, GENESIS)
    read = decode(text)
    assert type_of(text) == old.type_name()
    assert type(read.event) in {type(event) for event in SAMPLES}
    assert read.event.type_name() != old.type_name()
    assert (read.event.stream, read.envelope, read.sequence) == (old.stream, an_envelope(), 1)


@given(
    st.builds(
        enterprise_v1.EnterpriseSurveyed,
        enterprise=st.integers(1, 999).map(lambda n: make_credit_code("91", "610102", n)),
        headcount=st.integers(0, 1_000_000),
        size_class=st.none() | st.sampled_from(SizeClass),
        surveyed_on=st.dates(date(1949, 10, 1), date(2199, 12, 31)),
    )
)
def test_whatever_was_surveyed_in_version_1_can_be_read(old: enterprise_v1.EnterpriseSurveyed) -> None:
    """Mechanism: the upcaster is total: version 2 allows all that 1 allowed, and the headcount was the contracts'."""
    assert READERS[V1](json.loads(old.model_dump_json())) == EnterpriseSurveyed(
        enterprise=old.enterprise,
        labour_contracts=old.headcount,
        dispatched=0,
        size_class=old.size_class,
        surveyed_on=old.surveyed_on,
    )


def test_a_text_of_an_older_release_is_read_as_of_today() -> None:
    """Mechanism: `decode` upcasts real bytes; the SDK and the chain see them as they were written."""
    assert [decode(text).event for text in OLD_SURVEYS] == [
        EnterpriseSurveyed(
            enterprise=MACHINES, labour_contracts=120, dispatched=0, size_class=SizeClass.MEDIUM, surveyed_on=DAY
        ),
        EnterpriseSurveyed(enterprise=BAKERY, labour_contracts=49, dispatched=0, size_class=None, surveyed_on=DAY),
    ]
    for text in OLD_SURVEYS:
        read = read_structured(text, [("content-type", b"application/cloudevents+json")])
        assert read.get_type() == V1
        assert "headcount" in (read.get_data() or {})
    assert all(Sealed.read(after).prevhash == text_hash(before) for before, after in pairwise(OLD_LOG))


def test_a_version_1_that_is_damaged_is_junk_and_a_version_3_is_unknown() -> None:
    """Mechanism: an old version's bytes are still validated by its own model, so junk doesn't pass as a survey."""
    (text, _) = OLD_SURVEYS
    with pytest.raises(Undecodable):
        decode(text.replace(b'"headcount":120', b'"headcount":"many"'))
    with pytest.raises(Undecodable):
        decode(text.replace(b'"headcount":120', b'"labour_contracts":120,"dispatched":0'))
    with pytest.raises(UnknownType, match=r"EnterpriseSurveyed\.v3"):
        decode(text.replace(b"Surveyed.v1", b"Surveyed.v3"))
    assert not issubclass(UnknownType, Undecodable)
    assert not issubclass(Undecodable, UnknownType)


def test_who_knows_version_1_only_is_told_that_version_2_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mechanism: a newer version has another type name, so an older consumer tells it from junk."""
    survey = next(event for event in SAMPLES if isinstance(event, EnterpriseSurveyed))
    text = seal(tail(survey, an_envelope(), SCHEMAS), 1, GENESIS)
    monkeypatch.setattr(cloudevent, "READERS", {name: read for name, read in READERS.items() if name != V2})
    with pytest.raises(UnknownType, match=r"EnterpriseSurveyed\.v2"):
        decode(text)


def test_an_event_goes_by_the_names_of_all_its_versions() -> None:
    """Mechanism: `type_names`, by which readers and policies tell what is theirs."""
    assert type_names(EnterpriseSurveyed) == {V1, V2}
    assert type_names(VisitHeld) == {"gonglian.enterprise.VisitHeld.v1"}
    assert frozenset().union(*(type_names(kind) for kind, steps in CHAINS.items() if not steps)) == TYPES.keys()


@pytest.mark.parametrize("old", [kind for kind, steps in CHAINS.items() if steps], ids=lambda kind: kind.type_name())
def test_nobody_waits_for_an_old_version(old: type[Event]) -> None:
    """Mechanism: `type_names` refuses an old version at start; a policy or fold of it would do nothing, unseen."""
    with pytest.raises(ValueError, match="is an old version"):
        type_names(old)


def test_a_version_added_changes_the_fingerprint_of_every_fold_that_takes_the_event() -> None:
    """Mechanism: the fingerprint holds all type names, so builds of older code are folded anew."""

    def fold(event: type[Event]) -> Fold:
        return Fold("toys", Moved, (event,), key=lambda _: None, apply=lambda row, _: row)

    assert known_types(fold(Moved)) == {f"gonglian.toys.Moved.v{version}" for version in (1, 2, 3)}
    assert len({fingerprint(fold(kind)) for kind in (Moved1, Moved2, Moved)}) == 3
    assert {V1, V2} <= known_types(SCOREBOARD) & known_types(ENTERPRISES)


def test_a_stream_begun_in_version_1_is_decided_and_shown_like_any_other() -> None:
    """Mechanism: `decode` hands folds and deciders the newest version only."""
    facts = [decode(text).event for text in OLD_LOG]
    state = ENTERPRISE.of(MACHINES).fold([event for event in facts if event.stream == f"enterprise-{MACHINES}"])
    assert isinstance(state, Willing)
    assert (state.survey.latest.labour_contracts, state.survey.latest.dispatched) == (120, 0)
    rows, _ = fold_in_memory(ENTERPRISES, facts)
    assert {code: (row.headcount, row.dispatched) for code, row in rows.items()} == {
        MACHINES: (120, 0),
        BAKERY: (49, 0),
    }
