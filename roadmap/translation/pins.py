"""Reads and writes pins: the hash of the English section that each section was translated from.

state.yml of an edition holds its pins; same-meaning.yml of the English one holds pairs of hashes
that mean the same, and strings that do. Checks the form of these files; check/pins.py checks
whether they are true.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.facts.problem import Problem, Problems, brief
from macros.language import same_meaning as strings
from macros.language.same_meaning import Reworded
from roadmap.project.once import once
from roadmap.project.project import Edition, Project
from roadmap.project.sections import DIGITS

PINS_FILE = "state.yml"  # of an edition
EXPECTED_HASH = f"the first {DIGITS} digits of a hash, as `roadmap sync` writes"
EXPECTED_PAIRS = "pairs of hashes `- [before, after]`, as `roadmap same-meaning` writes"
HASH = re.compile(rf"[0-9a-f]{{{DIGITS}}}")
PLAIN_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*")
PINS_HEAD = """\
# The English section that each section here was translated from, as a hash of its text.
# Written by `roadmap sync {code} PAGE`, once the page says what the English page says.
"""
SAME_HEAD = """\
# Changes of wording or spelling that left the meaning of English as it was: of a section by its \
hashes
# [before, after], of a string by its text before and after. Translations of the one are \
translations
# of the other. Written by `roadmap same-meaning`, or by hand.
"""

Pins = dict[str, dict[str, str]]  # page → section → hash of the English section
Pairs = dict[str, dict[str, list[list[str]]]]  # page → section → [before, after] …


@dataclass(frozen=True)
class PinFile:
    """What such a file holds, by page and section, and the line of each."""

    file: str
    pages: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)

    def problem(
        self,
        at: tuple[str | int, ...],
        found: str,
        expected: str,
    ) -> Problem:
        """A problem at the line of a page or section; at the first line where that is unknown."""
        line = self.lines.get(at, 1)
        return Problem(self.file, line, found, expected)


@once
def pins(edition: Edition) -> PinFile:
    """The pins of an edition; none where there is no file. Raises Problems."""
    return _read(edition, PINS_FILE, _is_hash, EXPECTED_HASH)


def pins_of(edition: Edition) -> Pins:
    """Hash of the English section that each section was translated from, by page and section.

    Raises Problems.
    """
    pinned = {}
    for page, hashes in pins(edition).pages.items():
        pinned[page] = dict(hashes)
    return pinned


@once
def same_meaning(project: Project) -> PinFile:
    """Pairs of hashes that mean the same; none where there is no file. Raises Problems."""
    return _read(project.english, strings.FILE, _is_pairs, EXPECTED_PAIRS)


@once
def reworded_strings(project: Project) -> tuple[Reworded, ...]:
    """Strings that mean what they meant; none where there is no file. Raises Problems."""
    english = project.english
    path = english.folder / strings.FILE
    return strings.read_reworded(path, english.file_name(strings.FILE), project.read_bytes)


def write_pins(edition: Edition, pinned: Pins) -> None:
    """Writes state.yml. The same pins give the same bytes."""

    def as_text(hash: str) -> str:
        return f" {hash}"

    path = edition.folder / PINS_FILE
    head = PINS_HEAD.format(code=edition.code)
    _write(path, head, pinned, as_text)


def write_same_meaning(project: Project, pairs: Pairs, reworded: Iterable[Reworded]) -> None:
    """Writes same-meaning.yml. The same pairs and strings give the same bytes."""

    def as_text(of_section: list[list[str]]) -> str:
        text = ""
        for before, after in of_section:
            text += f"\n    - [{before}, {after}]"
        return text

    lines = []
    for each in reworded:
        lines.append(f"  - before: {_quoted(each.before)}\n")
        lines.append(f"    after: {_quoted(each.after)}\n")
    if lines:
        lines.insert(0, f"{strings.STRINGS}:\n")
    path = project.english.folder / strings.FILE
    _write(path, SAME_HEAD, pairs, as_text, "".join(lines))


# Reading


def _is_hash(value: object) -> bool:
    if not isinstance(value, str):
        return False
    return HASH.fullmatch(value) is not None


def _is_pairs(value: object) -> bool:
    if not isinstance(value, list):
        return False
    return all(map(_is_pair, value))


def _is_pair(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    return all(map(_is_hash, value))


def _read(
    edition: Edition,
    path: str,
    is_valid: Callable[[object], bool],
    expected: str,
) -> PinFile:
    """A file of an edition; none of its pages where there is no file. Raises Problems.

    `is_valid` judges what the file has for a section; `expected` says what that must be.
    """
    name = edition.file_name(path)
    if not (edition.folder / path).is_file():
        return PinFile(name)
    markers = list(_conflict_markers(edition, path))
    if markers:
        raise Problems(markers)
    data, lines = edition.yaml(path)
    if not isinstance(data, dict):
        no_pages = Problem(name, 1, "no pages", "`page.md:` lines, sections below them")
        raise Problems([no_pages])
    if path == strings.FILE:
        data = {page: value for page, value in data.items() if page != strings.STRINGS}
    pin_file = PinFile(name, data, lines)
    malformed = list(_malformed(pin_file, is_valid, expected))
    if malformed:
        raise Problems(malformed)
    return pin_file


def _conflict_markers(edition: Edition, path: str) -> Iterator[Problem]:
    """Conflict markers, which git leaves where two people have changed the same lines."""
    raw = edition.project.read_bytes(edition.folder / path)
    text = raw.decode("utf-8", "replace")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("<<<<<<< "):
            yield Problem(
                edition.file_name(path),
                number,
                "two versions side by side",
                "one of them; then sync the page again",
            )


def _malformed(
    pin_file: PinFile,
    is_valid: Callable[[object], bool],
    expected: str,
) -> Iterator[Problem]:
    """Pages without sections, and sections whose value is not valid."""
    for page, sections in pin_file.pages.items():
        if not isinstance(sections, dict):
            lines = f"`section: …` lines below it, each with {expected}"
            yield pin_file.problem((page,), f"`{page}` without sections", lines)
            continue
        for id, value in sections.items():
            if not is_valid(value):
                shown = brief(str(value))
                yield pin_file.problem((page, id), f"`{id}: {shown}`", expected)


# Writing


def _write(
    path: Path,
    head: str,
    pages: Mapping[str, Mapping[str, Any]],
    as_text: Callable[[Any], str],
    tail: str = "",
) -> None:
    """Writes such a file, sorted by page and section; `as_text` writes what follows a colon.

    `tail` are lines that come last.
    """
    lines = []
    for page, sections in sorted(pages.items()):
        if sections:
            lines.append(f"{_key(page)}:\n")
        for id, value in sorted(sections.items()):
            lines.append(f"  {_key(id)}:{as_text(value)}\n")
    body = "".join(lines) + tail or "{}\n"
    path.write_text(head + body, encoding="utf-8", newline="\n")


def _key(text: str) -> str:
    """A key of YAML, in quotation marks where it needs them."""
    if PLAIN_KEY.fullmatch(text):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
