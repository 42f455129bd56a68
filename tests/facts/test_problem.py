"""Problems: how they read and sort, and that what they quote does nothing to a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.facts.problem import Problem, Problems, brief
from macros.facts.text_file import read_text

BRIEF = {
    "short": ("short", "short"),
    "white space": ("  two\n\twords\u00a0 here ", "two words here"),
    "long": ("x" * 41, "x" * 39 + "…"),
    "just not long": ("x" * 40, "x" * 40),
    "an escape sequence": ("\x1b[2J", "\\x1b[2J"),
    "a turn of direction": ("pædagog \u202e abc", "pædagog \\u202e abc"),
    "other letters": ("čšž 中 مرحبا", "čšž 中 مرحبا"),
    "no text": (["a", 1], "['a', 1]"),
}


@pytest.mark.parametrize("name", BRIEF)
def test_a_text_is_quoted_in_brief(name: str) -> None:
    given_text, expected = BRIEF[name]
    assert brief(given_text) == expected


@given(st.text())
def test_what_is_quoted_is_one_printable_line(text: str) -> None:
    assert brief(text).isprintable()


def test_a_problem_is_an_error_unless_it_is_a_hint() -> None:
    problem = Problem("a.md", 3, "x", "y")
    hint = Problem("a.md", 3, "x", "y", severity="hint")
    assert (problem.severity, hint.severity) == ("error", "hint")
    assert str(problem) == str(hint) == "a.md:3: x; y"


def test_problems_are_sorted_and_none_comes_twice() -> None:
    one, other = Problem("a.md", 3, "x", "y"), Problem("a.md", 12, "x", "y")
    assert Problems([other, one, other]).problems == (one, other)


# Text files


def test_a_text_file_is_read_without_its_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffSão".encode())
    assert read_text(path, "a.txt", 100) == "São"


UNREADABLE = {
    "too large": (b"12345678901", "a.txt:1: 11 bytes; at most 10 bytes"),
    "not UTF-8": (b"a\nb\xe3o", "a.txt:2: a byte that is not UTF-8 (0xe3); text saved as UTF-8"),
    "missing": (None, "a.txt:1: there is no such file; a file with these facts"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_a_problem(name: str, tmp_path: Path) -> None:
    content, message = UNREADABLE[name]
    path = tmp_path / "a.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Problems) as raised:
        read_text(path, "a.txt", 10)
    assert str(raised.value) == message
