"""Follows the links of an edition: a page as Markdown reads it, its ids, and where its links lead.
Writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from posixpath import dirname, join, normpath

import lxml.html
from markdown import Markdown

from macros.facts.problem import Problem
from macros.pieces import Pieces
from roadmap.project.pages import Page, calls, speak
from roadmap.project.piece_calls import spoken

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


@dataclass(frozen=True)
class Built:
    """Ids and links of a page once its pieces and its Markdown are read."""

    page: Page
    ids: frozenset[str]
    links: tuple[str, ...]


def build(page: Page, pieces: Pieces, markdown: Markdown) -> tuple[Built | None, list[Problem]]:
    """The page with its pieces in place. None when a piece fails."""
    found, problems = calls(page)
    for call in found:
        problems += speak(page, call, pieces)[1]
    if problems:
        return None, problems
    html = markdown.reset().convert(FRONT_MATTER.sub("", spoken(page, pieces)))
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    ids = tree.xpath("//@id")
    problems += [
        page.problem(page.line_of(i), f"the id `{i}` twice", "each id once")
        for i in ids
        if ids.count(i) > 1
    ]
    return Built(page, frozenset(ids), tuple(tree.xpath("//a/@href"))), problems


def broken_links(built: list[Built], exists: Callable[[str], bool]) -> Iterator[Problem]:
    """Links within the edition that lead nowhere. `exists` knows files that are not pages."""
    pages = {b.page.path: b for b in built}
    for b in built:
        for link in dict.fromkeys(b.links):
            if "://" not in link and not link.startswith(("mailto:", "/")):
                yield from _broken(b, link, pages, exists)


def _broken(
    b: Built, link: str, pages: dict[str, Built], exists: Callable[[str], bool]
) -> Iterator[Problem]:
    target, _, anchor = link.partition("#")
    path = normpath(join(dirname(b.page.path), target)) if target else b.page.path
    path = re.sub(r"\.html$", ".md", path)
    line = b.page.line_of(f"({link}")
    if path not in pages:
        if not exists(path):
            yield b.page.problem(
                line,
                f"a link to `{link}`, which is not there",
                "the path of a page of this edition",
            )
    elif anchor and anchor not in pages[path].ids:
        known = ", ".join(sorted(pages[path].ids)[:12])
        yield b.page.problem(
            line, f"a link to `{link}`: {path} has no `#{anchor}`", f"an id of that page: {known} …"
        )
