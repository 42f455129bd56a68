"""A page of an edition as it is written: front matter, headings, lines. Reads no file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from macros.facts.load import read_front_matter
from macros.facts.problem import Problem
from macros.facts.text_file import decode_text
from roadmap.project.plain_spaces import with_plain_spaces

MARK = "---"  # before and after front matter
HEADING = re.compile(r"^(#{1,6})(?:( +)|(?=[^#\s]))(.*?)(?: *\{ (.*?) \})? *$")
ID = re.compile(r"#([\w-]+)")
FENCE = re.compile(r"^ *(`{3,}|~{3,})")

NumberedLine = tuple[int, str]  # lines count from 1


@dataclass(frozen=True)
class Heading:
    """`level` counts from 1; `id` is None where none is written. Markdown takes `##Words` for one,
    too: it is not `spaced`.
    """

    line: int
    level: int
    text: str
    id: str | None
    spaced: bool = True


@dataclass(frozen=True)
class Page:
    """A page as written. `path` is below the edition, `file` is what messages call it.

    `odd_lines` had no-break spaces in their markup; in the text they are plain ones.
    """

    path: str
    file: str
    text: str  # lines end in a line feed
    odd_lines: tuple[int, ...] = ()

    @classmethod
    def decode(cls, path: str, file: str, raw: bytes) -> Page:
        """A page from the bytes of its file, whose editor may have put a mark at its start.

        Raises Problems.
        """
        text = decode_text(raw, file, len(raw))  # how large it may be is judged elsewhere
        text = text.replace("\r\n", "\n")
        plain = with_plain_spaces(text)
        return cls(path, file, plain, _different_lines(text, plain))

    @cached_property
    def lines(self) -> list[NumberedLine]:
        """Every line with its number."""
        return list(enumerate(self.text.split("\n"), start=1))

    @cached_property
    def front_lines(self) -> list[NumberedLine]:
        """The lines of the front matter with its two marks; empty where there is none."""
        if self.lines[0][1] != MARK:
            return []
        for number, line in self.lines[1:]:
            if line.rstrip(" \t") == MARK:
                return self.lines[:number]
        return []

    @cached_property
    def lines_below_front(self) -> list[NumberedLine]:
        return self.lines[len(self.front_lines) :]

    @cached_property
    def front_matter(self) -> dict[str, tuple[int, str]]:
        """Each key with its line and its value, as it is written."""
        found: dict[str, tuple[int, str]] = {}
        for number, line in self.front_lines[1:-1]:
            key, _, value = line.partition(":")
            found[key] = number, value.strip()
        return found

    @cached_property
    def meta(self) -> dict[str, Any]:
        """The front matter as YAML; empty where there is none. Raises Problems."""
        text = "\n".join(line for _, line in self.front_lines[1:-1])
        return read_front_matter(text, self.file)

    @property
    def prose_lines(self) -> Iterator[NumberedLine]:
        """The lines that are neither front matter nor code."""
        fence = ""  # above the code that the line belongs to
        for number, line in self.lines_below_front:
            if fence:
                if line.strip() == fence:
                    fence = ""
            elif opening := FENCE.match(line):
                fence = opening[1]
            else:
                yield number, line

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        found = []
        for number, line in self.prose_lines:
            if match := HEADING.match(line):
                found.append(_heading(number, match))
        return tuple(found)

    def line_of(self, text: str) -> int:
        """The first line that holds a text, else the first line."""
        for number, line in self.lines:
            if text in line:
                return number
        return 1

    def problem(self, line: int, found: str, expected: str) -> Problem:
        return Problem(self.file, line, found, expected)


def _different_lines(text: str, other: str) -> tuple[int, ...]:
    """The numbers of lines that differ between two texts of as many lines."""
    if text == other:
        return ()
    pairs = zip(text.split("\n"), other.split("\n"), strict=True)
    return tuple(number for number, (one, two) in enumerate(pairs, start=1) if one != two)


def _heading(number: int, match: re.Match[str]) -> Heading:
    id = ID.search(match[4] or "")
    is_spaced = match[2] is not None
    return Heading(number, len(match[1]), match[3], id[1] if id else None, is_spaced)
