"""A new edition: a folder that builds at once, and a refusal in words where it cannot be."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from macros.facts.problem import Problems
from macros.language import messages
from roadmap.project.project import Project
from roadmap.translation import catalogue, extract
from roadmap.translation.new_edition import begin, to_do
from roadmap.translation.progress import progress
from tests.conftest import copy_project, edition


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path / "project")


def test_a_new_edition_has_a_name_a_catalogue_and_a_list(project: Path) -> None:
    assert [path.name for path in begin(Project(project), "fr")] == ["edition.yml", "messages.po", "to-do.txt"]
    file = edition(project, "fr").file
    assert (file.name, file.english_name, file.direction) == ("Français", "French", "ltr")
    left = (project / "docs/fr/to-do.txt").read_text(encoding="utf-8")
    assert left.index("[ ] index.md") < left.index("[ ] how/stages/initiating/core-team.md") < left.index("[ ] glossary.md")


def test_the_list_counts_the_texts_of_each_category_that_are_missing(project: Path) -> None:
    begin(Project(project), "fr")
    left = (project / "docs/fr/to-do.txt").read_text(encoding="utf-8")
    first, others = left.split("\n2. ")[0], left.split("\n4. ")[1]
    sentences = catalogue.sentences_by_key(Project(project)).values()
    missing = Counter(sentence.category for sentence in sentences)
    assert missing.keys() == {"interface", *extract.CATEGORIES}
    for category, count in missing.items():
        line = f"\n   [ ] {category}: {count} texts\n"
        assert (line in first, line in others) == (category in catalogue.CORE, category not in catalogue.CORE)
    assert left.count(" texts\n") == len(missing)


def test_the_list_says_how_much_it_is(project: Path) -> None:
    begin(Project(project), "fr")
    status = progress(edition(project, "fr"))
    left = (project / "docs/fr/to-do.txt").read_text(encoding="utf-8")
    assert f"has {status.core.all:,} English words, all of it {status.overall.all:,}." in left
    assert 0 < status.core.all < status.overall.all


def test_what_can_be_shown_is_no_longer_to_do(project: Path) -> None:
    begin(Project(project), "fr")
    before = tallied(project, "fr")
    path = edition(project, "fr").folder / messages.FILE
    body = path.read_text(encoding="utf-8")
    start = body.index("msgctxt \"voices/")
    path.write_text(body[:start] + body[start:].replace('msgstr ""\n', 'msgstr "Quelqu’un parlait."\n', 1), encoding="utf-8")
    assert tallied(project, "fr") == {**before, "voices": before["voices"] - 1}


def tallied(root: Path, code: str) -> dict[str, int]:
    """The counts in the list of what is to do, by category."""
    rows = [line.removeprefix("   [ ] ").split() for line in to_do(edition(root, code)) if line.endswith(" texts")]
    return {category.removesuffix(":"): int(count) for category, count, _ in rows}


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
