"""Judges the letters of a file: none that nobody sees or that turns the order of others."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from macros.facts.problem import Problem
from macros.language.characters import forbidden_in_files
from roadmap.check.safety.allowlist import Finding


def check_letters(
    text: str,
    name: str,
    code: str,
) -> Iterator[Problem]:
    """No letter is invisible or turns the direction of others, but those that the script of the
    language needs. Messages call the file `name`.
    """
    for match in forbidden_in_files(code).finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        yield Problem(name, line, *_describe(match[0]))


def find_letter(text: str, code: str) -> Finding | None:
    """What is wrong with the first such letter of a text; None where there is none."""
    match = forbidden_in_files(code).search(text)
    return _describe(match[0]) if match else None


def _describe(letter: str) -> Finding:
    """What is wrong with a letter that may not be there."""
    if len(letter) > 1:
        return f"a letter written in UTF-7 (`{letter}`)", "the letter itself"
    name = unicodedata.name(letter, "control character")
    return f"an unseen letter (U+{ord(letter):04X} {name})", "text without it"
