"""Judges the spaces of markup: plain ones, and one after the signs of a heading. Reads no words."""

from __future__ import annotations

from collections.abc import Iterator

from macros.facts.problem import Problem, brief
from roadmap.check.structure.alignment import Alignment, Finding
from roadmap.project.pages import Page


def odd_spaces(page: Page) -> Iterator[Problem]:
    """Where markup has a no-break space, and where a heading has none after its signs.

    Both look right, and the first keeps Markdown from seeing what is there.
    """
    lines = dict(page.lines)
    for number in page.odd_lines:
        found = f"a no-break space in the markup of `{brief(lines[number])}`"
        yield page.problem(number, found, "a plain space")
    for heading in page.headings:
        if not heading.spaced and heading.line not in page.odd_lines:
            signs = "#" * heading.level
            yield page.problem(
                heading.line,
                f"`{brief(signs + heading.text)}`",
                f"`{brief(f'{signs} {heading.text}')}`, with a space after the `{signs}`",
            )


def spaces(alignment: Alignment) -> Iterator[Finding]:
    """The spaces of a translated page, and its lines as they should be."""
    for problem in odd_spaces(alignment.translated.page):
        line = alignment.translated_line(problem.line)
        words = line.lstrip("#")
        signs = line[: len(line) - len(words)]
        new = f"{signs} {words.lstrip()}" if signs else line
        yield Finding(problem, alignment.fix_line(problem.line, new))
