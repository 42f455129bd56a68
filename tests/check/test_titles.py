"""One thing has one name: an English page that names it otherwise than the facts do is told so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from roadmap.check.titles import check_titles
from roadmap.project.project import Project
from tests.conftest import ROOT, SAMPLE

PAGE = "docs/en/how/stages/initiating/index.md"


@pytest.fixture
def said(tmp_path: Path):
    """What is said of a page with these lines below its title."""
    root = Path(shutil.copytree(SAMPLE, tmp_path / "project"))

    def check(lines: str) -> list[str]:
        path = root / PAGE
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# Some page {{ #some-page }}\n\n{lines}\n", encoding="utf-8")
        return [str(problem) for problem in check_titles(Project(root)) if problem.path == PAGE]

    return check


def test_a_heading_that_is_nearly_a_title_is_named(said) -> None:
    titles = {worksheet.id: worksheet.title for worksheet in Project(SAMPLE).content.facts.worksheets}
    title = titles["first-steps"]
    assert said(f"## {title} {{ #x }}") == said(f"## The {title} {{ #x }}") == said("## Quite another {{ #x }}") == []
    assert said(f"## Your {title} {{ #x }}") == [f"{PAGE}:3: “Your {title}”; “{title}”, as content/ names it"]
    assert said(f"* **Your {title}:** words") == [f"{PAGE}:3: “Your {title}”; “{title}”, as content/ names it"]


def test_a_list_of_steps_has_the_names_of_the_method(said) -> None:
    method = next(m for m in Project(SAMPLE).content.facts.methods if len(m.steps) > 2)
    names = [step.name for step in method.steps]
    right = "\n".join(f"{number}. **{name}.** Words.\n    More words." for number, name in enumerate(names, 1))
    assert said(right) == []
    wrong = right.replace(names[1], "Something else")
    assert said(wrong) == [f"{PAGE}:5: “Something else”; “{names[1]}”, as content/methods.yml names it"]
    assert said(wrong.replace(names[0], "Begin").replace(names[2], "End")) == [], "that is another list"


def test_english_names_each_thing_as_the_facts_do() -> None:
    assert [str(problem) for problem in check_titles(Project(ROOT))] == []
