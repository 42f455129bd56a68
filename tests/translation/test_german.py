"""The beginning of a German edition: six pages and some 250 strings, as a volunteer sent them, and the English of then."""

from __future__ import annotations

import shutil
from pathlib import Path

import lxml.html
import pytest

from macros.facts.problem import Problem
from roadmap.build import build
from roadmap.check.run import check
from roadmap.project.project import Project
from tests.conftest import ROOT, copy_project

EDITIONS = ROOT / "tests" / "editions"
TRANSLATED = sorted(path.relative_to(EDITIONS / "english-of-de").as_posix() for path in (EDITIONS / "english-of-de").rglob("*.md"))


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the German beginning and the English that it was made from."""
    root = copy_project(tmp_path_factory.mktemp("german") / "project")
    shutil.copytree(EDITIONS / "de", root / "docs" / "de")
    shutil.copytree(EDITIONS / "english-of-de", root / "docs" / "en", dirs_exist_ok=True)
    return root


@pytest.fixture(scope="module")
def site(german: Path) -> Path:
    return build(german, lambda _: None, ["en", "de"], pdf=False)


def of_pages(problems: list[Problem]) -> list[str]:
    return [str(each) for each in problems if each.path.removeprefix("docs/de/") in TRANSLATED]


def test_a_careful_beginning_has_no_error_and_no_hint_on_what_it_has_translated(german: Path) -> None:
    problems = [each for each in check(Project(german), ["de"]) if each.path.startswith("docs/de/")]
    assert [str(each) for each in problems if each.severity == "error"] == []
    assert of_pages(problems) == []


def test_english_of_today_gives_it_work_and_no_error(tmp_path: Path) -> None:
    root = copy_project(tmp_path / "project")
    shutil.copytree(EDITIONS / "de", root / "docs" / "de")
    page = root / "docs" / "en" / TRANSLATED[0]
    page.write_text(page.read_text(encoding="utf-8") + "\nOne sentence more.\n", encoding="utf-8")
    problems = check(Project(root), ["de"])
    assert [str(each) for each in problems if each.severity == "error"] == []
    assert any("changed in English since it was translated" in each for each in of_pages(problems))


def test_it_is_built_and_not_offered(site: Path) -> None:
    home = lxml.html.parse(str(site / "de" / "index.html")).getroot()
    assert home.get("lang") == "de" and home.get("dir", "ltr") == "ltr"
    assert "Wählen Sie Ihre Rolle" in home.text_content()
    for path in TRANSLATED:
        page = site / "de" / path.replace(".md", ".html")
        assert lxml.html.parse(str(page)).xpath("//main//h1")[0].get("lang", "de") == "de", path
    offered = lxml.html.parse(str(site / "en" / "index.html")).xpath("//*[contains(@class, 'editions-menu')]//@href")
    assert not any("/de/" in address for address in offered)
