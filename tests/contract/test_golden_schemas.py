"""Does the contract only grow? The gate refuses what would hurt somebody, passes what would not, and is closed now."""

import json
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import pytest
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import validator_for
from pydantic import BaseModel, ConfigDict, Field, create_model

from contracts import schema_gate
from contracts.catalogue import TYPES
from contracts.cloudevent import type_of
from contracts.enterprise import EnterpriseSurveyed
from contracts.event import Event
from contracts.schema_changes import READERS, STORED, breaking_changes
from tests.support.old_log import OLD_LOG
from tests.support.sample_events import OLD_SAMPLES, SAMPLES


class Size(StrEnum):
    LARGE = "large"
    SMALL = "small"


class WithMicro(StrEnum):
    MICRO = "micro"
    SMALL = "small"
    LARGE = "large"


class OnlyLarge(StrEnum):
    LARGE = "large"


class Place(BaseModel):
    county: str


class PlaceWithTown(BaseModel):
    county: str
    town: str | None = None


class PlaceWithStreet(BaseModel):
    county: str
    street: str


class ClosedPlace(BaseModel):
    model_config = ConfigDict(extra="forbid")
    county: str


class ClosedPlaceWithTown(ClosedPlace):
    town: str | None = None


class Tree(BaseModel):
    branches: list["Tree"]


Bounded = Annotated[int, Field(ge=1, le=9)]
Short = Annotated[str, Field(min_length=2, max_length=9, pattern="^[ab]+$")]
Few = Annotated[list[int], Field(max_length=3)]


def schema(**fields: Any) -> dict[str, Any]:
    """Of an event with these fields; a type, or a type and a default."""
    given = {name: field if isinstance(field, tuple) else (field, ...) for name, field in fields.items()}
    return create_model("Happened", __base__=Event, **given).model_json_schema(mode="serialization")  # type: ignore[no-any-return,call-overload]


def changes(old: Any, new: Any) -> list[str]:
    """What changes for `data.it`, whose type is `old` and becomes `new`."""
    return breaking_changes(schema(it=old), schema(it=new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(schema(a=int), schema(a=int, b=(int, 3)), id="optional field added"),
        pytest.param(schema(a=int), schema(a=int, b=(int | None, None)), id="nullable optional field added"),
        pytest.param(schema(a=Place), schema(a=PlaceWithTown), id="optional field added within"),
        pytest.param(schema(a=list[Place]), schema(a=list[PlaceWithTown]), id="optional field added in a list"),
        pytest.param(schema(a=Size), schema(a=WithMicro), id="enum value added, in another order"),
        pytest.param(schema(a=OnlyLarge), schema(a=Size), id="enum of one value grows"),
        pytest.param(schema(a=Size | None), schema(a=WithMicro | None), id="enum value added to a nullable"),
        pytest.param(schema(a=Size), schema(a=Literal["small", "large"]), id="the same values without a definition"),
        pytest.param(schema(a=int), schema(a=Annotated[int, Field(description="counted")]), id="description added"),
        pytest.param(schema(a=int, b=str), schema(b=str, a=int), id="fields in another order"),
        pytest.param(schema(a=int | None), schema(a=None | int), id="union in another order"),
        pytest.param(schema(a=Tree), schema(a=Tree), id="a definition within itself"),
        pytest.param(schema(title=int), schema(title=int, description=(int, 0)), id="fields that are named like texts"),
    ],
)
def test_what_both_sides_survive_passes(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert breaking_changes(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "field", "hurt"),
    [
        pytest.param(schema(a=int, b=int), schema(a=int), "data.b", READERS, id="field removed"),
        pytest.param(schema(a=int, b=(int, 1)), schema(a=int), "data.b", READERS, id="optional field removed"),
        pytest.param(schema(title=int, a=int), schema(a=int), "data.title", READERS, id="field named title removed"),
        pytest.param(schema(a=int), schema(a=int, b=int), "data.b", STORED, id="required field added"),
        pytest.param(schema(b=(int, 1)), schema(b=int), "data.b", STORED, id="made required"),
        pytest.param(schema(b=int), schema(b=(int, 1)), "data.b", READERS, id="no longer promised"),
        pytest.param(schema(b=(int, 1)), schema(b=(int, 2)), "data.b", "stored events", id="default changed"),
        pytest.param(schema(a=Place), schema(a=PlaceWithStreet), "data.a.street", STORED, id="required field within"),
        pytest.param(
            schema(a=dict[str, Place]), schema(a=dict[str, PlaceWithStreet]), "data.a[].street", STORED, id="in a dict"
        ),
        pytest.param(
            schema(a=ClosedPlace), schema(a=ClosedPlaceWithTown), "data.a.town", READERS, id="field in what was closed"
        ),
    ],
)
def test_a_field_that_somebody_relies_on_stays(old: dict[str, Any], new: dict[str, Any], field: str, hurt: str) -> None:
    (change,) = breaking_changes(old, new)
    assert change.startswith(f"{field}: ")
    assert hurt in change


