"""Says what a check has found, for people, for GitHub, for other programs. Judges nothing, prints
nothing.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict

from macros.facts.problem import Problem

HIDDEN = {
    "Cc",
    "Cn",
    "Co",
    "Cs",
    "Zl",
    "Zp",
}  # kinds of signs that do something else than being read
TURNING = set(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)  # they turn the order of what one reads


def as_text(problems: Iterable[Problem], warnings: Iterable[Problem] = ()) -> str:
    """A line for each, `path:line: what is there; what instead`, and how many there are."""
    wrong, doubtful = list(problems), list(warnings)
    lines = [_plain(str(each)) for each in wrong]
    lines += [
        _plain(f"{each.path}:{each.line}: warning: {each.found}; {each.expected}")
        for each in doubtful
    ]
    return "\n".join([*lines, _counted(len(wrong), len(doubtful))]) + "\n"


def _counted(problems: int, warnings: int) -> str:
    if not problems and not warnings:
        return "Nothing is wrong."
    counts = [
        f"{number} {word}{'s' if number > 1 else ''}"
        for number, word in ((problems, "problem"), (warnings, "warning"))
        if number
    ]
    return ", ".join(counts) + "."


def as_github(problems: Iterable[Problem], warnings: Iterable[Problem] = ()) -> str:
    """Annotations: GitHub shows them at their lines in a pull request, and in its log the words
    alone.
    """
    lines = [_annotation("error", each) for each in problems] + [
        _annotation("warning", each) for each in warnings
    ]
    return "".join(f"{line}\n" for line in lines)


def _annotation(level: str, each: Problem) -> str:
    path = _escaped(each.path).replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={path},line={each.line}::{_escaped(str(each))}"


def _escaped(text: str) -> str:
    """A text that cannot end its annotation: what it holds could begin a command of its own."""
    return _plain(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def as_json(problems: Iterable[Problem], warnings: Iterable[Problem] = ()) -> str:
    """`{"problems": […], "warnings": […]}`, each with `path`, `line`, `there` and `instead`."""
    said = {
        "problems": [asdict(each) for each in problems],
        "warnings": [asdict(each) for each in warnings],
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _plain(text: str) -> str:
    """A text that does nothing to a terminal but be read on one line."""
    return "".join(
        _named(sign) if unicodedata.category(sign) in HIDDEN or sign in TURNING else sign
        for sign in text
    )


def _named(sign: str) -> str:
    return sign.encode("unicode_escape", "backslashreplace").decode()
