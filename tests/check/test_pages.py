"""Broken pages: unknown pieces and ids, lost headings, links and navigation. Each is named with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from roadmap.check.run import check
from roadmap.project import content_schema
from roadmap.project.project import Project
from tests.conftest import SAMPLE
from tests.facts.test_load import change
from tests.translation.test_drift import commit, git

INDEX, EDUCARE = "docs/en/index.md", "docs/en/what/educare.md"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A small project of one's own."""
    root = Path(shutil.copytree(SAMPLE, tmp_path / "project"))
    glossary = "docs/en/glossary.md"
    (root / glossary).write_text("# Glossary { #glossary }\n\n{{ glossary_list() }}\n", encoding="utf-8")
    change("  - what/educare.md", "  - what/educare.md\n  - glossary.md", "mkdocs.yml")(root)
    content_schema.export(root)
    return root


BROKEN = {
    "unknown piece": (change('voice("voice-1")', 'voise("voice-1")', INDEX), f"{INDEX}:6", "the unknown piece `voise`; `voice`"),
    "unknown id": (change("voice-1", "voice-9", INDEX), f"{INDEX}:6", "the unknown voice `voice-9`; one of voice-1, voice-7"),
    "unknown source": (change('voice("voice-1")', 'source_note("gazette 3")', INDEX), f"{INDEX}:6", "the unknown source `gazette`"),
    "a source without a name": (change('voice("voice-1")', 'source_note(" ")', INDEX), f"{INDEX}:6", "the unknown source ``"),
    "too few words for a piece": (change('voice("voice-1")', "voice()", INDEX), f"{INDEX}:6", "`voice()`"),
    "an expression": (change('voice("voice-1")', "1 + 1", INDEX), f"{INDEX}:6", "template code"),
    "an attribute walk": (change('voice("voice-1")', "voice.__class__", INDEX), f"{INDEX}:6", "template code"),
    "a loop": (change('{{ voice("voice-1") }}', "{% for x in y %}{% endfor %}", INDEX), f"{INDEX}:6", "template code"),
    "an open brace": (change('voice("voice-1") }}', 'voice("voice-1")', INDEX), f"{INDEX}:", "braces that cannot be read"),
    "a brace too close": (change("{ #sample }", "{#sample}", INDEX), f"{INDEX}:4", "with a space after the brace"),
    "link to no page": (change("what/educare.md#care", "what/nothing.md", INDEX), f"{INDEX}:10", "a link to `what/nothing.md`, which is not there"),
    "link to no heading": (change("#care", "#cure", INDEX), f"{INDEX}:10", "has no `#cure`; an id of that page: care, educare"),
    "link out of the edition": (change("../index.md", "../../../README.md", EDUCARE), f"{EDUCARE}:5", "which is not there"),
    "heading without id": (change(" { #care }", "", EDUCARE), f"{EDUCARE}:3", "the heading `Care` without an id"),
    "id twice": (change("{ #care }", "{ #educare }", EDUCARE), f"{EDUCARE}:1", "the id `educare` twice"),
    "two titles": (change("## Care", "# Care", EDUCARE), f"{EDUCARE}:3", "2 titles"),
    "no title": (change("# Educare { #educare }\n", "", EDUCARE), f"{EDUCARE}:1", "0 titles"),
    "page missing in the navigation": (change("  - what/educare.md\n", "", "mkdocs.yml"), "mkdocs.yml:13", "a navigation without `what/educare.md`"),
    "navigation to no page": (change("  - index.md", "  - index.md\n  - soon.md", "mkdocs.yml"), "mkdocs.yml:15", "the page `soon.md`, which is not there"),
    "navigation twice": (change("  - index.md", "  - index.md\n  - index.md", "mkdocs.yml"), "mkdocs.yml:14", "`index.md` twice"),
    "broken fact": (change("value: 60", "value: many", "content/cases/atlantis.yml"), "content/cases/atlantis.yml:28", "a number"),
    "broken rule": (change("supports: [group]", "supports: [team]", "content/cases/atlantis.yml"), "content/cases/atlantis.yml:62", "the unknown group `team`"),
    "a setting that is none": (change("docs_dir: docs/en", "docs_dir: docs/xx", "mkdocs.yml"), "mkdocs.yml:2", "isn't an existing directory"),
    "outdated schema": (lambda root: (root / "content/schema/case.json").write_text("{}"), "content/schema/case.json:1", "an outdated schema"),
}


def test_a_link_to_what_has_another_name_now_names_the_move(small: Path) -> None:
    git(small, "init", "-q", ".")
    commit(small)
    moved, link = "docs/en/what/care.md", f"{INDEX}:10: a link to `what/educare.md#care`"
    change("{ #care }", "{ #caring }", EDUCARE)(small)
    commit(small)
    helps = "`roadmap move what/educare.md#care what/educare.md#caring`, for so English calls it now"
    assert [str(problem) for problem in check(Project(small))] == [f"{link}: what/educare.md has no `#care`; {helps}"]
    git(small, "mv", EDUCARE, moved)
    change("  - what/educare.md", "  - what/care.md", "mkdocs.yml")(small)
    helps = "`roadmap move what/educare.md what/care.md`, for so English calls it now"
    assert f"{link}, which is not there; {helps}" in [str(problem) for problem in check(Project(small))]


def test_the_sample_is_whole(small: Path) -> None:
    assert [str(problem) for problem in check(Project(small))] == []


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named_with_its_line(name: str, small: Path) -> None:
    spoil, place, words = BROKEN[name]
    spoil(small)
    messages = [str(problem) for problem in check(Project(small))]
    assert any(m.startswith(place) and words in m for m in messages), messages
    assert all(m.startswith(place) or "nothing" in name or "title" in name or "id" in name for m in messages), messages


def test_all_problems_come_at_once(small: Path) -> None:
    for name in ("unknown piece", "heading without id", "navigation to no page"):
        BROKEN[name][0](small)
    assert [str(p).split(": ")[0] for p in check(Project(small))] == [f"{INDEX}:6", f"{EDUCARE}:3", "mkdocs.yml:15"]


def test_a_page_that_is_not_text_is_named(small: Path) -> None:
    (small / EDUCARE).write_bytes("# Educare { #educare }\n\nSão".encode("latin-1"))
    assert any(str(p).startswith(f"{EDUCARE}:3: a byte that is not UTF-8") for p in check(Project(small)))


def test_the_project_itself_is_whole(project: Path) -> None:
    assert [str(problem) for problem in check(Project(project))] == []
