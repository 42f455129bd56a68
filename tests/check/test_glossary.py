"""Terms of the glossary are known however a language bends them."""

from __future__ import annotations

import pytest

from roadmap.check.language.glossary import mentions


@pytest.mark.parametrize(("text", "term"), [("Viele Wörter", "Wort"), ("zwei Häuser", "Haus"), ("ein Wort", "Wörter"), ("die Räume", "Raum")])
def test_a_plural_may_change_a_vowel(text: str, term: str) -> None:
    assert mentions(text, term)


def test_another_word_is_not_the_term() -> None:
    assert not mentions("viele Werte", "Wort")
