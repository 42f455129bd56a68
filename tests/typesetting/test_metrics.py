"""Words in the bundled font: as wide as it draws them, never cut off, broken only where they must be."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.typesetting import metrics

parts = st.sampled_from(["a", "mi", "teacher", "čšž", "øåæ", "-", "/", "–", "\u00ad", "pædagogmedhjælper", " ", " "])
sentences = st.lists(parts, max_size=20).map("".join)
limits = st.integers(40, 400)
quick = settings(max_examples=60, deadline=None)


def letters(lines: str) -> str:
    """What is left when a line break may add a space or a hyphen."""
    return "".join(lines.split()).replace("-", "").replace(metrics.SOFT, "")


def test_width_is_that_of_the_font():
    regular = 338 + 496 + 504 + 456 + 544 + 496 + 347  # t e a c h e r at weight 400, in thousandths of an em
    assert metrics.width("teacher", 1000) == pytest.approx(regular, abs=1)
    assert metrics.width("", 17) == 0


def test_bold_is_wider_and_size_scales():
    assert metrics.width("teacher", 17, bold=True) > metrics.width("teacher", 17)
    assert metrics.width("teacher", 34) == pytest.approx(2 * metrics.width("teacher", 17))


def test_a_character_the_font_lacks_counts_as_one_em():
    assert metrics.width("教", 17) == 17
    assert metrics.measured("čšžøå") and not metrics.measured("č教")


@given(sentences, limits)
@quick
def test_every_letter_is_kept(sentence, limit):
    assert letters(" ".join(metrics.wrap(sentence, limit, 17))) == letters(sentence)


@given(sentences, limits)
@quick
def test_no_line_is_too_wide(sentence, limit):
    assert all(metrics.width(line, 17) <= limit for line in metrics.wrap(sentence, limit, 17))


@given(sentences, limits)
@quick
def test_no_line_could_take_the_next_word(sentence, limit):
    if metrics.unbroken(sentence, limit, 17):
        for line, after in pairwise(metrics.wrap(sentence, limit, 17)):
            assert metrics.width(f"{line} {after.split()[0]}", 17) > limit


@given(sentences, limits)
@quick
def test_words_are_unbroken_where_each_stands_on_one_line(sentence, limit):
    if metrics.unbroken(sentence, limit, 17):
        lines = " ".join(metrics.wrap(sentence, limit, 17)).split()
        assert [*filter(None, map(letters, lines))] == [*filter(None, map(letters, sentence.split()))]


@pytest.mark.parametrize(("words", "lines"), [
    ("core or assisting", ("core or", "assisting")),
    ("teacher/leader", ("teacher/", "leader")),
    ("nursery\u00adteacher", ("nursery-", "teacher")),
    ("set-up", ("set-up",)),
    ("for a set-up", ("for a", "set-up")),
    ("no\u00adbreak", ("nobreak",)),
    ("2\u00a0hours each", ("2\u00a0hours", "each")),
    ("", ()),
])
def test_lines_break_where_a_reader_expects_it(words, lines):
    assert metrics.wrap(words, 75, 17) == lines


@pytest.mark.parametrize("limit", range(60, 140, 4))
def test_a_word_that_is_cut_leaves_no_stub(limit):
    *cut, last = metrics.wrap("pædagogmedhjælper", limit, 17)
    assert cut and all(piece.endswith("-") for piece in cut)
    assert len(last) >= metrics.STUB
