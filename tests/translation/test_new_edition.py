"""A new edition: a folder that builds at once, and a refusal in words where it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.facts.problem import Problems
from roadmap.project.edition_file import read
from roadmap.translation.new_edition import begin
from tests.conftest import copy_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "project")


def test_a_new_edition_has_a_name_a_catalogue_and_a_list(project: Path) -> None:
    assert [path.name for path in begin(project, "fr")] == ["edition.yml", "messages.po", "to-do.txt"]
    edition = read(project, "fr")
    assert (edition.name, edition.english_name, edition.direction) == ("Français", "French", "ltr")
    left = (project / "docs/fr/to-do.txt").read_text(encoding="utf-8")
    assert left.index("[ ] index.md") < left.index("[ ] how/stages/initiating/core-team.md") < left.index("[ ] glossary.md")


def test_the_schema_that_a_file_names_is_there(project: Path) -> None:
    begin(project, "fr")
    for path in [*project.glob("content/**/*.yml"), *project.glob("docs/*/edition.yml")]:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        if "$schema=" in first:
            assert (path.parent / first.split("$schema=")[1]).is_file(), path


def test_direction_comes_from_the_language(project: Path) -> None:
    begin(project, "ar")
    assert read(project, "ar").direction == "rtl"


@pytest.mark.parametrize("code", ["en", "../x", "Klingon", "xx", ""])
def test_a_code_that_is_no_new_language_is_refused(code: str, project: Path) -> None:
    with pytest.raises(Problems) as raised:
        begin(project, code)
    assert f"`{code}`" in str(raised.value)


def test_a_folder_that_is_there_is_left_alone(project: Path) -> None:
    begin(project, "fr")
    before = (project / "docs/fr/edition.yml").read_text(encoding="utf-8")
    with pytest.raises(Problems, match="already there"):
        begin(project, "fr")
    assert (project / "docs/fr/edition.yml").read_text(encoding="utf-8") == before
