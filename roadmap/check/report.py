"""Formats what a check has found: for people, for GitHub, for other programs. Prints nothing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict

from macros.facts.problem import Problem
from macros.language.characters import escape_for_terminal

GITHUB_LEVELS = {"error": "error", "hint": "warning"}


def as_text(problems: Iterable[Problem]) -> str:
    """A line for each, `path:line: found; expected`, and how many there are."""
    problems = list(problems)
    lines = [escape_for_terminal(_line(problem)) for problem in problems]
    lines.append(_count(problems))
    return "\n".join(lines) + "\n"


def _line(problem: Problem) -> str:
    if problem.severity == "error":
        return str(problem)
    return f"{problem.path}:{problem.line}: hint: {problem.found}; {problem.expected}"


def _count(problems: list[Problem]) -> str:
    if not problems:
        return "Nothing is wrong."
    numbers = Counter(problem.severity for problem in problems)
    counts = []
    for severity in ("error", "hint"):
        number = numbers[severity]
        if number:
            plural = "" if number == 1 else "s"
            counts.append(f"{number} {severity}{plural}")
    return ", ".join(counts) + "."


def as_github(problems: Iterable[Problem]) -> str:
    """Annotations: GitHub shows them at their lines in a pull request, and in its log the words
    alone.
    """
    return "".join(map(_annotation, problems))


def _annotation(problem: Problem) -> str:
    level = GITHUB_LEVELS[problem.severity]
    path = _escape(problem.path).replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={path},line={problem.line}::{_escape(str(problem))}\n"


def _escape(text: str) -> str:
    """A text that cannot end its annotation: what it holds could begin a command of its own."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escape_for_terminal(escaped)


def as_json(problems: Iterable[Problem]) -> str:
    """`{"problems": […]}`, each with `path`, `line`, `found`, `expected` and `severity`."""
    data = {"problems": [asdict(problem) for problem in problems]}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


FORMATS: dict[str, Callable[[Iterable[Problem]], str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
}
