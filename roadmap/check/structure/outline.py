"""Reads the outline of a page: its sections, and in each the calls, lists, tables, links and texts.

Markdown itself says what is a list or a table: a bullet right below a paragraph is neither. So that
everything found has its line, each line gets a mark with its number before Markdown reads it.
Judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import lxml.html
from lxml.html import HtmlElement
from markdown import Markdown

from macros.facts.problem import Problem
from roadmap.project import class_names
from roadmap.project.pages import Heading, Page
from roadmap.project.piece_calls import CALL, Call, call_of, calls

PIECE = "\ue002"  # stands for a piece in a text
MARKED = re.compile("\ue000(\\d+)\ue001")
BULLETS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}\.(?=[ \t])))*[ \t]*")
OPENING = re.compile(r"(?:\#{1,6} +|!!! \w+ \"|\|)?")
# Callouts without a title, rules, the line below the head of a table
UNMARKED = re.compile(r"!!!|[-*_= \t|:]+$|$")
CELL = re.compile(r"(?<!\\)\|")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = ("p", "ul", "ol", "li", "table", "div", "blockquote", "pre", "hr", *HEADINGS)

Kind = Literal["text", "list", "table", "callout", "quote", "call"]
COUNTED: tuple[Kind, ...] = ("list", "table", "callout", "quote")
Size = int | str | tuple[int, ...]


@dataclass(frozen=True)
class Link:
    """`look` is its class, such as `next-step`; empty where it has none. `words` are those that one
    clicks on.
    """

    line: int
    address: str
    look: str = ""
    words: str = ""

    def __str__(self) -> str:
        attributes = f"{{ .{self.look} }}" if self.look else ""
        return f"]({self.address}){attributes}"


@dataclass(frozen=True)
class Block:
    """Something in a section. `top`: directly in it, not in another block.

    kind      size
    text      0: a paragraph, an item or a cell with its words
    list      number of its items
    table     cells of each of its rows
    callout   its kind, such as `tip`
    quote     0
    call      0: a piece that stands by itself
    """

    line: int
    kind: Kind
    size: Size = 0
    words: tuple[tuple[int, str], ...] = ()  # line by line
    links: tuple[Link, ...] = ()
    top: bool = False

    @property
    def text(self) -> str:
        words = " ".join(words for _, words in self.words)
        return " ".join(words.split())


@dataclass(frozen=True)
class SectionOutline:
    """From a heading (None: above the first) to the line before the next one; `end` is its last
    line.
    """

    heading: Heading | None
    line: int
    end: int
    blocks: tuple[Block, ...]
    calls: tuple[Call, ...]

    @property
    def id(self) -> str:
        return (self.heading and self.heading.id) or ""

    @property
    def level(self) -> int:
        """That of its heading; 0 above the first."""
        return self.heading.level if self.heading else 0

    @property
    def title(self) -> str:
        return self.heading.text if self.heading else ""

    def of(self, kind: Kind) -> list[Block]:
        return [block for block in self.blocks if block.kind == kind]


@dataclass(frozen=True)
class Outline:
    """A page and its sections. `problems`: why its calls cannot be read."""

    page: Page
    sections: tuple[SectionOutline, ...]
    problems: tuple[Problem, ...]

    def blocks(self, kind: Kind) -> Iterator[Block]:
        """The blocks of this kind on the whole page."""
        for section in self.sections:
            yield from section.of(kind)


def outline(page: Page, markdown: Markdown) -> Outline:
    """What a page is made of."""
    try:
        found_calls, problems = calls(page)
    except RecursionError:
        found_calls = []
        found = "braces inside braces without end"
        problems = [
            page.problem(
                1,
                found,
                '`{{ piece("id") }}`',
            )
        ]
    blocks = _blocks(page, markdown)
    starts: list[tuple[Heading | None, int]] = [(None, 1)]
    starts += [(heading, heading.line) for heading in page.headings]
    ends = [line - 1 for _, line in starts[1:]]
    ends.append(len(page.text.splitlines()))
    sections = []
    for (heading, line), end in zip(starts, ends, strict=True):
        section = SectionOutline(
            heading=heading,
            line=line,
            end=end,
            blocks=tuple(block for block in blocks if line <= block.line <= end),
            calls=tuple(call for call in found_calls if line <= call.line <= end),
        )
        sections.append(section)
    return Outline(page, tuple(sections), tuple(problems))


# Marks


def _blocks(page: Page, markdown: Markdown) -> list[Block]:
    """The blocks of a page, as Markdown reads it."""
    prose = dict(page.prose_lines)
    lines: list[str] = []
    marked_lines: list[str] = []
    for number, text in page.lines:
        lines.append(text)
        marked = _marked(number, prose.get(number, ""))
        marked_lines.append(marked)
    html = markdown.reset().convert("\n".join(marked_lines))
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    walk = _Walk(lines)
    return list(walk.blocks(tree, top=True))


def _marked(number: int, line: str) -> str:
    """A line with its number where its words begin."""
    line = CALL.sub(_replace_call, line)
    at = _end(BULLETS.match(line))
    is_titled_callout = line.startswith("!!! ", at) and '"' in line
    if UNMARKED.match(line, at) and not is_titled_callout:
        return line
    if at == len(line):
        return line
    at = _end(OPENING.match(line, at))
    return f"{line[:at]}\ue000{number}\ue001{line[at:]}"


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0


def _replace_call(match: re.Match[str]) -> str:
    """The words that a term gets, else a sign for a piece."""
    call = call_of(match, 1)
    if call.name == "term" and len(call.arguments) > 1:
        return call.arguments[1]
    return PIECE


# What Markdown made of it


class _Walk:
    """Goes through the HTML of a page from top to bottom and knows which line it has reached."""

    def __init__(self, lines: list[str]):
        self.lines = lines
        self.line = 1

    def blocks(self, element: HtmlElement, top: bool = False) -> Iterator[Block]:
        """All blocks in an element."""
        for child in element:
            match child.tag:
                case "ul" | "ol":
                    yield Block(
                        self.reach(child),
                        "list",
                        len(child),
                        top=top,
                    )
                    for item in child:
                        yield from self.item(item)
                case "table":
                    yield from self.table(child, top)
                case "div":
                    yield self.callout(child, top)
                    yield from self.blocks(child)
                case "blockquote":
                    yield Block(
                        self.reach(child),
                        "quote",
                        top=top,
                    )
                    yield from self.blocks(child)
                case tag if tag in BLOCKS and tag != "hr":
                    yield self.text(child, top)

    def item(self, item: HtmlElement) -> Iterator[Block]:
        """An item of a list: its own words, if it has any, and the blocks in it."""
        own = self.text(item, top=False)
        if own.words or not len(item):
            yield own
        yield from self.blocks(item)

    def table(
        self,
        table: HtmlElement,
        top: bool,
    ) -> Iterator[Block]:
        """A table, then its cells."""
        rows = list(table.iter("tr"))
        row_lines = [self.reach(row) for row in rows]
        cells = tuple(self.count_cells(line) for line in row_lines)
        first_line = row_lines[0] if rows else self.line
        yield Block(
            first_line,
            "table",
            cells,
            top=top,
        )
        for row, line in zip(rows, row_lines, strict=True):
            self.line = line
            for cell in row:
                yield self.text(cell, top=False)

    def count_cells(self, line: int) -> int:
        """Cells of a row as it is written: Markdown fills up short ones."""
        row = self.lines[line - 1].strip().strip("|")
        return len(CELL.split(row))

    def callout(
        self,
        element: HtmlElement,
        top: bool,
    ) -> Block:
        """A callout. One without a title has its first mark below the line where it begins."""
        line = self.reach(element)
        kind = element.get("class", "").removeprefix("admonition").strip()
        for above in range(line, 0, -1):
            if self.lines[above - 1].lstrip().startswith("!!!"):
                line = above
                break
        return Block(
            line,
            "callout",
            kind,
            top=top,
        )

    def reach(self, element: HtmlElement) -> int:
        """The first line of a block."""
        mark = MARKED.search(element.text_content())
        if mark:
            self.line = int(mark[1])
        return self.line

    def text(
        self,
        element: HtmlElement,
        top: bool,
    ) -> Block:
        """A block with words of its own; what blocks in it say is theirs."""
        start = self.reach(element)
        links: list[Link] = []
        words: dict[int, str] = {}
        for part in _inline(element):
            if isinstance(part, str):
                self.add_words(part, words)
            elif part.get("class") != class_names.HEADING_LINK:
                links.append(
                    Link(
                        self.line,
                        part.get("href", ""),
                        part.get("class", ""),
                        _words_of(part),
                    )
                )
        said = []
        for line, text in words.items():
            if text.strip():
                said.append((line, text.strip("\n")))
        if top and [text.strip() for _, text in said] == [PIECE]:
            return Block(
                start,
                "call",
                links=tuple(links),
                top=top,
            )
        return Block(
            start,
            "text",
            words=tuple(said),
            links=tuple(links),
            top=top,
        )

    def add_words(
        self,
        text: str,
        words: dict[int, str],
    ) -> None:
        """Adds a piece of text to the words of each line that it reaches."""
        before, *marks_and_texts = MARKED.split(text)
        words[self.line] = words.get(self.line, "") + before
        numbers = marks_and_texts[::2]
        texts = marks_and_texts[1::2]
        for number, said in zip(numbers, texts, strict=True):
            self.line = int(number)
            words[self.line] = words.get(self.line, "") + said


def _words_of(link: HtmlElement) -> str:
    """The words of a link; none where some of them are in another language."""
    if link.find(".//*[@lang]") is not None:
        return ""
    return " ".join(MARKED.sub("", link.text_content()).split())


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
