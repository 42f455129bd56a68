"""One run over the pages of an edition: each stays in memory, gets its policy last, and is written once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from macros.facts.problem import Problems
from roadmap import build as building
from roadmap.postprocess import content_security_policy, run
from roadmap.postprocess.built_edition import BuiltEdition, BuiltPage
from roadmap.postprocess.bundle import Bundles
from roadmap.project.cache import Memo
from roadmap.project.project import Project
from roadmap.staging import web_fonts
from tests.conftest import copy_project

POLICY = "<meta http-equiv="


@dataclass
class Watched:
    """A build of one edition: what happened to its pages, in order; and their HTML, with its policy."""

    folder: Path
    events: list[tuple[str, str]] = field(default_factory=list)  # what happened, path of the page
    html: dict[str, str] = field(default_factory=dict)

    def after(self, event: str, page: str) -> set[str]:
        """What happens to a page after something has."""
        first = self.events.index((event, page))
        return {what for what, path in self.events[first + 1 :] if path == page}

    def pages(self, *events: str) -> Counter[str]:
        return Counter(page for event, page in self.events if event in events)

    def note(self, event: str, path: Path) -> None:
        if path.suffix == ".html" and path.is_relative_to(self.folder):
            self.events.append((event, path.relative_to(self.folder).as_posix()))


def watch(watched: Watched, patch: pytest.MonkeyPatch) -> None:
    """Notes what happens to pages in memory and on disk."""

    def set_html(page: BuiltPage, html: str) -> None:
        if html != page.html:
            watched.events.append(("changed", page.path))
        BuiltPage_html.fset(page, html)

    def finished(page: BuiltPage, html: str, bundles: Bundles) -> str:
        watched.events.append(("policy", page.path))
        watched.html[page.path] = own_finished(page, html, bundles)
        return watched.html[page.path]

    def noted(event: str, own: Callable[..., Any]) -> Callable[..., Any]:
        def do(path: Path, *arguments: Any, **named: Any) -> Any:
            watched.note(event, path)
            return own(path, *arguments, **named)

        return do

    BuiltPage_html, own_finished = BuiltPage.html, run.finished
    patch.setattr(BuiltPage, "html", property(BuiltPage_html.fget, set_html))
    patch.setattr(run, "finished", finished)
    for event, methods in {"read": ("read_text",), "hashed": ("read_bytes",), "written": ("write_text", "write_bytes")}.items():
        for method in methods:
            patch.setattr(Path, method, noted(event, getattr(Path, method)))


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    root = copy_project(tmp_path_factory.mktemp("watched") / "project")
    web_fonts.provide(root / "overrides" / "assets" / "fonts")
    project = Project(root)
    job = building.Job(project, project.edition_files(), root / "work", pdf=False, say=lambda _: None)
    watched = Watched(project.root / "work" / "en" / "en")
    with pytest.MonkeyPatch.context() as patch:
        watch(watched, patch)
        building.build_edition(job, project.english)
    return watched


def test_each_page_is_written_once_and_never_read_back(watched: Watched) -> None:
    pages = {path.relative_to(watched.folder).as_posix() for path in watched.folder.rglob("*.html")}
    assert len(pages) > 60
    assert watched.pages("written") == dict.fromkeys(pages, 1) and not watched.pages("read")
    last = max(i for i, (event, _) in enumerate(watched.events) if event == "written")
    hashed = [i for i, (event, _) in enumerate(watched.events) if event == "hashed"]  # for the worker
    assert all(i > last for i in hashed) and set(watched.pages("hashed")) == pages


def test_nothing_changes_a_page_after_its_policy(watched: Watched) -> None:
    assert len(watched.html) > 60 and watched.pages("policy") == watched.pages("written")
    assert watched.pages("changed"), "the cards tell the size of the copy"
    for path, html in watched.html.items():
        assert watched.after("policy", path) == {"written", "hashed"}
        assert html.count(POLICY) == 1, path
        assert (watched.folder / path).read_text(encoding="utf-8") == html, path


def test_the_policy_of_a_page_is_that_of_its_scripts(watched: Watched) -> None:
    """It is derived before the bundles are there, and these are files: what stands in the page stays."""
    for path, html in watched.html.items():
        tree = lxml.html.document_fromstring(html)
        [policy] = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy == content_security_policy.policy_for(content_security_policy._inline_scripts(tree)), path


def test_a_step_after_the_policy_would_be_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(tmp_path)
    watch(watched, monkeypatch)
    html = '<!doctype html><meta charset="utf-8"><title>x</title><p>x'
    edition = BuiltEdition(tmp_path, {"index.html": BuiltPage("index.html", html)})
    monkeypatch.setattr(run.verify, "verify", lambda edition, beside, memo: _spoil(edition))
    run.finish(edition, Bundles("", "", (), {}), Memo())
    assert watched.after("policy", "index.html") == {"written", "changed"}
    assert (tmp_path / "index.html").read_text(encoding="utf-8").count(POLICY) == 1


@pytest.mark.parametrize("html", ['<meta charset="utf-8"><p onclick="x()">x', "<title>x</title><p>x"])
def test_what_the_policy_would_block_is_refused_and_nothing_is_written(html: str, tmp_path: Path) -> None:
    edition = BuiltEdition(tmp_path / "en", {"how/a.html": BuiltPage("how/a.html", f"<!doctype html><html><head>{html}")})
    with pytest.raises(Problems) as raised:
        run.finish(edition, Bundles("", "", (), {}), Memo())
    assert [problem.path for problem in raised.value.problems] == ["site/en/how/a.html"]
    assert list(tmp_path.rglob("*")) == []


def _spoil(edition: BuiltEdition) -> list:
    for page in edition.pages.values():
        page.html += "<p>late"
    return []


# In memory


def test_a_page_is_parsed_again_only_when_it_changed() -> None:
    page = BuiltPage("a.html", "<p>one</p>")
    first = page.tree
    page.html = "<p>one</p>"
    assert page.tree is first
    page.html = "<p>two</p>"
    assert page.tree is not first and "".join(page.tree.itertext()) == "two"


def test_what_is_read_in_a_page_is_read_once_and_again_when_it_changed() -> None:
    read: list[str] = []

    def words(page: BuiltPage) -> list[str]:
        read.append(page.html)
        return "".join(page.tree.itertext()).split()

    page = BuiltPage("a.html", "<p>one two</p>")
    assert page.derive(words) == page.derive(words) == ["one", "two"] and len(read) == 1
    page.html = "<p>three</p>"
    assert page.derive(words) == ["three"] and len(read) == 2
    again = BuiltPage("a.html", page.html, page.derived)
    assert again.derive(words) == ["three"] and len(read) == 2, "as a build takes it over from the one before"
    again.html = "<p>four</p>"
    assert again.derive(words) == ["four"] and page.derive(words) == ["three"]


def test_an_edition_is_named_by_its_folder(tmp_path: Path) -> None:
    (tmp_path / "da" / "how").mkdir(parents=True)
    (tmp_path / "da" / "how" / "a.html").write_text("<p>č", encoding="utf-8")
    edition = BuiltEdition.read(tmp_path / "da")
    [page] = edition.pages.values()
    assert (edition.code, page.path, edition.name_of(page)) == ("da", "how/a.html", "site/da/how/a.html")