@pytest.mark.parametrize(
    ("old", "new", "hurt"),
    [
        pytest.param(int | None, int, STORED, id="null lost"),
        pytest.param(int | str, int, STORED, id="union lost an option"),
        pytest.param(Place | Size, Place, STORED, id="union of definitions lost an option"),
        pytest.param(date | datetime, date, STORED, id="union of two strings lost one"),
        pytest.param(Size, OnlyLarge, STORED, id="enum value removed"),
        pytest.param(Size | None, OnlyLarge | None, STORED, id="enum value removed from a nullable"),
        pytest.param(list[Size], list[OnlyLarge], STORED, id="enum value removed in a list"),
        pytest.param(str, Size, STORED, id="text became an enum"),
        pytest.param(Bounded, Annotated[int, Field(ge=1, le=8)], STORED, id="maximum lowered"),
        pytest.param(Bounded, Annotated[int, Field(ge=2, le=9)], STORED, id="minimum raised"),
        pytest.param(Bounded, Annotated[int, Field(ge=1, lt=9)], STORED, id="maximum became exclusive"),
        pytest.param(int, Bounded, STORED, id="bounds introduced"),
        pytest.param(list[int], Few, STORED, id="list shortened"),
        pytest.param(Short, Annotated[str, Field(min_length=2, max_length=8, pattern="^[ab]+$")], STORED, id="shorter"),
        pytest.param(Short, Annotated[str, Field(min_length=3, max_length=9, pattern="^[ab]+$")], STORED, id="longer"),
        pytest.param(int, int | None, READERS, id="null gained"),
        pytest.param(int, int | str, READERS, id="union gained an option"),
        pytest.param(Size, str, READERS, id="enum became any text"),
        pytest.param(Bounded, Annotated[int, Field(ge=1, le=10)], READERS, id="maximum raised"),
        pytest.param(Bounded, Annotated[int, Field(le=9)], READERS, id="minimum dropped"),
        pytest.param(Few, list[int], READERS, id="list lengthened"),
        pytest.param(Short, Annotated[str, Field(min_length=2, max_length=9, pattern="^[a]+$")], STORED, id="pattern"),
        pytest.param(
            Short, Annotated[str, Field(min_length=2, max_length=9, pattern="^[abc]+$")], READERS, id="looser pattern"
        ),
        pytest.param(str, Annotated[str, Field(pattern="^a$")], STORED, id="pattern introduced"),
        pytest.param(date, datetime, STORED, id="format changed"),
        pytest.param(date, str, READERS, id="format dropped"),
        pytest.param(tuple[int, int], tuple[int, int, int], STORED, id="tuple lengthened"),
        pytest.param(tuple[int, Size], tuple[int, OnlyLarge], STORED, id="enum value removed in a tuple"),
        pytest.param(list[int], set[int], STORED, id="list became a set"),
        pytest.param(Place, ClosedPlace, STORED, id="further fields forbidden"),
        pytest.param(dict[str, int], dict[str, Bounded], STORED, id="values of a dict bounded"),
        pytest.param(int, Annotated[int, Field(multiple_of=5)], STORED, id="a keyword that the gate doesn't know"),
    ],
)
def test_a_value_stays_what_it_was(old: Any, new: Any, hurt: str) -> None:
    (change, *_) = found = changes(old, new)
    assert change.startswith("data.it")
    assert any(hurt in change for change in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(int, float, id="integer became number"),
        pytest.param(float, int, id="number became integer"),
        pytest.param(int, list[int], id="one became a list"),
        pytest.param(list[int], int, id="a list became one"),
        pytest.param(Place, str, id="object became text"),
        pytest.param(list[int], list[str], id="what a list holds"),
        pytest.param(list[int], dict[str, int], id="list became object"),
        pytest.param(bool, str, id="truth became text"),
    ],
)
def test_another_type_hurts_both_sides(old: Any, new: Any) -> None:
    found = changes(old, new)
    assert any(STORED in change for change in found)
    assert any(READERS in change for change in found)


class Surveyed(Event):
    """The enterprise was surveyed."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "enterprise-{headcount}"

    headcount: int


class Moved(Event):
    """The enterprise moved."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "enterprise-{county}"

    county: str


