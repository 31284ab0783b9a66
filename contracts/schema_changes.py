"""What may change in the schema of a published event, and what needs a new version of it (invariant 11)?

Two kinds of people must stay able to read: those who hold the old schema and get new events, and newer code that gets
events stored under the old one. A change that both survive is an optional field, another value of an enum (its readers
expect a value that they don't know), another text. Whatever else differs is refused, so that a keyword nobody thought
of is refused as well. jsoncompat was weighed and left: it overlooks `pattern`, `format` and `default`, refuses both
changes that we allow when asked for both directions, and says yes or no without the field.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]

STORED = "stored events could no longer be read / 已存的事件将无法读取"
READERS = "readers of the old schema could not read new events / 按旧模式读取的系统将无法读取新事件"
BOTH = f"{STORED}; {READERS}"

_TEXTS = {"$schema", "$id", "$defs", "$comment", "title", "description", "examples", "deprecated", "discriminator"}
_UPPER = {"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"}
_LOWER = {"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"}


def breaking_changes(old: Schema, new: Schema) -> list[str]:
    """Each change that somebody would not survive: `field: what changed: who is hurt`. Empty if there is none."""
    return list(_of_node("data", _inlined(old, old.get("$defs", {})), _inlined(new, new.get("$defs", {}))))


def _of_node(path: str, old: Schema, new: Schema) -> Iterator[str]:
    before, after = _options(old), _options(new)
    for kind in before.keys() - after.keys():
        yield f"{path}: may no longer be {kind}: {STORED}"
    for kind in after.keys() - before.keys():
        yield f"{path}: may now be {kind}: {READERS}"
    for kind in before.keys() & after.keys():
        yield from _of_fields(path, before[kind], after[kind])
        yield from _of_keywords(path, before[kind], after[kind])


def _of_fields(path: str, old: Schema, new: Schema) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    demanded, demands = set(old.get("required", [])), set(new.get("required", []))
    closed = old.get("additionalProperties", True) is not True
    for name in before.keys() | after.keys():
        at = f"{path}.{name}"
        if name not in after:
            yield f"{at}: removed: {READERS}"
        elif name not in before:
            if name in demands:
                yield f"{at}: new and required: {STORED}"
            elif closed:
                yield f"{at}: new where no further field is allowed: {READERS}"
        else:
            if name in demands - demanded:
                yield f"{at}: now required: {STORED}"
            elif name in demanded - demands:
                yield f"{at}: no longer required: {READERS}"
            elif before[name].get("default") != after[name].get("default"):
                yield f"{at}: its default changed, and with it what stored events without it say"
            yield from _of_node(at, before[name], after[name])


def _of_keywords(path: str, old: Schema, new: Schema) -> Iterator[str]:
    for keyword in sorted((old.keys() | new.keys()) - {"properties", "required", "default"}):
        match keyword, old.get(keyword), new.get(keyword):
            case _, before, after if before == after:
                pass
            case "enum", list(before), list(after):
                if lost := [value for value in before if value not in after]:
                    yield f"{path}: no longer one of its values: {lost}: {STORED}"
            case "items" | "additionalProperties", dict(before), dict(after):
                yield from _of_node(f"{path}[]", before, after)
            case "prefixItems", list(before), list(after) if len(before) == len(after):
                for place, (was, now) in enumerate(zip(before, after, strict=True)):
                    yield from _of_node(f"{path}[{place}]", was, now)
            case _, before, after:
                yield f"{path}: {keyword} was {before}, is {after}: {_hurt(keyword, before, after)}"


def _hurt(keyword: str, before: Any, after: Any) -> str:
    if keyword in _UPPER:
        return STORED if after is not None and (before is None or after < before) else READERS
    if keyword in _LOWER:
        return STORED if after is not None and (before is None or after > before) else READERS
    return BOTH


def _options(schema: Schema) -> dict[str, Schema]:
    """What the value may be, by its type; the second of the same type is `string 2`."""
    shared = {keyword: value for keyword, value in schema.items() if keyword != "anyOf"}
    options: dict[str, Schema] = {}
    for option in schema.get("anyOf", [{}]):
        for one in _options(option).values() if "anyOf" in option else [option]:
            merged = shared | dict(one)
            kind = str(merged.get("type", "anything"))
            same = sum(other.get("type") == merged.get("type") for other in options.values())
            options[f"{kind} {same + 1}" if same else kind] = merged
    return options


def _inlined(node: Any, definitions: Mapping[str, Any], inside: tuple[str, ...] = ()) -> Any:
    """The schema without texts and with its definitions in their places, but for a definition within itself."""
    if isinstance(node, list):
        return [_inlined(one, definitions, inside) for one in node]
    if not isinstance(node, dict):
        return node
    if (name := str(node.get("$ref", "")).removeprefix("#/$defs/")) in definitions and name not in inside:
        beside = {keyword: value for keyword, value in node.items() if keyword != "$ref"}
        return _inlined(definitions[name] | beside, definitions, (*inside, name))
    inlined: dict[str, Any] = {}
    for keyword, value in node.items():
        match keyword:
            case "properties":
                inlined[keyword] = {name: _inlined(field, definitions, inside) for name, field in value.items()}
            case "const":
                inlined["enum"] = [value]
            case "oneOf" | "anyOf":
                inlined["anyOf"] = _inlined(value, definitions, inside)
            case "items" | "prefixItems" | "additionalProperties":
                inlined[keyword] = _inlined(value, definitions, inside)
            case _ if keyword not in _TEXTS:
                inlined[keyword] = value
    return inlined
