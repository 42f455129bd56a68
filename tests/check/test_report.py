"""What a check says: to people, to GitHub, to other programs."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.facts.problem import Problem
from roadmap.check.report import FORMATS, as_github, as_json, as_text

WRONG = Problem("docs/da/index.md", 8, "the heading `Hvem` without an id", "`{ #who }` after it")
DOUBT = Problem("docs/da/index.md", 9, "a straight `\"`", "“…”", "hint")
ANY = st.builds(Problem, st.text(), st.integers(1), st.text(), st.text(), st.sampled_from(["error", "hint"]))


def test_text_names_each_and_counts_them() -> None:
    assert as_text([WRONG, DOUBT, DOUBT]).splitlines() == [
        "docs/da/index.md:8: the heading `Hvem` without an id; `{ #who }` after it",
        "docs/da/index.md:9: hint: a straight `\"`; “…”",
        "docs/da/index.md:9: hint: a straight `\"`; “…”",
        "1 error, 2 hints."]
    assert as_text([WRONG, WRONG]).splitlines()[-1] == "2 errors."
    assert as_text([DOUBT]).splitlines()[-1] == "1 hint."
    assert as_text([]) == "Nothing is wrong.\n"


def test_github_shows_each_at_its_line() -> None:
    assert as_github([WRONG, DOUBT]).splitlines() == [
        "::error file=docs/da/index.md,line=8::"
        "docs/da/index.md:8: the heading `Hvem` without an id; `{ #who }` after it",
        "::warning file=docs/da/index.md,line=9::docs/da/index.md:9: a straight `\"`; “…”"]
    assert as_github([]) == ""


def test_github_cannot_be_given_commands() -> None:
    evil = Problem("docs/da/a,b:c%.md", 1, "x\n::add-mask::y\r100%", "%0A")
    (line,) = as_github([evil]).splitlines()
    assert line == (
        "::error file=docs/da/a%2Cb%3Ac%25.md,line=1::"
        "docs/da/a,b:c%25.md:1: x%0A::add-mask::y%0D100%25; %250A")


@given(st.lists(ANY))
def test_every_problem_has_one_line_that_nothing_can_leave(problems: list[Problem]) -> None:
    text, github = as_text(problems), as_github(problems)
    assert len(text.splitlines()) == len(problems) + 1
    levels = {"error": "::error", "hint": "::warning"}
    assert [line.split(" ")[0] for line in github.splitlines()] == [levels[each.severity] for each in problems]
    assert not any(ord(sign) < 32 and sign != "\n" for sign in text + github)


def test_signs_that_turn_or_clear_a_terminal_are_named() -> None:
    said = as_text([Problem("a.md", 1, "\x1b[2J \u202e \u2028 é ž 中 \u00a0", "x")])
    assert said.splitlines()[0] == "a.md:1: \\x1b[2J \\u202e \\u2028 é ž 中 \u00a0; x"


@given(st.lists(ANY))
def test_json_holds_everything(problems: list[Problem]) -> None:
    data = json.loads(as_json(problems))
    assert list(data) == ["problems"]
    assert [Problem(**each) for each in data["problems"]] == problems


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_an_iterable_of_problems(name: str) -> None:
    assert FORMATS[name](iter([WRONG, DOUBT])) == FORMATS[name]([WRONG, DOUBT])
