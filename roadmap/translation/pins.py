"""Reads and writes what is known of translations: state.yml of an edition, same-meaning.yml of the
English one.

Judges only the form of these files, never whether what they say is true.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from macros.facts.load import read_yaml
from macros.facts.problem import Problem, Problems, shown
from roadmap.project.sections import DIGITS

A_HASH = f"the first {DIGITS} digits of a hash, as `roadmap sync` writes"
HASHES = "pairs of hashes `- [before, after]`, as `roadmap same-meaning` writes"
HASH = re.compile(rf"[0-9a-f]{{{DIGITS}}}")
PLAIN_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*")
PINS = """\
# The English section that each section here was translated from, as a hash of its text.
# Written by `roadmap sync {code} PAGE`, once the page says what the English page says.
"""
SAME = """\
# Changes of wording or spelling that left the meaning of an English section as it was: [before, after].
# Written by `roadmap same-meaning PAGE#SECTION`. Translations of the one are translations of the other.
"""

Pins = dict[str, dict[str, str]]  # page → section → hash of the English section
Pairs = dict[str, dict[str, list[list[str]]]]  # page → section → [before, after] …


@dataclass(frozen=True)
class Written:
    """What such a file holds, by page and section, and where."""

    file: str
    pages: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)

    def problem(self, at: tuple[str | int, ...], there: str, instead: str) -> Problem:
        return Problem(self.file, self.lines.get(at, 1), there, instead)


def pins(root: Path, code: str) -> Written:
    """The pins of an edition; none where there is no file. Raises Problems."""
    return _read(root, pins_path(root, code), _is_hash, A_HASH)


def pins_of(root: Path, code: str) -> Pins:
    """Hash of the English section that each section was translated from, by page and section.
    Raises Problems.
    """
    return {page: dict(found) for page, found in pins(root, code).pages.items()}


def same_meaning(root: Path) -> Written:
    """Pairs of hashes that mean the same; none where there is no file. Raises Problems."""
    return _read(root, same_path(root), _is_pairs, HASHES)


def write_pins(root: Path, code: str, pins: Pins) -> None:
    _write(pins_path(root, code), PINS.format(code=code), pins, lambda hash: f" {hash}")


def write_same_meaning(root: Path, pairs: Pairs) -> None:
    _write(
        same_path(root), SAME, pairs, lambda each: "".join(f"\n    - [{a}, {b}]" for a, b in each)
    )


def pins_path(root: Path, code: str) -> Path:
    return root / "docs" / code / "state.yml"


def same_path(root: Path) -> Path:
    return root / "docs" / "en" / "same-meaning.yml"


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and bool(HASH.fullmatch(value))


def _is_pairs(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(pair, list) and len(pair) == 2 and all(map(_is_hash, pair)) for pair in value
    )


def _read(root: Path, path: Path, good: Callable[[object], bool], wanted: str) -> Written:
    name = shown(path, root)
    if not path.exists():
        return Written(name)
    if marks := list(_conflicts(path, name)):
        raise Problems(marks)
    data, lines = read_yaml(path, name)
    written = Written(name, data if isinstance(data, dict) else {}, lines)
    problems = (
        []
        if isinstance(data, dict)
        else [Problem(name, 1, "no pages", "`page.md:` lines, sections below them")]
    )
    problems += _malformed(written, good, wanted)
    if problems:
        raise Problems(problems)
    return written


def _conflicts(path: Path, name: str) -> Iterator[Problem]:
    """Marks that git leaves where two people have changed the same lines."""
    for number, line in enumerate(
        path.read_bytes().decode("utf-8", "replace").splitlines(), start=1
    ):
        if line.startswith("<<<<<<< "):
            yield Problem(
                name, number, "two versions side by side", "one of them; then sync the page again"
            )


def _malformed(written: Written, good: Callable[[object], bool], wanted: str) -> Iterator[Problem]:
    for page, found in written.pages.items():
        if not isinstance(found, dict):
            lines = f"`section: …` lines below it, each with {wanted}"
            yield written.problem((page,), f"`{page}` without sections", lines)
            continue
        for id, value in found.items():
            if not good(value):
                yield written.problem((page, id), f"`{id}: {_brief(value)}`", wanted)


def _brief(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= 40 else text[:39] + "…"


def _write(
    path: Path, head: str, pages: Mapping[str, Mapping[str, Any]], as_text: Callable[[Any], str]
) -> None:
    body = "".join(
        f"{_key(page)}:\n"
        + "".join(f"  {_key(id)}:{as_text(value)}\n" for id, value in sorted(found.items()))
        for page, found in sorted(pages.items())
        if found
    )
    path.write_text(head + (body or "{}\n"), encoding="utf-8", newline="\n")


def _key(text: str) -> str:
    return text if PLAIN_KEY.fullmatch(text) else json.dumps(text, ensure_ascii=False)
