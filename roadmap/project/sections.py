"""Cuts a page into its sections, each with a hash of what it says. Knows no pins and no history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from roadmap.project.pages import Heading, Page

DIGITS = 12  # of a hash; enough to tell the sections of a site apart, short enough to read


@dataclass(frozen=True)
class Section:
    """A heading with an id, down to the next one. `line` and `end` are its first and last line,
    from 1.

    `text` is without what no reader sees: line ends, trailing space, runs of blank lines.
    """

    id: str
    title: str
    text: str
    line: int
    hash: str
    end: int

    @property
    def words(self) -> int:
        return len(self.text.split())


@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[Section, ...]:
    lines = text.splitlines()
    opening = _opening(headings(text))
    starts = [0, *(heading.line - 1 for heading in opening[1:])]
    ends = [*starts[1:], len(lines)]
    return tuple(
        _section(h, lines[start:end], end)
        for h, start, end in zip(opening, starts, ends, strict=False)
    )


def sections(page_text: str) -> dict[str, Section]:
    """The sections of a page by id, in their order. What stands above the title belongs to the
    title's section.

    A heading without an id of its own opens no section: it stays in the one above.
    """
    return {section.id: section for section in _cut(_plain(page_text))}


def headings(page_text: str) -> tuple[Heading, ...]:
    """Every heading of a page."""
    return Page("", "", _plain(page_text)).headings


def texts(root: Path, code: str) -> dict[str, str]:
    """The pages of an edition: path below its folder → text. A byte that is not UTF-8 becomes a
    sign for it.
    """
    folder = root / "docs" / code
    files = (path for path in sorted(folder.rglob("*.md")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8", "replace")
        for path in files
    }


def _opening(found: Iterable[Heading]) -> list[Heading]:
    first: dict[str, Heading] = {}
    for heading in found:
        if heading.id:
            first.setdefault(heading.id, heading)
    return list(first.values())


def _section(heading: Heading, lines: list[str], end: int) -> Section:
    text = _normal(lines)
    return Section(
        heading.id or "",
        heading.text,
        text,
        heading.line,
        sha256(text.encode()).hexdigest()[:DIGITS],
        end,
    )


def _normal(lines: list[str]) -> str:
    kept: list[str] = []
    for line in map(str.rstrip, lines):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).rstrip("\n") + "\n"


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
