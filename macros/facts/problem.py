"""One shape for everything that is wrong with a contribution: path, line, found, expected.

Judges nothing and reads no file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FactPath = tuple[str | int, ...]  # of a fact: ("cases", 0, "centres", 1, "children")

BRIEF_LENGTH = 40  # characters of a text that a message quotes


@dataclass(frozen=True, order=True)
class Problem:
    """One finding; reads `path:line: what was found; what was expected`.

    `path` runs from the root of the project, with forward slashes. Lines count from 1. An error
    stops a build; a hint is only reported.
    """

    path: str
    line: int
    found: str
    expected: str
    severity: Literal["error", "hint"] = "error"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.found}; {self.expected}"


class Problems(Exception):
    """All that is wrong, sorted, none twice."""

    def __init__(self, problems: Iterable[Problem]):
        """The message of the exception has a line for each problem."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


def collect_problems(*checks: Callable[[], Iterable[Problem]]) -> list[Problem]:
    """What all of these checks find. One that raises Problems keeps none of the others back."""
    problems: list[Problem] = []
    for check in checks:
        try:
            problems += check()
        except Problems as refusal:
            problems += refusal.problems
    return problems


def shown(path: Path, root: Path) -> str:
    """A path as a message names it: from the root of the project, with forward slashes.

    A path outside the project is named in full.
    """
    if path.is_relative_to(root):
        path = path.relative_to(root)
    return path.as_posix()


def brief(value: object) -> str:
    """The start of a value for a message: one line of at most 40 characters.

    White space is collapsed. A character that a terminal may act on is escaped, so that what
    somebody wrote into a file cannot control the terminal: `\\x1b`, `\\u202e`.
    """
    text = " ".join(str(value).split())
    if len(text) > BRIEF_LENGTH:
        text = text[: BRIEF_LENGTH - 1] + "…"
    if text.isprintable():
        return text
    return "".join(map(_escape_unprintable, text))


def _escape_unprintable(character: str) -> str:
    """The character, or its escape sequence in Python where it cannot be printed."""
    if character.isprintable():
        return character
    return character.encode("unicode_escape").decode("ascii")
