"""Reads the shape of a page: its sections, and in each the calls, lists, tables, links and texts.
Judges nothing.

Markdown itself says what is a list or a table: a bullet right below a paragraph is neither. So that
everything found has its line, each line gets a mark with its number before Markdown reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import lxml.html
from lxml.html import HtmlElement
from markdown import Markdown

from macros.facts.problem import Problem
from roadmap.check.safety import allowlist
from roadmap.project import class_names, pages
from roadmap.project.pages import Call, Heading, Page

PIECE = "\ue002"  # stands for a piece in a text
MARKED = re.compile("\ue000(\\d+)\ue001")
BULLETS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}\.(?=[ \t])))*[ \t]*")
OPENING = re.compile(r"\#{1,6} +|!!! \w+ \"|\||")
UNMARKED = re.compile(
    r"!!!|[-*_= \t|:]+$|$"
)  # callouts without a title, rules, the line below the head of a table
CELL = re.compile(r"(?<!\\)\|")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = ("p", "ul", "ol", "li", "table", "div", "blockquote", "pre", "hr", *HEADINGS)


@dataclass(frozen=True)
class Link:
    """`look` is its class, such as `next-step`; empty where it has none."""

    line: int
    address: str
    look: str = ""

    def __str__(self) -> str:
        return f"]({self.address})" + (f"{{ .{self.look} }}" if self.look else "")


@dataclass(frozen=True)
class Part:
    """Something in a section. `top`: directly in it, not in another part.

    kind      size
    text      0: a paragraph, an item or a cell with its words
    list      number of its items
    table     cells of each of its rows
    callout   its kind, such as `tip`
    call      0: a piece that stands by itself
    """

    line: int
    kind: str
    size: int | str | tuple[int, ...] = 0
    words: tuple[tuple[int, str], ...] = ()  # line by line
    links: tuple[Link, ...] = ()
    top: bool = False

    @property
    def text(self) -> str:
        return " ".join(" ".join(words for _, words in self.words).split())


@dataclass(frozen=True)
class Section:
    """From a heading (None: above the first) to the line before the next one; `end` is its last
    line.
    """

    heading: Heading | None
    line: int
    end: int
    parts: tuple[Part, ...]
    calls: tuple[Call, ...]

    @property
    def id(self) -> str:
        return (self.heading and self.heading.id) or ""

    def of(self, kind: str) -> list[Part]:
        return [part for part in self.parts if part.kind == kind]


@dataclass(frozen=True)
class Shape:
    """A page and its sections. `problems`: why its calls cannot be read."""

    page: Page
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]

    @property
    def front(self) -> dict[str, tuple[int, str]]:
        """The front matter: key → line and value, as it is written."""
        lines = self.page.text.splitlines()
        end = next((i for i, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), 0)
        keys = (
            (number, *line.partition(":")[::2]) for number, line in enumerate(lines[1:end], start=2)
        )
        return (
            {key: (number, value.strip()) for number, key, value in keys}
            if lines[:1] == ["---"]
            else {}
        )


@lru_cache(maxsize=1024)
def shape(page: Page, markdown: Markdown) -> Shape:
    """What a page is made of."""
    try:
        calls, problems = pages.calls(page)
    except RecursionError:
        calls, problems = (
            [],
            [page.problem(1, "braces inside braces without end", '`{{ piece("id") }}`')],
        )
    lines, headings = page.text.splitlines(), page.headings
    parts = _parts(page, markdown)
    starts = [1, *(heading.line for heading in headings), len(lines) + 1]
    cut = [
        Section(
            heading,
            start,
            end - 1,
            tuple(part for part in parts if start <= part.line < end),
            tuple(call for call in calls if start <= call.line < end),
        )
        for heading, (start, end) in zip([None, *headings], pairwise(starts), strict=True)
    ]
    return Shape(page, tuple(cut), tuple(problems))


# Marks


def _parts(page: Page, markdown: Markdown) -> list[Part]:
    body = dict(page.body_lines)
    lines = page.text.splitlines()
    marked = [_marked(number, body.get(number, "")) for number in range(1, len(lines) + 1)]
    html = markdown.reset().convert("\n".join(marked))
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    return list(_Walk(lines).blocks(tree, top=True))


def _marked(number: int, line: str) -> str:
    """A line with its number where its words begin."""
    line = allowlist.CALL.sub(_spoken, line)
    at = BULLETS.match(line).end()
    if not line[at:].startswith("!!! ") or '"' not in line:
        at = at if not UNMARKED.match(line[at:]) else len(line)
    if at == len(line):
        return line
    at = OPENING.match(line, at).end()
    return f"{line[:at]}\ue000{number}\ue001{line[at:]}"


def _spoken(call: re.Match[str]) -> str:
    """The words that a term gets, else a sign for a piece."""
    words = allowlist.WORDS.findall(call[2] or "")
    return words[1][1:-1] if call[1] == "term" and len(words) > 1 else PIECE


# What Markdown made of it


class _Walk:
    """Goes through a page from top to bottom and knows which line it has reached."""

    def __init__(self, lines: list[str]):
        self.lines, self.line = lines, 1

    def blocks(self, element: HtmlElement, top: bool = False) -> Iterator[Part]:
        """The parts of all blocks in an element."""
        for block in element:
            if block.tag in ("ul", "ol"):
                yield self.part(block, "list", len(block), top)
                for item in block:
                    yield from self.holder(item)
            elif block.tag == "table":
                yield from self.table(block, top)
            elif block.tag == "div":
                yield self.callout(block, top)
                yield from self.blocks(block)
            elif block.tag == "blockquote":
                yield self.part(block, "quote", 0, top)
                yield from self.blocks(block)
            elif block.tag in BLOCKS and block.tag != "hr":
                yield self.text(block, top)

    def holder(self, item: HtmlElement) -> Iterator[Part]:
        """An item of a list: its own words, if it has any, and the blocks in it."""
        own = self.text(item, False)
        if own.words or not len(item):
            yield own
        yield from self.blocks(item)

    def table(self, table: HtmlElement, top: bool) -> Iterator[Part]:
        rows = list(table.iter("tr"))
        at = [self.reach(row) for row in rows]
        sizes = tuple(len(CELL.split(self.lines[line - 1].strip().strip("|"))) for line in at)
        yield Part(at[0] if at else self.line, "table", sizes, top=top)
        for row, line in zip(rows, at, strict=True):
            self.line = line
            yield from (self.text(cell, False) for cell in row)

    def callout(self, block: HtmlElement, top: bool) -> Part:
        """A callout without a title has its first mark below the line where it begins."""
        line, kind = self.reach(block), block.get("class", "").removeprefix("admonition").strip()
        above = (at for at in range(line, 0, -1) if self.lines[at - 1].lstrip().startswith("!!!"))
        return Part(next(above, line), "callout", kind, top=top)

    def part(self, block: HtmlElement, kind: str, size: int | str, top: bool) -> Part:
        return Part(self.reach(block), kind, size, top=top)

    def reach(self, block: HtmlElement) -> int:
        """The first line of a block."""
        found = MARKED.search(block.text_content())
        self.line = int(found[1]) if found else self.line
        return self.line

    def text(self, block: HtmlElement, top: bool) -> Part:
        """A block with words of its own; what blocks in it say is theirs."""
        start, links, words = self.reach(block), [], {}
        for piece in _inline(block):
            if isinstance(piece, str):
                before, *rest = MARKED.split(piece)
                for line, said in [
                    (self.line, before),
                    *zip(map(int, rest[::2]), rest[1::2], strict=True),
                ]:
                    self.line = line
                    words[line] = words.get(line, "") + said
            elif piece.get("class") != class_names.HEADING_LINK:
                links.append(Link(self.line, piece.get("href", ""), piece.get("class", "")))
        said = tuple((line, text.strip("\n")) for line, text in words.items() if text.strip())
        alone = top and [text.strip() for _, text in said] == [PIECE]
        return Part(start, "call" if alone else "text", 0, () if alone else said, tuple(links), top)


def _inline(element: HtmlElement) -> Iterator[str | HtmlElement]:
    """The words of a block, and its links where they begin. Code and words in another language are
    no words.
    """
    yield element.text or ""
    for child in element:
        if child.tag == "a":
            yield child
        if child.tag == "code" or child.get("lang"):
            yield PIECE
        elif child.tag not in BLOCKS:
            yield from _inline(child)
        yield child.tail or ""
