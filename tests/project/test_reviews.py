"""How far a translation has been read: what sheets and the book say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from macros.facts.problem import Problems
from macros.language.translator import UNTRANSLATED
from roadmap.pdf.book import cover
from roadmap.project.project import Edition, Project
from tests.conftest import copy_project

DRAFT = "It is a draft: no practitioner has read it yet."
LANGUAGE_READ = "It is a draft: its language has been read, but no practitioner has read it yet."
READ = "It has been read by a practitioner who speaks this language."
IN_PART = "It is a draft: a practitioner has read a part of it."
EDITION = "name: dansk\nenglish_name: Danish\ntitle: VALUE\nteam: [A. B.]\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a Danish edition of two pages, whose sentences are still English."""
    root = copy_project(tmp_path_factory.mktemp("reviews") / "project")
    folder = root / "docs" / "da"
    folder.mkdir()
    for page in ("index.md", "glossary.md"):
        (folder / page).write_text("# A { #a }\n", encoding="utf-8")
    return root


@pytest.fixture
def reviewed(root: Path) -> Callable[[dict[str, str]], Edition]:
    """The edition, with reviews by what they are of and their step."""

    def edition(reviews: dict[str, str]) -> Edition:
        lines = [f"  {of}:\n    {step}: {{by: A, on: 2026-11-01}}\n" for of, step in reviews.items()]
        text = EDITION + "".join(["reviews:\n", *lines] if lines else [])
        (root / "docs" / "da" / "edition.yml").write_text(text, encoding="utf-8")
        return Project(root).edition("da")

    return edition


@pytest.mark.parametrize(("reviews", "note"), [
    ({}, DRAFT),
    ({"worksheets/session-plan": "drafted"}, DRAFT),
    ({"worksheets/session-plan": "language"}, LANGUAGE_READ),
    ({"worksheets/session-plan.md": "practice"}, READ),
    ({"worksheets/portfolio": "practice"}, DRAFT),
])
def test_a_sheet_says_how_far_it_has_been_read(reviews: dict[str, str], note: str, reviewed: Callable[[dict[str, str]], Edition]) -> None:
    pieces = reviewed(reviews).pieces("index.md")
    assert pieces.imprint.sheet_reviews["session-plan"] == note
    danish = replace(pieces, english=None)  # else the sheet is in English, and no translation
    [foot] = html.fromstring(danish.worksheet("session-plan")).find_class("sheet-foot")
    assert note in foot.text_content()


@pytest.mark.parametrize(("reviews", "note"), [
    ({}, DRAFT), ({"index.md": "practice"}, IN_PART), ({"index.md": "practice", "glossary.md": "practice"}, READ),
    ({"index.md": "language", "glossary.md": "drafted"}, DRAFT),
])
def test_the_cover_of_the_book_says_how_far_the_edition_has_been_read(reviews: dict[str, str], note: str, reviewed: Callable[[dict[str, str]], Edition]) -> None:
    edition = reviewed(reviews)
    shown = cover("VALUE", edition.translator, edition.pieces("index.md").imprint).text_content()
    assert note in shown and UNTRANSLATED not in shown


def test_english_is_no_draft(root: Path) -> None:
    imprint = Project(root).english.pieces("index.md").imprint
    assert (imprint.review, imprint.sheet_reviews) == ("", {})


def test_a_step_that_is_none_is_told_which_there_are(reviewed: Callable[[dict[str, str]], Edition]) -> None:
    for step, instead in {"pratcice": "`practice`", "approved": "one of drafted, language, practice"}.items():
        with pytest.raises(Problems) as raised:
            reviewed({"index.md": step}).file  # noqa: B018
        assert f"the unknown key `reviews.index.md.{step}`; {instead}" in str(raised.value)
