"""The queries of an edition: well formed, and answered as its readers ask them, in Chromium, from a folder."""

from __future__ import annotations

import builtins
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from macros.facts.problem import Problems
from roadmap.check import browser_search
from roadmap.check.search_queries import Query, check_queries, queries
from roadmap.project.project import Project
from tests.conftest import ROOT

FILE = "docs/da/queries.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with two English pages and a Danish edition."""
    for path in ("docs/en/index.md", "docs/en/how/leaders.md", FILE):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("# Home { #home }\n", encoding="utf-8")
    return tmp_path


def put(root: Path, text: str) -> list[str]:
    """What is said of a file of queries."""
    (root / FILE).write_text(text, encoding="utf-8")
    return [str(problem) for problem in check_queries(Project(root).edition("da"))]


def test_a_good_file_is_read_with_its_lines(root: Path) -> None:
    assert put(root, "# hi\n- query: skolens ledere\n  page: how/leaders.md\n- query: hjem\n  page: index.md\n") == []
    project = Project(root)
    assert queries(project.edition("da")) == [Query("skolens ledere", "how/leaders.md", 2), Query("hjem", "index.md", 4)]
    assert queries(project.english) == [] == check_queries(project.english)


ENTRY = "- query: ledere\n  page: how/leaders.md\n"
WRONG = {
    "a page that is not there": (
        ENTRY + "- query: hjem\n  page: hjem.md\n", f"{FILE}:3: the page `hjem.md`, which is not there; the path of"),
    "a page out of the edition": (
        "- query: hjem\n  page: ../en/index.md\n", f"{FILE}:1: the page `../en/index.md`, which is not there; "),
    "a query twice": (
        ENTRY + "- query: ' Ledere'\n  page: index.md\n", f"{FILE}:3: `Ledere` a second time (first on line 1); each"),
    "a page missing": ("- query: ledere\n", f"{FILE}:1: `{{'query': 'ledere'}}`; `- query: …`"),
    "a key too many": (ENTRY + "  why: so\n", f"{FILE}:1: `{{'query': 'ledere', 'page': 'how/leader…`; "),
    "an empty query": (ENTRY + "- query:\n  page: index.md\n", f"{FILE}:3: `query` without a text; "),
    "a list for a text": ("- query: [a]\n  page: index.md\n", f"{FILE}:1: `query` without a text; "),
    "a long query": (f"- query: {'a' * 101}\n  page: index.md\n", f"{FILE}:1: `query` of 101 characters; at most 100"),
    "a plain word": ("- ledere\n", f"{FILE}:1: `ledere`; "),
    "no list": ("query: ledere\n", f"{FILE}:1: no list, or a long one; "),
    "too many": (ENTRY * 201, f"{FILE}:1: no list, or a long one; at most 200 queries"),
    "no YAML": ("- query: [\n", f"{FILE}:2: YAML cannot be read here"),
    "nothing": ("", f"{FILE}:1: an empty file; "),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_with_its_line(root: Path, name: str) -> None:
    text, message = WRONG[name]
    (only,) = put(root, text)
    assert only.startswith(message)


def test_english_has_queries_of_many_kinds() -> None:
    english = Project(ROOT).english
    assert check_queries(english) == []
    found = queries(english)
    assert len(found) >= 25 and len({each.page for each in found}) >= 20


def test_without_playwright_it_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    there = builtins.__import__

    def gone(name: str, *more: object) -> object:
        if name.startswith("playwright"):
            raise ImportError(name)
        return there(name, *more)

    monkeypatch.setattr(builtins, "__import__", gone)
    with pytest.raises(Problems, match=r"Playwright is not there; the extra `test` and Chromium"), browser_search.chromium():
        pass


def test_an_edition_that_is_not_built_cannot_be_asked(root: Path) -> None:
    put(root, ENTRY)
    with pytest.raises(Problems, match=rf"{FILE}:1: queries of an edition that is not built; `roadmap build da` first"):
        browser_search.unanswered(Project(root).edition("da"), None)


# The built site

built = pytest.mark.xdist_group("site")


def with_its_own_browser(site: Path) -> list[str]:
    """What the command finds."""
    with browser_search.chromium() as browser:
        return [str(problem) for problem in browser_search.unanswered(Project(ROOT).english, browser, site)]


@built
def test_every_english_query_is_answered(site: Path) -> None:
    with ThreadPoolExecutor(1) as thread:  # Playwright can be started once in each
        assert thread.submit(with_its_own_browser, site).result() == []


@built
def test_a_query_without_its_answer_is_named(browser: Browser, site: Path, tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(ROOT / "docs" / "en", root / "docs" / "en")
    (root / "docs/en/queries.yml").write_text(
        "- query: Grosuplje\n  page: cases/slovenia.md\n"
        "- query: xyzzyx\n  page: index.md\n"
        "- query: Grosuplje kindergarten\n  page: sources.md\n", encoding="utf-8")
    said = [str(problem) for problem in browser_search.unanswered(Project(root).english, browser, site)]
    assert said[0] == "docs/en/queries.yml:3: `xyzzyx`, answered by nothing; `index.md` among the first 3"
    assert said[1].startswith("docs/en/queries.yml:5: `Grosuplje kindergarten`, answered by cases/slovenia.md, ")
    assert len(said) == 2