def grown(field: Any) -> dict[str, str]:
    """The schemas of one type, `Surveyed`, after `size` was added to it."""
    return schema_gate.generate({Surveyed.type_name(): create_model("Surveyed", __base__=Surveyed, size=field)})


GOLDEN = schema_gate.generate({kind.type_name(): kind for kind in (Surveyed, Moved)})
ONE = schema_gate.generate({Surveyed.type_name(): Surveyed})
(FILE,) = ONE


def test_written_schemas_pass_the_gate_and_changed_events_do_not(tmp_path: Path) -> None:
    assert all("is missing; run `make schemas`" in why for why in schema_gate.check(tmp_path, GOLDEN))
    assert schema_gate.write(tmp_path, GOLDEN) == []
    assert schema_gate.check(tmp_path, GOLDEN) == []
    assert schema_gate.check(tmp_path, GOLDEN | grown((int, 0))) == [
        f"{FILE}: differs from the event; run `make schemas`"
    ]


def test_a_compatible_change_is_written(tmp_path: Path) -> None:
    schema_gate.write(tmp_path, ONE)
    assert schema_gate.write(tmp_path, grown((int, 0))) == []
    assert schema_gate.read(tmp_path) == grown((int, 0))


@pytest.mark.parametrize(
    ("new", "why"),
    [
        pytest.param(GOLDEN | grown((int, ...)), f"{FILE}: data.size: new and required", id="incompatible"),
        pytest.param(ONE, "gonglian.enterprise.Moved.v1.json: its event type disappeared", id="type dropped"),
    ],
)
def test_nothing_is_overwritten_incompatibly_and_no_type_is_dropped(
    tmp_path: Path, new: dict[str, str], why: str
) -> None:
    schema_gate.write(tmp_path, GOLDEN)
    refused = schema_gate.write(tmp_path, new)
    assert refused[0].startswith(why)
    assert "new VERSION" in refused[-1]
    assert schema_gate.check(tmp_path, new) == refused
    assert schema_gate.read(tmp_path) == GOLDEN


def test_a_golden_file_with_a_merge_conflict_is_named_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("<<<<<<< HEAD\n", "utf-8")
    assert schema_gate.write(tmp_path, ONE)[0].startswith(f"{FILE}: is no JSON")
    assert schema_gate.read(tmp_path) == {FILE: "<<<<<<< HEAD\n"}


def test_the_exit_code_says_whether_the_gate_is_closed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert schema_gate.main(["check"], tmp_path) == 1
    assert schema_gate.main(["write"], tmp_path) == 0
    assert schema_gate.main(["check"], tmp_path) == 0
    (tmp_path / "gonglian.enterprise.Forgotten.v1.json").write_text("{}", "utf-8")
    capsys.readouterr()
    assert schema_gate.main(["write"], tmp_path) == 1
    assert "Forgotten.v1.json: its event type disappeared" in capsys.readouterr().err


