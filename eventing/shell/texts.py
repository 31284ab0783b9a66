"""What a refusal says in Chinese and English: `refusals.zh.toml` and `refusals.en.toml` of the shell and a service."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
CONTENT_LANGUAGE: Mapping[Language, str] = {"zh": "zh-Hans", "en": "en"}

_SHELL = Path(__file__).parent.parent
_BETWEEN: Mapping[Language, str] = {"zh": "、", "en": ", "}


class Text(NamedTuple):
    """A refusal's title and detail, with `{names}` where facts go."""

    title: str
    detail: str


class TextMissing(Exception):
    """A refusal that lacks a language, or a service's code that is the shell's already."""


class Texts:
    """The shell's texts and those in each of `folders`. Raises `TextMissing`: such a service doesn't start."""

    def __init__(self, *folders: Path) -> None:
        self._texts: dict[Language, dict[str, Text]] = {"zh": {}, "en": {}}
        for folder in (_SHELL, *folders):
            self._add(folder)

    def _add(self, folder: Path) -> None:
        read = {language: _read(folder / f"refusals.{language}.toml") for language in LANGUAGES}
        if one_sided := read["zh"].keys() ^ read["en"].keys():
            raise TextMissing(f"{folder}: in one language only: {sorted(one_sided)}")
        if twice := self.codes & read["zh"].keys():
            raise TextMissing(f"{folder}: has a text already: {sorted(twice)}")
        for language in LANGUAGES:
            self._texts[language] |= read[language]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(self._texts["zh"])

    def text(self, code: str, language: Language, facts: Mapping[str, object]) -> Text:
        """Title and detail with the facts in place; a fact that is missing or None shows as '—'."""
        text = self._texts[language].get(code)
        if text is None:  # a slip of ours, and still an answer for the person who asked
            text, facts = self._texts[language]["refused"], {"code": code}
        shown = _Shown({name: _show(fact, language) for name, fact in facts.items()})
        return Text(text.title.format_map(shown), text.detail.format_map(shown))


class _Shown(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "—"


def _show(fact: object, language: Language) -> str:
    if fact is None:
        return "—"
    if isinstance(fact, (list, tuple, set, frozenset)):
        return _BETWEEN[language].join(sorted(str(one) for one in fact))
    return str(fact)


def _read(file: Path) -> dict[str, Text]:
    if not file.exists():
        return {}
    return {code: Text(**text) for code, text in tomllib.loads(file.read_text("utf-8")).items()}


def language_of(accept_language: str | None) -> Language:
    """What the header `Accept-Language` prefers of Chinese and English; Chinese if it says nothing that we have."""
    chosen: Language = "zh"
    best = 0.0
    for wish in (accept_language or "").lower().split(","):
        tag, _, weight = wish.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        for language in LANGUAGES:
            if tag.strip().partition("-")[0] in (language, "*") and best < quality <= 1:
                chosen, best = language, quality
    return chosen
