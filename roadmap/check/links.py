"""Follows the links of the English edition: where they lead, and whether it is there.

A page is rendered for that with its pieces, as Markdown reads it. Writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath

import lxml.html
from markdown import Markdown

from macros.facts.problem import Problem, Problems
from macros.pieces import Pieces
from roadmap.project.pages import Page
from roadmap.project.piece_calls import calls, render_calls
from roadmap.project.project import Edition

MOST_NAMED = 12  # ids of a page, where a link names one that it has not
GENERATED = re.compile(  # made by the build, not written by anybody
    r"^((pictures|worksheets)/.*\.(svg|pdf)$|\.\./downloads/roadmap-.*\.(zip|pdf)$|\.\./data/)"
)


@dataclass(frozen=True)
class RenderedPage:
    """The ids and the links of a page once its pieces and its Markdown are rendered."""

    page: Page
    ids: tuple[str, ...]
    links: tuple[str, ...]


def check_links(edition: Edition) -> list[Problem]:
    """Pieces that cannot be rendered, ids given twice, and links that lead nowhere.

    Links are followed only when every page can be rendered. Raises Problems where the facts or the
    messages cannot be read.
    """
    pieces = edition.pieces
    problems = list(edition.unreadable_pages)
    rendered: dict[str, RenderedPage] = {}
    for path, page in edition.pages.items():
        try:
            rendered[path] = render(page, pieces(path), edition.project.markdown)
        except Problems as refusal:
            problems += refusal.problems
    for found in rendered.values():
        problems += _repeated_ids(found)
    if len(rendered) == len(edition.page_paths):
        for found in rendered.values():
            problems += _broken_links(found, rendered)
    return problems


def render(
    page: Page,
    pieces: Pieces,
    markdown: Markdown,
) -> RenderedPage:
    """The page with its pieces in place. Raises Problems where one of them fails."""
    if unreadable := calls(page)[1]:
        raise Problems(unreadable)
    text = render_calls(page, pieces)
    with_pieces = Page(page.path, page.file, text)
    html = markdown.reset().convert(with_pieces.text_below_front)
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    ids = tree.xpath("//@id")
    links = tree.xpath("//a/@href")
    return RenderedPage(page, tuple(ids), tuple(links))


def _repeated_ids(rendered: RenderedPage) -> Iterator[Problem]:
    page = rendered.page
    for id in rendered.ids:
        if rendered.ids.count(id) > 1:
            yield page.problem(
                page.line_of(id),
                f"the id `{id}` twice",
                "each id once",
            )


def _broken_links(
    rendered: RenderedPage, all_rendered: Mapping[str, RenderedPage]
) -> Iterator[Problem]:
    """Links within the edition that lead nowhere."""
    for link in dict.fromkeys(rendered.links):
        if "://" in link or link.startswith(("mailto:", "/")):
            continue
        if problem := _broken_link(rendered.page, link, all_rendered):
            yield problem


def _broken_link(
    page: Page,
    link: str,
    all_rendered: Mapping[str, RenderedPage],
) -> Problem | None:
    target, _, anchor = link.partition("#")
    path = page.path
    if target:
        path = normpath(join(dirname(page.path), target))
    path = re.sub(r"\.html$", ".md", path)
    line = page.line_of(f"({link}")
    if path in all_rendered:
        ids = all_rendered[path].ids
        if not anchor or anchor in ids:
            return None
        known = ", ".join(sorted(set(ids))[:MOST_NAMED])
        found = f"a link to `{link}`: {path} has no `#{anchor}`"
        return page.problem(
            line,
            found,
            f"an id of that page: {known} …",
        )
    if GENERATED.match(path):
        return None
    found = f"a link to `{link}`, which is not there"
    return page.problem(
        line,
        found,
        "the path of a page of this edition",
    )
