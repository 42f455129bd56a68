"""The hint that a picture, checklist, worksheet or table comes in English though its page is translated."""

from __future__ import annotations

from pathlib import Path

import pytest

from roadmap.check.language import half_translated as half
from roadmap.check.language.half_translated import MOST_NAMED, half_translated
from roadmap.project.project import Project
from roadmap.translation import catalogue
from tests.conftest import edition
from tests.translation.test_catalogue import fill, message, small, translate  # noqa: F401
from tests.translation.test_drift import write
from tests.translation.test_lacking import GROUP, root  # noqa: F401


def hints(root: Path) -> list[str]:  # noqa: F811
    return [str(each) for each in half_translated(edition(root, "da"))]


def test_a_picture_on_a_translated_page_is_named_with_the_lines_that_it_lacks(root: Path) -> None:  # noqa: F811
    fill(root, "da", GROUP, "")
    assert hints(root) == [], "nobody meets it yet"
    write(root, "da", "index.md", "# Hjem { #page }\n")
    line = message(root, "da", GROUP).lineno
    assert hints(root) == [
        f"docs/da/messages.po:{line}: the picture of Harbour centre: 1 string without a translation, so all of it comes in English;"
        f" a translation of each: line {line}"]


def test_a_worksheet_that_is_begun_is_named_at_the_first_string_that_it_lacks(root: Path) -> None:  # noqa: F811
    contexts = ("worksheets/first-steps/purpose", "stages/initiating/Q1/Q1.1/text")
    for context in contexts:
        fill(root, "da", context, "")
    first, second = sorted(message(root, "da", context).lineno for context in contexts)
    assert hints(root) == [
        f"docs/da/messages.po:{first}: the worksheet First steps: 2 strings without a translation, so all of it comes in English;"
        f" a translation of each: lines {first}, {second}"]


def test_two_worksheets_that_lack_the_same_words_are_told_apart(root: Path) -> None:  # noqa: F811
    contexts = [f"worksheets/{sheet}/time" for sheet in ("first-steps", "on-the-way")]
    for context in contexts:
        fill(root, "da", context, "")
    lines = [message(root, "da", context).lineno for context in contexts]
    assert [int(each.split(":")[1]) for each in hints(root)] == lines
    assert all(": 1 string without" in each for each in hints(root))


def test_a_worksheet_that_is_not_begun_is_no_half(root: Path) -> None:  # noqa: F811
    translate(root, "da", leave=lambda m: (m.context or "").startswith("worksheets/first-steps"))
    assert hints(root) == []


def test_of_many_the_nearest_are_named_and_the_others_counted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(half, "MOST_LINES", 12)
    (root / "docs/da/messages.po").unlink()
    translate(root, "da", leave=lambda _: True)
    for path in Project(root).english.page_paths:
        write(root, "da", path, "# Hjem { #page }\n")
    said = hints(root)
    assert len(said) == MOST_NAMED + 1
    assert said[-1].startswith("docs/da/messages.po:1: 4 more of the pictures, ") and said[-1].count("`roadmap status da`") == 1
    assert all(each.endswith(", …") for each in said[-3:-1])


def test_messages_that_are_not_in_the_file_come_with_a_refresh(root: Path) -> None:  # noqa: F811
    (root / "docs/da/messages.po").unlink()
    write(root, "da", "index.md", "# Hjem { #page }\n")
    assert "; what `roadmap refresh da` writes, then a translation of each" in hints(root)[0]
    catalogue.refresh(edition(root, "da"))
    assert "; a translation of each: lines " in hints(root)[0]
