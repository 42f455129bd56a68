"""Editions side by side: what each is laid out from, what rebuilds which, and what a reader is told."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

import lxml.html
import pytest

from roadmap import build
from roadmap.project import cache as caches
from roadmap.project.edition_cache import EditionCache
from roadmap.project.markdown_pages import CLOSING, OPENING
from roadmap.project.project import Project
from roadmap.staging.stage import StagedEdition, StagedPage
from roadmap.translation import catalogue, progress, sync
from tests.conftest import ROOT, copy_project, edition
from tests.facts.test_load import change

CORE_TEAM = "how/stages/initiating/core-team.md"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a Danish edition of one page."""
    root = copy_project(tmp_path_factory.mktemp("editions") / "project")
    danish(root, "da")
    return root


def danish(root: Path, code: str) -> None:
    """Adds an edition of one page to a project that nobody has changed yet."""
    for name, content in _danish(code).items():
        path = root / "docs" / code / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@cache
def _danish(code: str) -> dict[str, bytes]:
    """The files of such an edition, made once."""
    with tempfile.TemporaryDirectory() as folder:
        root = copy_project(Path(folder) / "project")
        _begin(root, code)
        made = root / "docs" / code
        return {path.relative_to(made).as_posix(): path.read_bytes() for path in made.rglob("*") if path.is_file()}


def _begin(root: Path, code: str) -> None:
    folder = root / "docs" / code
    page = folder / CORE_TEAM
    page.parent.mkdir(parents=True)
    english = (root / "docs/en" / CORE_TEAM).read_text(encoding="utf-8")
    page.write_text(english.replace("# Setting up a core team", "# Kerneteamet", 1), encoding="utf-8")
    (folder / "edition.yml").write_text(
        "name: Dansk\nenglish_name: Danish\ntitle: VALUE\nteam: [Nobody yet]\n"
        "official_title: Forløb\nofficial_address: https://www.issa.nl/node/1126\n", encoding="utf-8",
    )
    catalogue.refresh(edition(root, code))
    sync.sync(edition(root, code), [CORE_TEAM])


def laid_out(root: Path, code: str) -> StagedEdition:
    project = Project(root)
    return StagedEdition(project.edition(code), project.edition_files())


def staged_pages(staged: StagedEdition) -> dict[str, StagedPage]:
    """Every page of an edition as the theme takes it."""
    return {path: staged.page(path) for path in staged.paths}


def places(root: Path) -> dict[str, Path]:
    """Where each finished edition is kept: another place, another build."""
    project = Project(root)
    editions = EditionCache(project, build.offered_of(project), pdf=False)
    return {code: editions.path(code) for code in ("en", "da")}


def append(file: str, text: str):
    def do(root: Path) -> None:
        path = root / file
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return do


CHANGES = {  # what changes → how, the editions that must be built again
    "a translated page": (append(f"docs/da/{CORE_TEAM}", "\nMere.\n"), {"da"}),
    "an English page that is not translated": (append("docs/en/glossary.md", "\nMore.\n"), {"en", "da"}),
    "a string": (change('msgid "Menu"\nmsgstr ""', 'msgid "Menu"\nmsgstr "Oversigt"', "docs/da/messages.po"), {"da"}),
    "a fact": (change("name: Denmark", "name: The Danish case", "content/cases/denmark.yml"), {"en", "da"}),
    "a style": (append("overrides/assets/styles/frame/theme.css", "\n/* wider */\n"), {"en", "da"}),
    "a template of the theme": (append("overrides/main.html", "{# more #}"), {"en", "da"}),
    "the shared configuration": (append("mkdocs.yml", "\n# more\n"), {"en", "da"}),
    "who has read it": (append("docs/da/edition.yml", f"reviews:\n  {CORE_TEAM}:\n    drafted: {{by: A, on: 2026-11-01}}\n"), {"da"}),
    "nothing": (lambda root: None, set()),
}


