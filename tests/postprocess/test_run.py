"""One run over the pages of an edition: each is read once, gets its policy last, and is written once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from roadmap import build as building
from roadmap.postprocess import content_security_policy, run
from roadmap.postprocess.built_edition import BuiltEdition, BuiltPage
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

    def after(self, event: str) -> list[tuple[str, str]]:
        return self.events[self.events.index((event, "")) + 1 :]

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

    def add_csp(edition: BuiltEdition) -> None:
        own_add_csp(edition)
        watched.events.append(("policy", ""))
        watched.html = {path: page.html for path, page in edition.pages.items()}

    def noted(event: str, own: Callable[..., Any]) -> Callable[..., Any]:
        def do(path: Path, *arguments: Any, **named: Any) -> Any:
            watched.note(event, path)
            return own(path, *arguments, **named)

        return do

    BuiltPage_html, own_add_csp = BuiltPage.html, content_security_policy.add_csp
    patch.setattr(BuiltPage, "html", property(BuiltPage_html.fget, set_html))
    patch.setattr(content_security_policy, "add_csp", add_csp)
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


def test_each_page_is_read_once_and_written_once(watched: Watched) -> None:
    pages = {path.relative_to(watched.folder).as_posix() for path in watched.folder.rglob("*.html")}
    assert len(pages) > 60
    assert watched.pages("read") == watched.pages("written") == dict.fromkeys(pages, 1)
    first, last = watched.events.index(("written", min(pages))), len(watched.events)
    hashed = [i for i, (event, _) in enumerate(watched.events) if event == "hashed"]  # for the worker
    assert all(first < i < last for i in hashed) and set(watched.pages("hashed")) == pages


def test_nothing_changes_a_page_after_its_policy(watched: Watched) -> None:
    assert len(watched.html) > 60 and set(watched.pages("changed")) == watched.html.keys()
    assert {event for event, _ in watched.after("policy")} == {"written", "hashed"}
    for path, html in watched.html.items():
        assert html.count(POLICY) == 1, path
        assert (watched.folder / path).read_text(encoding="utf-8") == html, path


def test_a_step_after_the_policy_would_be_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "index.html").write_text('<!doctype html><meta charset="utf-8"><title>x</title><p>x', encoding="utf-8")
    watched = Watched(tmp_path)
    watch(watched, monkeypatch)
    edition = BuiltEdition(tmp_path)
    monkeypatch.setattr(run.verify, "verify", lambda edition, beside: _spoil(edition))
    run.finish(edition)
    assert ("changed", "index.html") in watched.after("policy")


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
    assert page.tree is not first and page.tree.text_content() == "two"


def test_an_edition_is_named_by_its_folder(tmp_path: Path) -> None:
    (tmp_path / "da" / "how").mkdir(parents=True)
    (tmp_path / "da" / "how" / "a.html").write_text("<p>č", encoding="utf-8")
    edition = BuiltEdition(tmp_path / "da")
    [page] = edition.pages.values()
    assert (edition.code, page.path, edition.name_of(page)) == ("da", "how/a.html", "site/da/how/a.html")
    page.html = "<p>š"
    assert (tmp_path / "da" / "how" / "a.html").read_text(encoding="utf-8") == "<p>č"
    edition.write()
    assert (tmp_path / "da" / "how" / "a.html").read_text(encoding="utf-8") == "<p>š"
