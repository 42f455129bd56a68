"""How large and how deeply nested a page may be, so that Markdown renders it in bounded time.

Each rule is one function of a page; its docstring is the rule. Renders nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from macros.facts.problem import Problem
from roadmap.project.once import once
from roadmap.project.pages import Page

Rule = Callable[[Page], Iterator[Problem]]

MOST_LINES = 3_000
LONGEST_LINE = 3_000
MOST_CELLS = 40
LONGEST_PARAGRAPH = 12_000
MOST_MARKS = 400  # in a paragraph
DEEPEST_BRACKET = 3  # open `[`
DEEPEST_BLOCK = 4  # `>` and bullets of a line
DEEPEST_INDENT = 24  # columns
MARKS = "[*_`\\"
START = re.compile(
    r"(?:[ \t]*+(?:>|[-*+](?=[ \t])|\d{1,9}\.(?=[ \t])))*+[ \t]*+"
)  # `> `, `* `, `1. `


@once
def too_large(page: Page) -> list[Problem]:
    """Where a page has no end, or goes too deep; sorted."""
    return sorted({problem for rule in RULES for problem in rule(page)})


def page_length(page: Page) -> Iterator[Problem]:
    """A page has an end."""
    if len(page.lines) > MOST_LINES:
        found = f"{len(page.lines)} lines"
        yield page.problem(
            MOST_LINES + 1,
            found,
            f"at most {MOST_LINES}",
        )


def line_lengths(page: Page) -> Iterator[Problem]:
    """A paragraph, a line and a row of a table have an end."""
    length = 0  # characters of the paragraph so far
    marks = 0  # signs of Markdown in it
    for number, text in page.lines_below_front:
        length_before = length
        marks_before = marks
        if text.strip(" \t"):
            length += len(text)
            marks += sum(map(text.count, MARKS))
        else:
            length = 0
            marks = 0
        if len(text) > LONGEST_LINE:
            found = f"a line of {len(text)} characters"
            yield page.problem(
                number,
                found,
                f"at most {LONGEST_LINE}",
            )
        elif text.count("|") > MOST_CELLS:
            found = f"a row of {text.count('|')} cells"
            yield page.problem(
                number,
                found,
                f"at most {MOST_CELLS}",
            )
        elif length > LONGEST_PARAGRAPH >= length_before:
            expected = f"an empty line after {LONGEST_PARAGRAPH} characters at most"
            yield page.problem(
                number,
                "a paragraph without end",
                expected,
            )
        elif marks > MOST_MARKS >= marks_before:
            found = f"{marks} of the signs {' '.join(MARKS)} in a paragraph"
            yield page.problem(
                number,
                found,
                f"at most {MOST_MARKS}",
            )


def nesting(page: Page) -> Iterator[Problem]:
    """Quotes, lists and brackets are not nested without end."""
    open_brackets = 0
    for number, text in page.lines_below_front:
        if text.strip(" \t"):
            open_brackets += text.count("[") - text.count("]")
            open_brackets = max(0, open_brackets)
        else:
            open_brackets = 0
        start = _start_of_line(text)
        quotes = start.count(">")
        bullets = len(start.replace(">", " ").split())
        if quotes + bullets > DEEPEST_BLOCK:
            expected = f"at most {DEEPEST_BLOCK} levels"
            yield page.problem(
                number,
                "quotes or lists inside each other",
                expected,
            )
        elif len(start) > DEEPEST_INDENT:
            expected = f"at most {DEEPEST_INDENT} spaces"
            yield page.problem(
                number,
                "a line that stands too far in",
                expected,
            )
        elif open_brackets > DEEPEST_BRACKET or "[[[" in text:
            yield page.problem(
                number,
                "brackets inside brackets",
                "`[words](page.md)`",
            )


def _start_of_line(text: str) -> str:
    """The quote marks, bullets and spaces before the words of a line."""
    match = START.match(text)
    return match[0][:LONGEST_LINE].expandtabs(4) if match else ""


RULES: tuple[Rule, ...] = (page_length, line_lengths, nesting)
