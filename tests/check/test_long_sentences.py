"""A page whose sentences are long is named, in each language, and what is no sentence does not count."""

from __future__ import annotations

import pytest

from roadmap.check.language.long_sentences import long_sentences, sentence_lengths
from roadmap.project.pages import Page
from roadmap.project.project import Project
from tests.conftest import ROOT

SHORT, LONG = "Staff learn together in the centre.", "Staff learn together " + "and talk about it " * 5 + "in the centre."


def page(text: str) -> Page:
    return Page.decode("index.md", "docs/en/index.md", text.encode())


def lengths(text: str, code: str = "en") -> list[int]:
    return [words for _, words in sentence_lengths(page(text), code)]


@pytest.mark.parametrize(("text", "expected"), [
    ("One two. Three four five? Six!", [2, 3, 1]),
    ("They met at 5 p.m. with Dr. Smith, e.g. in the hall. They left.", [14, 2]),
    ("See [the other page](../x/y.md).{{ ours() }} It is **bold** and long.", [4, 5]),
    ('A {{ term("learning-lab", "learning lab") }} and a {{ term("pathway") }} go on.', [8]),
    ("* An item here.\n* Another one: with three.\n    1. And a third.", [3, 4, 3]),
    ("# A title { #id }\n\n| a | cell |\n\n{{ voice('voice-1') }}\n\n```\ncode here\n```\n", []),
    ("!!! abstract \"In short\"\n    Two words. And three words.", [2, 3]),
])
def test_sentences_are_counted_in_words(text: str, expected: list[int]) -> None:
    assert lengths(text) == expected


@pytest.mark.parametrize(("code", "text", "expected"), [
    ("da", "Vi mødtes kl. 10 f.eks. i hallen. Så gik vi.", [8, 3]),
    ("ar", "تعلمنا معا. هل كان مفيدا؟ نعم!", [2, 3, 1]),
    ("pt", "O Dr. Silva veio ontem. Sim.", [5, 1]),
])
def test_each_language_ends_sentences_in_its_own_way(code: str, text: str, expected: list[int]) -> None:
    assert lengths(text, code) == expected


def test_a_page_is_named_where_half_of_its_sentences_are_long() -> None:
    assert not list(long_sentences([page(f"{SHORT} " * 3 + f"{LONG} " * 2)], "en"))
    assert not list(long_sentences([page(f"{LONG} " * 4)], "en")), "too few to say"
    (problem,) = long_sentences([page(f"{SHORT}\n\n{LONG}\n\n" + f"{LONG}\n\n" * 3)], "en")
    assert str(problem).startswith("docs/en/index.md:3: half of the sentences of this page have 26 words or more; the longest, here, 26; at most 14")


def test_english_keeps_to_it() -> None:
    english = Project(ROOT).english
    assert [str(each) for each in long_sentences(english.pages.values(), "en")] == []
