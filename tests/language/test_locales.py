"""Languages by their codes: names of CLDR, script, direction, plural forms, words that serve for them."""

from __future__ import annotations

import pytest

from macros.language.locales import (
    direction_of,
    english_name,
    own_name,
    same_written_language,
    script_of,
)
from macros.language.messages import Messages
from macros.language.translator import Translator


@pytest.mark.parametrize(("code", "own", "english"), [
    ("fr", "Français", "French"),
    ("de-CH", "Schweizer Hochdeutsch", "Swiss High German"),
    ("pt-BR", "Português (Brasil)", "Brazilian Portuguese"),
    ("sr-Latn", "Srpski (latinica)", "Serbian (Latin)"),
    ("cnr", "Montenegrin", "Montenegrin"),
    ("sr-ME", "Srpski (Crna Gora)", "Montenegrin"),
    ("es-419", "Español latinoamericano", "Latin American Spanish"),
    ("rom", "Romany", "Romany"),
    ("no", "Norsk", "Norwegian"),
])
def test_a_language_is_named_as_in_cldr(code: str, own: str, english: str) -> None:
    assert (own_name(code), english_name(code)) == (own, english)


@pytest.mark.parametrize(("code", "forms"), [("hsb", 4), ("dsb", 4), ("se", 3), ("gd", 4), ("da", 2), ("fr", 2), ("ar", 6), ("rom", 2), ("es-419", 2)])
def test_a_catalogue_has_the_plural_forms_of_its_language(code: str, forms: int) -> None:
    assert Messages(code).num_plurals == forms


@pytest.mark.parametrize(("code", "script", "direction"), [
    ("da", "Latn", "ltr"), ("ar", "Arab", "rtl"), ("he", "Hebr", "rtl"), ("aeb", "Arab", "rtl"), ("rom", "Latn", "ltr"), ("sr", "Cyrl", "ltr"), ("sr-Latn", "Latn", "ltr"), ("cnr", "Latn", "ltr"), ("uz-Arab", "Arab", "rtl"),
])
def test_a_language_runs_as_its_script_does(code: str, script: str, direction: str) -> None:
    assert (script_of(code), direction_of(code)) == (script, direction)
    assert Translator(code).right_to_left == (direction == "rtl")


@pytest.mark.parametrize(("code", "serve"), [
    ("de-CH", "de"), ("no", "nb"), ("en-GB", "en"), ("sr-Latn", "sh"), ("cnr", "sh"), ("sr-Cyrl", "sr"), ("zh-HK", "zh-Hant"), ("fil", "tl"),
])
def test_words_of_the_same_language_and_script_serve(code: str, serve: str) -> None:
    assert serve in list(same_written_language(code))


@pytest.mark.parametrize(("code", "other"), [("sr-Latn", "sr"), ("cnr", "sr"), ("zh-HK", "zh"), ("uz-Cyrl", "uz"), ("sr", "sh")])
def test_words_in_another_script_do_not_serve(code: str, other: str) -> None:
    assert other not in list(same_written_language(code))
