"""What a page says once a page or an id has moved: its links and its headings. Reads no file."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from posixpath import dirname, join, normpath, relpath

from roadmap.project.markdown_pages import target_of
from roadmap.project.pages import Page

HEADING_ID = re.compile(r"^(#{1,6} .*\{[^{}]*)(#[\w-]+)")
LINK = re.compile(r"(\]\(\s*<?|^ {0,3}\[[^\]]+\]:\s*<?)([^\s()<>]+)")


@dataclass(frozen=True)
class Move:
    """A page with another path; or, where ids are named, an id on `page` with another name."""

    page: str
    new_page: str
    id: str = ""
    new_id: str = ""

    @property
    def old(self) -> str:
        return f"{self.page}#{self.id}" if self.id else self.page

    @property
    def new(self) -> str:
        return f"{self.new_page}#{self.new_id}" if self.id else self.new_page

    @property
    def back(self) -> Move:
        """The move that undoes this one."""
        return Move(self.new_page, self.page, self.new_id, self.id)

    def path(self, page: str) -> str:
        """The path that a page has afterwards."""
        return self.new_page if page == self.page else page

    def section(self, page: str, id: str) -> str:
        """The id that a section of a page has afterwards."""
        return self.new_id if self.id and (page, id) == (self.page, self.id) else id

    def name(self, named: str) -> str:
        """A page, or a place on it (`page.md#id`), as it is named afterwards."""
        page, sign, id = named.partition("#")
        return self.path(page) + sign + self.section(page, id)


def moved(page: Page, raw: str, move: Move) -> str:
    """The text of a page after a move. `raw` is the text with the line ends that it has."""
    lines = raw.split("\n")
    titles = {heading.line for heading in page.headings if heading.id == move.id and move.id}
    for number, _ in page.prose_lines:
        line = lines[number - 1]
        if number in titles and page.path == move.page:
            line = _with_new_id(line, move)
        lines[number - 1] = LINK.sub(_relink(page.path, move), line)
    return "\n".join(lines)


def says_the_same(before: str, now: str, is_gone: Callable[[str], bool]) -> bool:
    """Whether two texts differ in nothing but names: ids of headings, addresses of links, of which
    those from before are gone (`page.md`, `page.md#id`, `#id`).
    """
    words, names = _words_and_names(before)
    words_now, names_now = _words_and_names(now)
    if words != words_now:
        return False
    return all(is_gone(name) for name, other in zip(names, names_now, strict=True) if name != other)


def _words_and_names(text: str) -> tuple[str, list[str]]:
    """A text without the names that a move changes, and these names."""
    names: list[str] = []

    def without(found: re.Match[str]) -> str:
        names.append(found[2])
        return found[1]

    lines = [HEADING_ID.sub(without, LINK.sub(without, line)) for line in text.split("\n")]
    return "\n".join(lines), names


def with_new_names(text: str, numbers: Collection[int], move: Move) -> str:
    """A YAML text in whose lines with these numbers the page or id is named as it is afterwards."""
    name = re.compile(rf"(?<![\w./#-]){re.escape(move.old)}(?![\w./-])")
    lines = text.split("\n")
    for number in numbers:
        lines[number - 1] = name.sub(move.new, lines[number - 1])
    return "\n".join(lines)


def _with_new_id(line: str, move: Move) -> str:
    """The line of a heading whose id has moved."""
    words, sign, attributes = line.rpartition("{")
    id = re.compile(rf"#{re.escape(move.id)}(?![\w-])")
    return words + sign + id.sub(f"#{move.new_id}", attributes, count=1)


def _relink(page: str, move: Move) -> Callable[[re.Match[str]], str]:
    """What is written in the place of a link on a page, which may move, too."""

    def relink(link: re.Match[str]) -> str:
        return link[1] + _address(page, link[2], move)

    return relink


def _address(page: str, address: str, move: Move) -> str:
    """The address of a link after a move."""
    target = target_of(page, address)
    if not target:
        return address
    path, sign, anchor = address.partition("#")
    anchor = move.section(target, anchor)
    stays = move.path(target) == target and dirname(move.path(page)) == dirname(page)
    if not path or stays:
        return path + sign + anchor
    file = normpath(join(dirname(page), path))
    if move.path(target) != target:
        file = move.path(target).removesuffix(".md") + path[path.rfind(".") :]
    new_path = relpath(file, dirname(move.path(page)) or ".")
    if path.endswith("/"):
        new_path += "/"
    return new_path + sign + anchor
