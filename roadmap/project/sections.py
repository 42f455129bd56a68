"""Cuts a page into its sections, each with a hash of what it says. Knows no pins and no history."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from roadmap.project.pages import Heading, Page

DIGITS = 12  # of a hash; enough to tell the sections of a site apart, short enough to read


@dataclass(frozen=True)
class Section:
    """A heading with an id, down to the next one. `line` and `end` are its first and last line.

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


def sections(page_text: str) -> dict[str, Section]:
    """The sections of a page by id, in their order.

    What stands above the title belongs to the section of the title. A heading without an id of its
    own opens no section: it stays in the one above.
    """
    return {section.id: section for section in _cut(normalise_newlines(page_text))}


def headings(page_text: str) -> tuple[Heading, ...]:
    """Every heading of a page."""
    return Page("", "", normalise_newlines(page_text)).headings


@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[Section, ...]:
    lines = text.removesuffix("\n").split("\n")  # as Page counts them
    opening = _headings_with_new_id(text)
    starts = [heading.line - 1 for heading in opening]
    starts[:1] = [0]
    ends = [*starts[1:], len(lines)]
    found = []
    for heading, start, end in zip(opening, starts, ends, strict=False):
        found.append(_section(heading, lines[start:end], end))
    return tuple(found)


def _headings_with_new_id(text: str) -> list[Heading]:
    """The headings that open a section: of those with the same id, the first."""
    first: dict[str, Heading] = {}
    for heading in headings(text):
        if heading.id:
            first.setdefault(heading.id, heading)
    return list(first.values())


def _section(heading: Heading, lines: list[str], end: int) -> Section:
    text = _without_spare_space(lines)
    return Section(
        id=heading.id or "",
        title=heading.text,
        text=text,
        line=heading.line,
        hash=sha256(text.encode()).hexdigest()[:DIGITS],
        end=end,
    )


def _without_spare_space(lines: list[str]) -> str:
    kept: list[str] = []
    for line in map(str.rstrip, lines):
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).rstrip("\n") + "\n"


def normalise_newlines(text: str) -> str:
    """A text whose lines end in a line feed, without a byte order mark."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
