"""The gate before the golden schemas: every published event's JSON Schema, which only grows (invariant 11).

`python -m contracts.schema_gate write` brings `contracts/schemas/` up to date, or says what it refuses to overwrite.
`check` fails where that would change or refuse anything; `check --against v1.2.0` also where a golden file breaks what
that release published. `--against ""` compares with nothing, for a repository without a release.
"""

import json
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path

from contracts.catalogue import TYPES
from contracts.event import Event
from contracts.schema_changes import breaking_changes

SCHEMAS = Path(__file__).parent / "schemas"

_ADVICE = (
    "Give the event a new VERSION and an upcaster (新版本), see docs/how-to/change-an-event.md. "
    "If no release has published it yet, delete its golden file and run `make schemas` again."
)


class NoSuchRelease(Exception):
    """Git doesn't know the ref to compare with."""


def schema_of(kind: type[Event]) -> str:
    """The JSON Schema (draft 2020-12) of the event's `data`. Its `$id` is relative: each platform serves it."""
    schema = kind.model_json_schema(mode="serialization")
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["$id"] = f"{kind.type_name()}.json"
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def generate(types: Mapping[str, type[Event]]) -> dict[str, str]:
    """The schemas as they should be, by file name."""
    return {f"{name}.json": schema_of(kind) for name, kind in types.items()}


def read(folder: Path) -> dict[str, str]:
    """The golden schemas as they are, by file name."""
    return {file.name: file.read_text("utf-8") for file in folder.glob("*.json")}


def published(folder: Path, ref: str) -> dict[str, str]:
    """The golden schemas at a git ref, by file name. Raises `NoSuchRelease`."""
    try:
        commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}").strip()
    except subprocess.CalledProcessError as unknown:
        raise NoSuchRelease(f"{ref}: git knows no such ref here; a shallow clone has no tags") from unknown
    files = [name for name in _git(folder, "ls-tree", "--name-only", commit, "./").split() if name.endswith(".json")]
    return {name: _git(folder, "show", f"{commit}:./{name}") for name in files}


def refusals(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """What would break somebody if `new` came in the place of `old`, and what to do instead."""
    refused = []
    for file, text in sorted(old.items()):
        if file not in new:
            refused.append(f"{file}: its event type disappeared, but events of it are stored for good")
            continue
        try:
            golden = json.loads(text)
        except ValueError:
            refused.append(f"{file}: is no JSON (a merge conflict?); take it back from git")
            continue
        refused += sorted(f"{file}: {change}" for change in breaking_changes(golden, json.loads(new[file])))
    return [*refused, _ADVICE] if refused else []


def write(folder: Path, new: Mapping[str, str]) -> list[str]:
    """Bring the golden files up to date; if anything is refused, write none of them and return why."""
    old = read(folder)
    if not (refused := refusals(old, new)):
        for file, text in new.items():
            if old.get(file) != text:
                (folder / file).write_text(text, "utf-8")
    return refused


def check(folder: Path, new: Mapping[str, str]) -> list[str]:
    """What `write` would refuse or change."""
    old = read(folder)
    late = {
        file: "differs from the event" if file in old else "is missing" for file in new if old.get(file) != new[file]
    }
    return refusals(old, new) or [f"{file}: {why}; run `make schemas`" for file, why in late.items()]


def main(arguments: Sequence[str] | None = None, folder: Path = SCHEMAS) -> int:
    """The exit code: 0, or 1 with the reasons on stderr."""
    parser = ArgumentParser(prog="python -m contracts.schema_gate", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("write", help="bring the golden schemas up to date")
    commands.add_parser("check", help="fail if they are not").add_argument("--against", metavar="REF", default="")
    asked = parser.parse_args(arguments)
    new = generate(TYPES)
    try:
        wrong = write(folder, new) if asked.command == "write" else check(folder, new)
        if asked.command == "check" and asked.against:
            wrong += [f"{asked.against}: {why}" for why in refusals(published(folder, asked.against), read(folder))]
    except NoSuchRelease as unknown:
        wrong = [str(unknown)]
    if wrong:
        print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout


if __name__ == "__main__":
    sys.exit(main())
