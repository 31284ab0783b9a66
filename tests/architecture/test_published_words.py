"""Can no published event carry a person or a sentence (invariant 9)? A walk over every type that a field may hold."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum, StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from pydantic import BaseModel, ConfigDict, Field, SecretStr, TypeAdapter, ValidationError, computed_field

from contracts.catalogue import TYPES
from contracts.event import Event
from contracts.vocabulary import CODE, PUBLIC_NAME, CreditCode, Day, Headcount, PersonId, PublicName, Word

PERSONAL: Mapping[str, str] = {
    **dict.fromkeys(["phone", "mobile", "telephone", "tel", "cellphone"], "reaches a person"),
    **dict.fromkeys(["email", "mail", "wechat", "weixin", "qq", "openid"], "reaches a person"),
    **dict.fromkeys(["address", "residence"], "where a person lives"),
    **dict.fromkeys(["idcard", "id_card", "identity", "passport", "id_number"], "the state's number of a person"),
    **dict.fromkeys(["birth", "birthday", "birthdate", "born"], "with a workplace, enough to know who it is"),
    **dict.fromkeys(["gender", "sex", "ethnicity", "religion", "marital"], "about a person's self"),
    **dict.fromkeys(["contact", "chair", "chairman", "chairperson"], "a role with one holder"),
    **dict.fromkeys(["person", "full_name", "surname", "given_name", "nickname"], "names somebody"),
    **dict.fromkeys(["xingming", "shouji", "dianhua", "shenfenzheng"], "姓名、手机、电话、身份证"),
    **dict.fromkeys(["note", "notes", "remark", "remarks", "comment", "text", "message"], "free text: the vault's"),
    **dict.fromkeys(["ip", "signature", "photo", "picture"], "recognises a person"),
}
"""Words of a field's name that smell of a person, and why. A `…name` must be an organisation's public one."""

HARMLESS = (bool, int, float, Decimal, date, datetime, timedelta, UUID, NoneType)

Hint: TypeAlias = Any
"""A type as it stands in an annotation."""


def smells(model: type[BaseModel]) -> list[str]:
    """Each place at which an event could carry what it may not: `Model.field: why`."""
    return list(_of_model(model, model.__name__, set()))


def _of_model(model: type[BaseModel], path: str, seen: set[type[BaseModel]]) -> Iterator[str]:
    if model in seen:
        return
    seen.add(model)
    if model.model_config.get("extra") == "allow":
        yield f"{path}: allows any field"
    hints = get_type_hints(model, include_extras=True)
    for name, field in model.model_fields.items():
        yield from _of_field(f"{path}.{name}", {name, field.alias, field.serialization_alias}, hints[name], seen)
    for name, computed in model.model_computed_fields.items():
        yield from _of_field(f"{path}.{name}", {name, computed.alias}, computed.return_type, seen)


def _of_field(path: str, names: set[str | None], hint: Hint, seen: set[type[BaseModel]]) -> Iterator[str]:
    for name in filter(None, names):
        words = f"_{name.lower()}_"
        for personal, why in PERSONAL.items():
            if f"_{personal}_" in words:
                yield f"{path}: '{personal}': {why}"
        if "_name_" in words and PUBLIC_NAME not in _words(hint):
            yield f"{path}: a name that is not marked as a public one"
    yield from _of_hint(path, hint, seen)


def _of_hint(path: str, hint: Hint, seen: set[type[BaseModel]]) -> Iterator[str]:
    """What is not known to be harmless is refused: `Any`, a bare `dict`, `bytes`, `object`, a forgotten type."""
    origin: Hint = get_origin(hint)
    arguments = get_args(hint)
    if origin is Annotated:
        if not (arguments[0] is str and any(isinstance(mark, Word) for mark in arguments[1:])):
            yield from _of_hint(path, arguments[0], seen)
    elif origin is Literal:
        pass
    elif origin in (Union, UnionType) or _has_many(origin):
        for argument in arguments:
            if argument is not ...:
                yield from _of_hint(path, argument, seen)
    elif hint is str:
        yield f"{path}: free text: a `str` needs a `Word` of the vocabulary, or is an enum"
    elif isinstance(hint, type) and issubclass(hint, BaseModel):
        yield from _of_model(hint, path, seen)
    elif not (hint in HARMLESS or (isinstance(hint, type) and issubclass(hint, Enum))):
        yield f"{path}: may hold anything: {hint!r}"


def _has_many(origin: Hint) -> bool:
    return isinstance(origin, type) and issubclass(origin, Collection)


def _words(hint: Hint) -> set[Word]:
    if isinstance(hint, Word):
        return {hint}
    return {word for argument in get_args(hint) for word in _words(argument)}


@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.type_name())
def test_no_published_event_can_carry_a_person_or_a_sentence(kind: type[Event]) -> None:
    assert smells(kind) == []


A_PERSON_AS_PSEUDONYM = [
    pytest.param("p-13812345678", id="a phone number"),
    pytest.param("p-02987654321", id="a landline"),
    pytest.param("p-610102199001011234", id="a resident identity number"),
    pytest.param("p-61010219900101123x", id="one that ends in x"),
    pytest.param("p-zhangwei", id="a name"),
    pytest.param("p-lixiaoming1990", id="a name with a year"),
    pytest.param("p-19900101", id="a birthday"),
    pytest.param("p-wx13812345678", id="a WeChat id"),
]


@pytest.mark.parametrize("telling", A_PERSON_AS_PSEUDONYM)
def test_a_pseudonym_holds_neither_number_nor_name(telling: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(PersonId).validate_python(telling)


class Reason(StrEnum):
    CLOSED = "closed"


class Site(BaseModel):
    county: Annotated[str, CODE]
    remark: str


class Doubt(BaseModel):
    site: Site
    again: "Doubt | None"


class Open(BaseModel):
    model_config = ConfigDict(extra="allow")


class Computed(BaseModel):
    headcount: int

    @computed_field
    def told(self) -> str:
        return f"{self.headcount} workers"


class Well(Event):
    """All that an event may hold."""

    CONTEXT: ClassVar[str] = "enterprise"
    STREAM: ClassVar[str] = "enterprise-{enterprise}"

    enterprise: CreditCode
    name: PublicName
    former_name: PublicName | None
    reason: Reason | None
    form: Literal["own", "joint"]
    headcount: Headcount
    share: Annotated[Decimal, Field(le=1)]
    days: tuple[Day, ...]
    by_county: dict[Annotated[str, CODE], Headcount]
    either: Annotated[Reason | Annotated[str, CODE], Field(description="a reason or a code")]
    by: PersonId
    hometown_county: Annotated[str, CODE]
    storage: int


def test_the_walk_finds_nothing_in_what_an_event_may_hold() -> None:
    assert smells(Well) == []


@pytest.mark.parametrize(
    "hint",
    [
        pytest.param(str, id="text"),
        pytest.param(str | None, id="text or null"),
        pytest.param(Reason | str, id="a code or any text"),
        pytest.param(Annotated[str, Field(max_length=10)], id="short text"),
        pytest.param(list[str], id="texts"),
        pytest.param(frozenset[str], id="a set of texts"),
        pytest.param(tuple[int, str], id="a text in a tuple"),
        pytest.param(dict[str, int], id="texts as keys"),
        pytest.param(dict[Annotated[str, CODE], str], id="texts as values"),
        pytest.param(dict[Annotated[str, CODE], list[Site | None]], id="a text deep within"),
        pytest.param(Doubt, id="a text in a model that holds itself"),
        pytest.param(Open, id="a model with any field"),
        pytest.param(Computed, id="a text that is computed"),
        pytest.param(SecretStr, id="a type of pydantic's"),
        pytest.param(Any, id="anything"),
        pytest.param(object, id="any object"),
        pytest.param(bytes, id="bytes"),
        pytest.param(dict, id="a bare dict"),
        pytest.param(list, id="a bare list"),
        pytest.param(dict[str, Any], id="a dict of anything"),
        pytest.param(Annotated[list[str], CODE], id="a list marked instead of its texts"),
        pytest.param(Annotated[Any, CODE], id="anything marked as a word"),
    ],
)
def test_the_walk_finds_what_could_be_a_sentence(hint: Any) -> None:
    planted = type("Planted", (BaseModel,), {"__annotations__": {"it": hint}, "__module__": __name__})
    assert any(smell.startswith("Planted.it") for smell in smells(planted))


@pytest.mark.parametrize(
    "name",
    [
        "name_of_person",
        "phone",
        "mobile",
        "contact_phone",
        "id_card",
        "owner_id_card_hash",
        "identity",
        "email",
        "home_address",
        "birth",
        "birth_year",
        "gender",
        "contact",
        "chair",
        "chair_id",
        "host_person",
        "wechat",
        "Mobile",
        "xingming",
        "remark",
    ],
)
def test_the_walk_finds_names_that_smell_of_a_person(name: str) -> None:
    planted = type("Planted", (BaseModel,), {"__annotations__": {name: Reason}, "__module__": __name__})
    assert any(smell.startswith(f"Planted.{name}: ") for smell in smells(planted))


def test_the_walk_reads_the_name_that_is_published() -> None:
    class Renamed(BaseModel):
        code: Annotated[str, CODE, Field(serialization_alias="phone")]

    assert smells(Renamed) == ["Renamed.code: 'phone': reaches a person"]


def test_only_an_organisation_has_a_name() -> None:
    class Named(BaseModel):
        name: Annotated[str, CODE]

    assert smells(Named) == ["Named.name: a name that is not marked as a public one"]
