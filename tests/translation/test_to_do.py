"""What is left to do in an edition: true at any moment, the most useful first, short."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from roadmap.project.project import Project
from roadmap.translation import catalogue, extract
from roadmap.translation.lacking import lacking
from roadmap.translation.new_edition import begin
from roadmap.translation.progress import progress
from roadmap.translation.to_do import MOST_NAMED, size, strings_of, to_do
from tests.conftest import copy_project, edition
from tests.translation.test_catalogue import fill, message, small, translate  # noqa: F401
from tests.translation.test_drift import write
from tests.translation.test_lacking import GROUP, root  # noqa: F401


def told(root: Path, code: str) -> list[str]:  # noqa: F811
    there = edition(root, code)
    return "\n".join(to_do(there, progress(there))).splitlines()


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a French edition that was begun a moment ago."""
    project = copy_project(tmp_path_factory.mktemp("new") / "project")
    begin(Project(project), "fr")
    return project


@pytest.fixture(scope="module")
def begun(new: Path) -> list[str]:
    """What is to do in it."""
    return told(new, "fr")


def test_all_of_a_new_edition_is_to_do_and_it_is_said_how_much_that_is(new: Path, begun: list[str]) -> None:
    status = progress(edition(new, "fr"))
    core, overall = f"{status.core.all:,}", f"{status.overall.all:,}"
    assert begun[0] == f"To do: {core} of {core} words of the core set, {overall} of {overall} of everything."
    assert size(status) == f"The core set has {core} English words, everything {overall}."
    assert "menu" in begun[1]


def test_it_is_short_and_begins_with_the_most_useful(new: Path, begun: list[str]) -> None:
    assert len(begun) < 30 and begun.index("   index.md") < begun.index("   where-to-start.md") < begun.index("   how/stages/index.md")
    english = Project(new).english.page_paths
    assert f"Pages that are missing: {len(english)}, " in begun[3] and f"   … and {len(english) - MOST_NAMED} more" in begun


def test_it_names_the_pieces_that_lack_the_fewest_strings_and_how_to_see_them(new: Path, begun: list[str]) -> None:
    nearest, second = lacking(edition(new, "fr"))[:2]
    first = begun.index(f"   {nearest.name}: {nearest.count} ({nearest.pages[0]})")
    assert begun[first + 1].startswith(f"   {second.name}: ")
    assert any(f'`roadmap status fr --of "{nearest.name}"`' in line for line in begun)


def test_it_counts_the_strings_of_each_category_the_core_set_first(new: Path, begun: list[str]) -> None:
    missing = Counter(sentence.category for sentence in catalogue.sentences_by_key(Project(new)).values())
    assert missing.keys() == {"interface", *extract.CATEGORIES}
    core, others = begun[-1].removesuffix(").").partition("core set (")[2].split("), others (")
    assert core == ", ".join(f"{category} {missing[category]}" for category in catalogue.CORE)
    assert others == ", ".join(f"{category} {number}" for category, number in missing.items() if category not in catalogue.CORE)
    assert begun[-1].startswith(f"{missing.total():,} strings without")


def test_what_is_done_is_no_longer_to_do(root: Path) -> None:  # noqa: F811
    fill(root, "da", GROUP, "")
    before = told(root, "da")
    assert "   the picture of Harbour centre: 1 string (index.md)" in before and "   index.md" in before
    assert before[-1] == "1 strings without a translation that can be shown: others (cases 1)."
    fill(root, "da", GROUP, "Læringsgruppe")
    write(root, "da", "index.md", "# Hjem { #page }\n")
    after = told(root, "da")
    assert not any("Harbour" in line or "strings without" in line or line == "   index.md" for line in after)


def test_the_strings_of_one_piece_are_named_with_their_lines(root: Path) -> None:  # noqa: F811
    translate(root, "da")
    fill(root, "da", GROUP, "")
    line = message(root, "da", GROUP).lineno
    picture = ["the picture of Harbour centre: 1 string (index.md, cases/atlantis.md)", f"docs/da/messages.po:{line}: Learning group"]
    assert list(strings_of(edition(root, "da"), "picture of harbour")) == picture
    assert list(strings_of(edition(root, "da"), "index.md")) == list(strings_of(edition(root, "da"), "docs/da/index.md")) == picture
    [nothing] = strings_of(edition(root, "da"), "Utopia")
    assert "nothing is called “Utopia”" in nothing and "`roadmap status da`" in nothing


def test_strings_that_a_refresh_brings_are_told_apart(root: Path) -> None:  # noqa: F811
    (root / "docs/da/messages.po").unlink()
    said = list(strings_of(edition(root, "da"), "index.md"))
    assert said[1].startswith("docs/da/messages.po:1: ") and said[-1] == "Those at line 1 are not there yet: `roadmap refresh da`."