@pytest.fixture
def release(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Publish golden schemas as v1.0.0 of a repository of their own; the folder that they lie in."""

    def publish(schemas: dict[str, str]) -> Path:
        folder = tmp_path / "contracts" / "schemas"
        folder.mkdir(parents=True)
        schema_gate.write(folder, schemas)
        author = ("-c", "user.name=test", "-c", "user.email=test@gonglian.example", "-c", "commit.gpgsign=false")
        for command in (
            ["init", "-q"],
            ["add", "-A"],
            ["commit", "-qm", "release", "--allow-empty"],
            ["tag", "v1.0.0"],
        ):
            subprocess.run(["git", "-C", str(tmp_path), *author, *command], check=True)
        return folder

    return publish


def test_what_the_last_release_published_is_kept(
    release: Callable[[dict[str, str]], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    golden = schema_gate.generate(TYPES)
    folder = release(golden)
    assert schema_gate.main(["check", "--against", "v1.0.0"], folder) == 0

    surveyed = "gonglian.enterprise.EnterpriseSurveyed.v1.json"
    assert schema_gate.published(folder, "v1.0.0") == golden
    for file in folder.iterdir():
        file.unlink()
    schema_gate.write(folder, ONE)  # as if somebody had deleted the golden files to get past `write`
    refused = schema_gate.refusals(schema_gate.published(folder, "v1.0.0"), schema_gate.read(folder))
    assert any(why.startswith(f"{surveyed}: its event type disappeared") for why in refused)
    assert schema_gate.main(["check", "--against", "v1.0.0"], folder) == 1
    assert f"v1.0.0: {surveyed}: its event type disappeared" in capsys.readouterr().err


def test_a_release_before_the_first_golden_schema_forbids_nothing(release: Callable[[dict[str, str]], Path]) -> None:
    folder = release({})
    schema_gate.write(folder, schema_gate.generate(TYPES))
    assert schema_gate.main(["check", "--against", "v1.0.0"], folder) == 0


def test_a_release_that_git_does_not_know_fails_instead_of_passing_unseen(
    release: Callable[[dict[str, str]], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = release(schema_gate.generate(TYPES))
    assert schema_gate.main(["check", "--against", "v9.9.9"], folder) == 1
    assert "v9.9.9: git knows no such ref here" in capsys.readouterr().err
    assert schema_gate.main(["check", "--against", ""], folder) == 0


def test_the_gate_is_closed() -> None:
    assert schema_gate.check(schema_gate.SCHEMAS, schema_gate.generate(TYPES)) == []


SURVEYED = "gonglian.enterprise.EnterpriseSurveyed"
OLD_SURVEYED: type[Event] = TYPES[f"{SURVEYED}.v1"]


@pytest.mark.parametrize("version", [1, 2])
def test_each_version_of_an_event_has_a_schema_that_only_grows(tmp_path: Path, version: int) -> None:
    """Mechanism: `generate` makes a schema of every version; the gate guards an old one like the newest."""
    file, kind = f"{SURVEYED}.v{version}.json", TYPES[f"{SURVEYED}.v{version}"]
    schema_gate.write(tmp_path, schema_gate.generate(TYPES))
    altered = dict(TYPES)
    altered[kind.type_name()] = create_model(kind.__name__, __base__=kind, county=(str, ...))
    refused = schema_gate.write(tmp_path, schema_gate.generate(altered))
    assert refused[0].startswith(f"{file}: data.county: new and required: {STORED}")
    dropped = schema_gate.generate({name: one for name, one in TYPES.items() if one is not kind})
    assert schema_gate.write(tmp_path, dropped)[0].startswith(f"{file}: its event type disappeared")
    assert schema_gate.read(tmp_path) == schema_gate.read(schema_gate.SCHEMAS)


def test_what_version_2_changed_could_not_have_been_done_in_version_1(tmp_path: Path) -> None:
    """Mechanism: the gate refuses the real change where it is made without a new version."""
    schema_gate.write(tmp_path, schema_gate.generate({OLD_SURVEYED.type_name(): OLD_SURVEYED}))
    refused = schema_gate.write(tmp_path, schema_gate.generate({OLD_SURVEYED.type_name(): EnterpriseSurveyed}))
    assert [why.split(": ")[1] for why in refused[:-1]] == [
        "data.dispatched",
        "data.headcount",
        "data.labour_contracts",
    ]
    assert "change-an-event.md" in refused[-1]


@pytest.mark.parametrize("text", OLD_LOG, ids=lambda text: type_of(text))
def test_what_an_older_release_wrote_is_what_its_schema_says(text: bytes) -> None:
    """Mechanism: an old version's golden schema stays, for what is stored in it and for the `dataschema` in it."""
    event = json.loads(text)
    golden = schema_gate.SCHEMAS / event["dataschema"].rsplit("/", 1)[1]
    assert golden.stem == event["type"]
    Draft202012Validator(json.loads(golden.read_text("utf-8"))).validate(event["data"])


def test_every_event_type_has_a_sample() -> None:
    assert {type(event) for event in (*SAMPLES, *OLD_SAMPLES)} == set(TYPES.values())


@pytest.mark.parametrize("event", [*SAMPLES, *OLD_SAMPLES], ids=lambda event: event.type_name())
def test_a_sample_is_what_its_golden_schema_says(event: Event) -> None:
    golden = json.loads((schema_gate.SCHEMAS / f"{event.type_name()}.json").read_text("utf-8"))
    assert validator_for(golden) is Draft202012Validator
    Draft202012Validator.check_schema(golden)
    strict = Draft202012Validator(golden, format_checker=Draft202012Validator.FORMAT_CHECKER)
    data = json.loads(event.model_dump_json())
    strict.validate(data)
    for name in golden["required"]:
        with pytest.raises(ValidationError):
            strict.validate({field: value for field, value in data.items() if field != name})


@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.type_name())
def test_a_golden_schema_says_what_the_event_means(kind: type[Event]) -> None:
    golden = json.loads((schema_gate.SCHEMAS / f"{kind.type_name()}.json").read_text("utf-8"))
    assert golden["$id"] == f"{kind.type_name()}.json"
    assert golden["title"] == kind.__name__
    assert golden["description"]
