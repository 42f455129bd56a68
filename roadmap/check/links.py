"""Follows the links of the English edition: where they lead, and whether it is there.

A page is rendered for that with its pieces, as Markdown reads it. Writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import lxml.html

from macros.facts.problem import Problem, Problems
from roadmap.project.answers import answer
from roadmap.project.markdown_pages import fill, target_of
from roadmap.project.pages import Page
from roadmap.project.piece_calls import calls
from roadmap.project.project import Edition, Project
from roadmap.translation.moved_in_english import advice

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
    problems = list(edition.unreadable_pages)
    rendered: dict[str, RenderedPage] = {}
    for path, page in edition.pages.items():
        try:
            rendered[path] = _rendered_before(page, edition)
        except Problems as refusal:
            problems += refusal.problems
    for found in rendered.values():
        problems += _repeated_ids(found)
    if len(rendered) == len(edition.page_paths):
        for found in rendered.values():
            problems += _broken_links(found, rendered, edition.project)
    return problems


def _rendered_before(page: Page, edition: Edition) -> RenderedPage:
    """The page with its pieces in place, as it was when it was last rendered, or rendered now."""
    memo = edition.project.memo("links", edition.code)

    def ids_and_links() -> list[list[str]]:
        html = _html(page, edition)
        return memo.get(lambda: _ids_and_links(html), html)

    ids, links = memo.get(ids_and_links, page.path, page.text, edition.pieces_key)
    return RenderedPage(page, tuple(ids), tuple(links))


def _html(page: Page, edition: Edition) -> str:
    """The page with its pieces in place. Raises Problems where one of them fails."""
    if unreadable := calls(page)[1]:
        raise Problems(unreadable)
    return fill(page, edition.converted(page), partial(answer, edition)).html


def _ids_and_links(html: str) -> list[list[str]]:
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    return [tree.xpath("//@id"), tree.xpath("//a/@href")]


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
    rendered: RenderedPage, all_rendered: Mapping[str, RenderedPage], project: Project
) -> Iterator[Problem]:
    """Links within the edition that lead nowhere."""
    for link in dict.fromkeys(rendered.links):
        if problem := _broken_link(rendered.page, link, all_rendered, project):
            yield problem


def _broken_link(
    page: Page,
    link: str,
    all_rendered: Mapping[str, RenderedPage],
    project: Project,
) -> Problem | None:
    path = target_of(page.path, link)
    if not path:
        return None
    _, _, anchor = link.partition("#")
    as_written = link.replace(".html", ".md")
    line = page.line_of(f"({as_written}")
    if path in all_rendered:
        ids = all_rendered[path].ids
        if not anchor or anchor in ids:
            return None
        known = ", ".join(sorted(set(ids))[:MOST_NAMED])
        found = f"a link to `{as_written}`: {path} has no `#{anchor}`"
        return page.problem(
            line,
            found,
            advice(project, f"{path}#{anchor}", f"an id of that page: {known} …"),
        )
    if GENERATED.match(path):
        return None
    found = f"a link to `{as_written}`, which is not there"
    return page.problem(
        line,
        found,
        advice(project, path, "the path of a page of this edition"),
    )
