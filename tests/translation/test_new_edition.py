"""A new edition: a folder that builds at once, and a refusal in words where it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.facts.problem import Problems
from roadmap.check.run import check_translation
from roadmap.check.search_queries import queries
from roadmap.project.project import Project
from roadmap.translation.new_edition import begin
from tests.conftest import copy_project, edition


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "project")


def test_a_new_edition_has_a_name_a_catalogue_and_a_query_to_begin_with(project: Path) -> None:
    assert [path.name for path in begin(Project(project), "fr")] == ["edition.yml", "messages.po", "queries.yml", "state.yml"]
    made = edition(project, "fr")
    assert (made.file.name, made.file.english_name, made.file.direction) == ("Français", "French", "ltr")
    assert [(each.query, each.page) for each in queries(made)] == [("VALUE Roadmap", "index.md")]
    assert "`roadmap check fr --search`" in (made.folder / "queries.yml").read_text(encoding="utf-8")


def test_nothing_is_wrong_with_a_new_edition(project: Path) -> None:
    begin(Project(project), "fr")
    problems = check_translation(edition(project, "fr"))
    assert [str(each) for each in problems if each.severity == "error" or each.path == "docs/fr/queries.yml"] == []


def test_a_list_that_an_edition_has_from_before_is_to_go(project: Path) -> None:
    begin(Project(project), "fr")
    (project / "docs/fr/to-do.txt").write_text("1. The first page\n", encoding="utf-8")
    assert [str(each) for each in check_translation(edition(project, "fr")) if "to-do" in each.path] == [
        "docs/fr/to-do.txt:1: a list that no command keeps any more; no such file; `roadmap status fr` says what is left"]


def test_the_schema_that_a_file_names_is_there(project: Path) -> None:
    begin(Project(project), "fr")
    for path in [*project.glob("content/**/*.yml"), *project.glob("docs/*/edition.yml")]:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        if "$schema=" in first:
            assert (path.parent / first.split("$schema=")[1]).is_file(), path


def test_direction_comes_from_the_language(project: Path) -> None:
    begin(Project(project), "ar")
    assert edition(project, "ar").file.direction == "rtl"


@pytest.mark.parametrize("code", ["en", "../x", "Klingon", "xx", ""])
def test_a_code_that_is_no_new_language_is_refused(code: str, project: Path) -> None:
    with pytest.raises(Problems) as raised:
        begin(Project(project), code)
    assert f"`{code}`" in str(raised.value)


def test_a_folder_that_is_there_is_left_alone(project: Path) -> None:
    begin(Project(project), "fr")
    before = (project / "docs/fr/edition.yml").read_text(encoding="utf-8")
    with pytest.raises(Problems, match="already there"):
        begin(Project(project), "fr")
    assert (project / "docs/fr/edition.yml").read_text(encoding="utf-8") == before
