"""Asks the queries of an edition as a reader asks them: in Chromium, of the built edition."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from macros.facts.problem import Problem, Problems
from roadmap.check.search_queries import FILE, FIRST, Query, queries
from roadmap.project.project import Edition

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PATIENCE = 20_000  # milliseconds for an answer
ASK = """query => {
  const field = document.querySelector("[data-search=field]");
  field.value = query;
  field.dispatchEvent(new Event("input"));
}"""
ANSWERED = """() => document.querySelector("[data-search=hits][aria-busy=false]") !== null"""
ANSWERS = (
    """() => [...document.querySelectorAll("[data-search=hits] > li > a")].map(link => link.href)"""
)


def unanswered(edition: Edition, browser: Browser, site: Path | None = None) -> list[Problem]:
    """The queries whose page is not among the first answers of the built edition. Raises Problems.

    `site` is the folder of the built site, else `site/` of the project.
    """
    folder = site or edition.project.root / "site"
    home = folder / edition.code / "index.html"
    if not home.is_file():
        found = "queries of an edition that is not built"
        expected = f"`roadmap build {edition.code}` first"
        raise Problems(
            [
                Problem(
                    edition.file_name(FILE),
                    1,
                    found,
                    expected,
                )
            ]
        )
    asked = queries(edition)
    texts = [query.query for query in asked]
    given = answers(home.resolve().as_uri(), texts, browser)
    problems = []
    for query, pages in zip(asked, given, strict=True):
        if query.page not in pages[:FIRST]:
            problems.append(_unanswered(edition, query, pages))
    return problems


def _unanswered(
    edition: Edition,
    query: Query,
    pages: list[str],
) -> Problem:
    answered_by = ", ".join(pages[:FIRST]) or "nothing"
    expected = f"`{query.page}` among the first {FIRST}"
    if query.page in pages:
        expected += f" (it comes as number {pages.index(query.page) + 1})"
    found = f"`{query.query}`, answered by {answered_by}"
    return Problem(
        edition.file_name(FILE),
        query.line,
        found,
        expected,
    )


def answers(
    home: str,
    asked: Iterable[str],
    browser: Browser,
) -> Iterator[list[str]]:
    """For each query the pages that search answers with, in its order, as paths below the edition.

    `home` is the URL of its first page. In a folder there is no network.
    """
    context = browser.new_context(offline=home.startswith("file:"))
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(home)
        page.locator("[data-search=open]").click()
        page.wait_for_function(ANSWERED)
        for query in asked:
            page.evaluate(ASK, query)
            page.wait_for_function(ANSWERED)
            urls = page.evaluate(ANSWERS)
            yield [page_path(home, url) for url in urls]
    finally:
        context.close()


def page_path(home: str, url: str) -> str:
    """The page that a link leads to, by its path below the edition."""
    edition_folder = PurePosixPath(unquote(urlsplit(home).path)).parent
    file = PurePosixPath(unquote(urlsplit(url).path))
    return file.relative_to(edition_folder).with_suffix(".md").as_posix()


# The browser


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without a window: that of the system, else Playwright's own. Raises Problems where
    there is none.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        raise Problems([_no_browser("Playwright is not there")]) from None
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        except Error:
            raise Problems([_no_browser("Chromium cannot be started")]) from None
        yield browser
        browser.close()


def _no_browser(found: str) -> Problem:
    expected = "the extra `test` and Chromium: search is asked as a reader asks it"
    return Problem(
        "pyproject.toml",
        1,
        found,
        expected,
    )
