"""Judges facts and pages before anything is built. Collects every problem; stops nothing itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from markdown import Markdown

from macros import pieces_of
from macros.facts.problem import Problem, Problems
from macros.pieces import Pieces
from roadmap.check import hints, links, search_queries
from roadmap.check.safety import files
from roadmap.check.structure import compare
from roadmap.project import content_schema, edition_file, mkdocs_config, pages
from roadmap.project.edition_file import ENGLISH
from roadmap.translation import catalogue, sync

GENERATED = re.compile(  # made by the build, not written by anybody
    r"^((pictures|worksheets)/.*\.(svg|pdf)$|\.\./downloads/roadmap-.*\.(zip|pdf)$|\.\./data/)"
)


def check(root: Path, codes: Collection[str] = ()) -> list[Problem]:
    """Everything that is wrong with the facts, the English pages, the navigation and these
    editions, else all.

    Of a translated edition that is not safe to read, nothing else is said.
    """
    try:
        markdown = files.markdown_of(root)
    except Problems as problems:
        return list(problems.problems)
    found: list[Problem] = []
    for code in dict.fromkeys([ENGLISH, *(codes or edition_file.codes(root))]):
        unsafe = files.problems(root, root / "docs" / code, markdown)
        if code == ENGLISH:
            found += _english(root)
            named = {(problem.path, problem.line) for problem in found}
            found += (problem for problem in unsafe if (problem.path, problem.line) not in named)
        else:
            found += unsafe or _translated(root, code)
    return sorted(set(found))


def warnings(root: Path, codes: Collection[str] = ()) -> list[Problem]:
    """What a reader would stumble over in these editions, else all, and what is left to do. It
    stops nothing.
    """
    found: set[Problem] = set()
    for code in codes or edition_file.codes(root):
        if code != ENGLISH and not files.problems(root, root / "docs" / code):
            try:
                found |= {*compare.warnings(root, code), *hints.left(root, code)}
            except Problems:
                continue  # `check` has said what cannot be read
    return sorted(found)


def _english(root: Path) -> list[Problem]:
    """Facts, English pages, navigation, schemas."""
    try:
        config = mkdocs_config.config(root / "mkdocs.yml")
        pieces = pieces_of(root, ENGLISH)
    except Problems as problems:
        return list(problems.problems)
    written, problems = pages.read(root / "docs" / ENGLISH, root)
    built, found = _built(written, pieces, config)
    problems += found
    problems += (p for page in written for p in page_shape(page))
    if len(built) == len(written):
        problems += links.broken_links(built, lambda path: bool(GENERATED.match(path)))
    problems += navigation(root, config["nav"] or [], {page.path for page in written})
    problems += content_schema.outdated(root)
    return [*problems, *sync.problems(root, ENGLISH), *search_queries.problems(root, ENGLISH)]


def _translated(root: Path, code: str) -> list[Problem]:
    """One edition: what it says of itself, its strings, pins, structure and queries."""
    try:
        edition_file.read(root, code)
        return [
            *catalogue.problems(root, code),
            *sync.problems(root, code),
            *compare.problems(root, code),
            *search_queries.problems(root, code),
        ]
    except Problems as problems:
        return list(problems.problems)


def _built(
    written: list[pages.Page], pieces: Callable[[str], Pieces], config: Any
) -> tuple[list[links.Built], list[Problem]]:
    markdown = Markdown(
        extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"]
    )
    results = [links.build(page, pieces(page.path), markdown) for page in written]
    return [built for built, _ in results if built], [p for _, found in results for p in found]


def page_shape(page: pages.Page) -> Iterator[Problem]:
    """One title, and a stable id on every heading."""
    titles = [h for h in page.headings if h.level == 1]
    if len(titles) != 1:
        yield page.problem(
            titles[1].line if titles else 1, f"{len(titles)} titles (`# …`)", "one title"
        )
    for heading in page.headings:
        if not heading.id:
            yield page.problem(
                heading.line,
                f"the heading `{heading.text}` without an id",
                "`{ #its-id }` after it",
            )


def navigation(root: Path, nav: list[Any], written: set[str]) -> Iterator[Problem]:
    """Every page is in the navigation once, and the navigation names pages only."""
    lines = (root / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    named = list(_paths(nav))
    for path in sorted({p for p in named if p not in written or named.count(p) > 1}):
        line = next((i for i, text in enumerate(lines, start=1) if path in text), 1)
        there = f"`{path}` twice" if path in written else f"the page `{path}`, which is not there"
        yield Problem("mkdocs.yml", line, there, "each page once, by its path in docs/en/")
    start = next((i for i, text in enumerate(lines, start=1) if text.startswith("nav:")), 1)
    for path in sorted(written - set(named)):
        yield Problem(
            "mkdocs.yml", start, f"a navigation without `{path}`", "a line for every page"
        )


def _paths(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    for item in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _paths(item)
