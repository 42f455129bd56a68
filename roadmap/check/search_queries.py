"""What readers type into the search of an edition, and the page that must be among the first three
answers.

The queries stand in docs/<code>/queries.yml. They are asked as a reader asks them: in Chromium, of
the built edition.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from macros.facts.load import read_yaml
from macros.facts.problem import Problem, Problems
from roadmap.check.safety.allowlist import brief
from roadmap.project.edition_file import ENGLISH

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FILE = "queries.yml"
FIRST = 3  # answers among which the page must be
LONGEST, MOST = 100, 200  # characters of a query, queries of an edition
PATIENCE = 20_000  # milliseconds for an answer
KEYS = ("query", "page")
EXAMPLE = "`- query: …` and below it `  page: how/index.md`"


@dataclass(frozen=True)
class Query:
    """What a reader types, the page that answers it (path below the edition), and the line where it
    says so.
    """

    query: str
    page: str
    line: int


def read(root: Path, code: str) -> list[Query]:
    """The queries of an edition, none where it has no file of them. Raises Problems."""
    path, name = root / "docs" / code / FILE, f"docs/{code}/{FILE}"
    if not path.exists():
        return []
    data, lines = read_yaml(path, name)
    if not isinstance(data, list) or len(data) > MOST:
        raise Problems(
            [Problem(name, 1, "no list, or a long one", f"at most {MOST} queries, each {EXAMPLE}")]
        )
    found = [(lines[(place,)], each) for place, each in enumerate(data)]
    if wrong := [Problem(name, line, *fault) for line, each in found if (fault := _shape(each))]:
        raise Problems(wrong)
    return [Query(each["query"], each["page"], line) for line, each in found]


def _shape(each: Any) -> tuple[str, str] | None:
    """What is wrong with an entry, and what it must be."""
    if not isinstance(each, dict) or sorted(each) != sorted(KEYS):
        return f"`{brief(str(each))}`", EXAMPLE
    for key, text in each.items():
        if not isinstance(text, str) or not text.strip():
            return f"`{key}` without a text", EXAMPLE
        if len(text) > LONGEST:
            return f"`{key}` of {len(text)} characters", f"at most {LONGEST}"
    return None


def problems(root: Path, code: str) -> list[Problem]:
    """What is wrong in queries.yml of an edition, before anything is asked."""
    try:
        found = read(root, code)
    except Problems as wrong:
        return list(wrong.problems)
    name, first = f"docs/{code}/{FILE}", {}
    wrong = []
    for each in found:
        if not (root / "docs" / ENGLISH / each.page).is_file() or ".." in each.page:
            instead = f"the path of a page below docs/{ENGLISH}/"
            wrong.append(
                Problem(
                    name, each.line, f"the page `{brief(each.page)}`, which is not there", instead
                )
            )
        if (asked := " ".join(each.query.casefold().split())) in first:
            there = f"`{brief(each.query)}` a second time (first on line {first[asked]})"
            wrong.append(Problem(name, each.line, there, "each query once"))
        first.setdefault(asked, each.line)
    return sorted(wrong)


# Asking


def unanswered(root: Path, code: str, browser: Browser, site: Path | None = None) -> list[Problem]:
    """The queries whose page is not among the first answers of the built edition. Raises Problems.

    `site` is the folder of the built site, else `site/` of the project.
    """
    home = (site or root / "site") / code / "index.html"
    if not home.is_file():
        instead = f"`roadmap build {code}` first"
        raise Problems(
            [Problem(f"docs/{code}/{FILE}", 1, "queries of an edition that is not built", instead)]
        )
    asked = read(root, code)
    all_given = answers(home.resolve().as_uri(), [each.query for each in asked], browser)
    return [
        _unanswered(f"docs/{code}/{FILE}", each, given)
        for each, given in zip(asked, all_given, strict=True)
        if each.page not in given[:FIRST]
    ]


def _unanswered(name: str, asked: Query, given: list[str]) -> Problem:
    there = f"`{asked.query}`, answered by {', '.join(given[:FIRST]) or 'nothing'}"
    at = f" (it comes as number {given.index(asked.page) + 1})" if asked.page in given else ""
    return Problem(name, asked.line, there, f"`{asked.page}` among the first {FIRST}{at}")


def answers(home: str, asked: Iterable[str], browser: Browser) -> Iterator[list[str]]:
    """For each query the pages that search answers with, in its order, as paths below the edition.

    `home` is the address of its first page. In a folder there is no network.
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
            yield [below(home, address) for address in page.evaluate(ANSWERS)]
    finally:
        context.close()


ASK = """query => {
  const field = document.querySelector("[data-search=field]");
  field.value = query;
  field.dispatchEvent(new Event("input"));
}"""
ANSWERED = """() => document.querySelector("[data-search=hits][aria-busy=false]") !== null"""
ANSWERS = (
    """() => [...document.querySelectorAll("[data-search=hits] > li > a")].map(link => link.href)"""
)


def below(home: str, address: str) -> str:
    """The page that a link leads to, by its path below the edition."""
    file = PurePosixPath(unquote(urlsplit(address).path))
    return (
        file.relative_to(PurePosixPath(unquote(urlsplit(home).path)).parent)
        .with_suffix(".md")
        .as_posix()
    )


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
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
                args=["--no-sandbox"],
            )
        except Error:
            raise Problems([_no_browser("Chromium cannot be started")]) from None
        yield browser
        browser.close()


def _no_browser(there: str) -> Problem:
    return Problem(
        "pyproject.toml",
        1,
        there,
        "the extra `test` and Chromium: search is asked as a reader asks it",
    )
