import tomllib
from pathlib import Path
from string import Formatter

import pytest

from eventing.shell.texts import TextMissing, Texts, language_of

EVENTING = Path(__file__).parents[3] / "eventing"


def a_service(folder: Path, zh: str, en: str) -> Path:
    (folder / "refusals.zh.toml").write_text(zh, "utf-8")
    (folder / "refusals.en.toml").write_text(en, "utf-8")
    return folder


def read(language: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((EVENTING / f"refusals.{language}.toml").read_text("utf-8"))


def placeholders(text: dict[str, str]) -> set[str]:
    return {name for part in text.values() for _, name, _, _ in Formatter().parse(part) if name}


def test_every_code_is_told_in_both_languages_with_the_same_facts() -> None:
    zh, en = read("zh"), read("en")
    assert zh.keys() == en.keys()
    assert {code: placeholders(text) for code, text in zh.items()} == {
        code: placeholders(text) for code, text in en.items()
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_text_has_a_title_and_says_what_to_do(language: str) -> None:
    for code, text in read(language).items():
        assert text.keys() == {"title", "detail"}, code
        assert text["detail"].endswith(("。", ".", "）。", ").")), code


def test_facts_are_put_in_place_and_lists_joined_as_the_language_does() -> None:
    texts = Texts()
    assert "officer、viewer" in texts.text("role_missing", "zh", {"roles": ["viewer", "officer"]}).detail
    assert "officer, viewer" in texts.text("role_missing", "en", {"roles": ["viewer", "officer"]}).detail


def test_a_fact_that_nobody_gave_does_not_cost_the_answer() -> None:
    assert "—" in Texts().text("body_too_large", "en", {}).detail


def test_a_code_without_a_text_is_still_told() -> None:
    assert "no_such_code" in Texts().text("no_such_code", "zh", {}).detail


def test_a_fact_with_braces_is_shown_as_it_is() -> None:
    assert "{0.__class__}" in Texts().text("form_wrong", "en", {"example": "{0.__class__}"}).detail


def test_a_services_texts_stand_beside_the_shells(tmp_path: Path) -> None:
    service = a_service(
        tmp_path, '[survey_first]\ntitle="先摸底"\ndetail="请先摸底。"', '[survey_first]\ntitle="a"\ndetail="b"'
    )
    texts = Texts(service)
    assert texts.text("survey_first", "zh", {}).title == "先摸底"
    assert {"survey_first", "token_missing"} <= texts.codes


def test_a_service_that_tells_a_refusal_in_one_language_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(TextMissing, match="survey_first"):
        Texts(a_service(tmp_path, '[survey_first]\ntitle="a"\ndetail="b"', ""))


def test_a_service_may_not_tell_the_shells_codes_anew(tmp_path: Path) -> None:
    again = '[token_missing]\ntitle="a"\ndetail="b"'
    with pytest.raises(TextMissing, match="token_missing"):
        Texts(a_service(tmp_path, again, again))


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (None, "zh"),
        ("", "zh"),
        ("fr, de;q=0.9", "zh"),
        ("*", "zh"),
        ("en", "en"),
        ("EN-us", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-Hans", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("zh;q=0.5, en;q=0.7", "en"),
        ("fr, en;q=0.1", "en"),
        ("en;q=0", "zh"),
        ("en;q=nan", "zh"),
        ("en;q=1e9", "zh"),
        ("en;level=1", "zh"),
        ("en;q=0.3, *;q=0.9", "zh"),
        (";;;,,q=,en;q=x", "zh"),
    ],
)
def test_the_language_is_the_one_preferred_and_chinese_in_doubt(asked: str | None, answered: str) -> None:
    assert language_of(asked) == answered