def test_a_change_rebuilds_what_it_must_and_nothing_else(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    danish(root, "da")
    before, found = places(root), {}
    for name, (spoil, _) in CHANGES.items():
        spoil(root)
        after = places(root)
        found[name] = {code for code in before if before[code] != after[code]}
        before = after
    assert found == {name: again for name, (_, again) in CHANGES.items()}


def test_another_version_of_a_package_rebuilds_everything(both: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = places(both)
    (tmp_path / "lxml-99.0.dist-info").mkdir()
    monkeypatch.setattr(caches.sys, "path", [*caches.sys.path, str(tmp_path)])
    caches.packages.cache_clear()
    after = places(both)
    caches.packages.cache_clear()
    assert not set(before.values()) & set(after.values())


@pytest.mark.parametrize("room", ["macros/pieces.py", "macros/templates/voice.html.j2", "roadmap/postprocess/theme_fixes.py"])
def test_another_line_of_code_rebuilds_everything(room: str, both: Path, tmp_path: Path, monkeypatch) -> None:
    for name in ("macros", "roadmap"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.setattr(caches, "CODE", tmp_path)
    caches.code_of.cache_clear()
    before = places(both)
    append(room, "\n")(tmp_path)
    caches.code_of.cache_clear()
    after = places(both)
    caches.code_of.cache_clear()
    assert not set(before.values()) & set(after.values())


def test_with_pdfs_is_another_edition_than_without(both: Path) -> None:
    with_pdfs, without = (EditionCache(Project(both), {}, pdf=pdf).path("da") for pdf in (True, False))
    assert with_pdfs != without


def test_no_edition_is_removed_in_the_cache_where_a_kill_would_leave_half_of_it(both: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = EditionCache(Project(both), {}, pdf=False)
    old, finished = kept.folder / "da-old", both / ".cache" / "site-abc" / "work" / "da"
    for folder in (old, finished):
        folder.mkdir(parents=True)
        (folder / "index.html").touch()
    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", lambda *given, **named: pytest.fail("removes it file by file"))
        kept.store("da", finished)
    assert [path.name for path in kept.folder.glob("da-*")] == [kept.path("da").name]
    assert (finished.with_name("da-old") / "index.html").exists(), "removed with the folder of the build"


def test_a_missing_page_is_english_and_says_so(both: Path) -> None:
    staged = laid_out(both, "da")
    assert staged.page("glossary.md").meta["language"] == staged.heads["glossary.md"].meta["language"] == "en"
    assert "language" not in staged.page(CORE_TEAM).meta
    assert "language" not in laid_out(both, "en").page("glossary.md").meta


def test_nothing_of_a_page_is_left_for_a_template_engine(both: Path) -> None:
    for code in ("en", "da"):
        staged = laid_out(both, code)
        pages = staged_pages(staged)
        assert len(pages) > 60
        for page in pages.values():
            said = page.html + json.dumps(page.headings, ensure_ascii=False)
            assert not any(sign in said for sign in ("{{", "{%", OPENING, CLOSING)), page.path
        assert "macros" not in json.dumps(staged.settings["plugins"]) and "macros" not in staged.config["plugins"]


def test_one_english_paragraph_marks_one_section_of_one_page(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    danish(root, "da")
    english = root / "docs/en" / CORE_TEAM
    lines = english.read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("## ")) + 2
    lines[at] += " One more sentence."
    english.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def marked() -> list[str]:
        pages = staged_pages(laid_out(root, "da"))
        return [path for path, page in pages.items() for _ in lxml.html.fromstring(page.html).xpath("//div[@class='admonition older']")]

    found = progress.progress(edition(root, "da"))
    assert marked() == [CORE_TEAM] and [d.page for d in found.drifted] == [CORE_TEAM]
    assert len(json.loads(progress.as_json([found]))[0]["drifted"]) == 1
    sync.sync(edition(root, "da"), [f"{CORE_TEAM}#{found.drifted[0].id}"])
    assert marked() == [] and progress.progress(edition(root, "da")).drifted == ()


def test_search_of_a_language_without_stemmer_is_alive(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    danish(root, "sl")
    staged = laid_out(root, "sl")
    search, _ = staged.settings["plugins"]
    assert search["search"] == staged.search
    assert search["search"]["lang"] == ["en"] and search["search"]["separator"] and search["search"]["fields"]["tags"]
