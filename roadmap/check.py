"""Judges facts and pages before anything is built. Collects every problem; stops nothing itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdown import Markdown

from macros import pieces_of
from macros.problem import Problem, Problems
from roadmap import host, pages, schema

GENERATED = re.compile(r"^(pictures|worksheets)/.*\.(svg|pdf)$")  # made by the build, not written by anybody


def check(root: Path, code: str = "en") -> list[Problem]:
    """Everything that is wrong with the facts, the pages and the navigation of an edition."""
    try:
        pieces = pieces_of(root, code)
        config = host.config(root / "mkdocs.yml")
    except Problems as problems:
        return list(problems.problems)
    written, problems = pages.read(root / "docs" / code, root)
    markdown = Markdown(extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"])
    built = []
    for page in written:
        result, found = pages.build(page, pieces(page.path), markdown)
        problems += found
        built += [result] if result else []
    for page in written:
        problems += page_shape(page)
    if len(built) == len(written):
        problems += pages.broken_links(built, lambda path: bool(GENERATED.match(path)))
    problems += navigation(root, config["nav"] or [], {page.path for page in written})
    return sorted({*problems, *schema.outdated(root)})


def page_shape(page: pages.Page) -> Iterator[Problem]:
    """One title, and a stable id on every heading."""
    titles = [h for h in page.headings if h.level == 1]
    if len(titles) != 1:
        yield page.problem(titles[1].line if titles else 1, f"{len(titles)} titles (`# …`)", "one title")
    for heading in page.headings:
        if not heading.id:
            yield page.problem(heading.line, f"the heading `{heading.text}` without an id", "`{ #its-id }` after it")


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
        yield Problem("mkdocs.yml", start, f"a navigation without `{path}`", "a line for every page")


def _paths(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    for item in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _paths(item)

