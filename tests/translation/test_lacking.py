"""What a picture, checklist, worksheet or table still lacks: exactly the strings that keep it in English."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.language import messages
from macros.language.messages import forms
from macros.pieces import NAMES as PIECES
from roadmap.project.project import Project
from roadmap.translation import catalogue, lacking
from roadmap.translation.lacking import NAMES, Lacking
from tests.conftest import ROOT, edition
from tests.translation.test_catalogue import fill, message, small, translate  # noqa: F401
from tests.translation.test_drift import write
from tests.translation.test_progress import about

PAGES = {
    "index.md": ['setup_diagram("tides")', "roles()"],
    "cases/atlantis.md": ['setup_diagram("tides")', 'pathway_timeline("tides")', 'children_chart("atlantis")', 'case_card("atlantis")'],
    "how/stages/index.md": ['checklist("Q1")', "overlapping_stages()", 'voice("voice-1")'],
    "worksheets/first-steps.md": ['worksheet("first-steps")'],
    "worksheets/on-the-way.md": ['worksheet("on-the-way")'],
}
GROUP = "cases/atlantis/pathways/tides/arrangement/groups/group/name"


@pytest.fixture
def root(small: Path) -> Path:  # noqa: F811
    """English with pages that show pieces; Danish with messages only, all of them translated."""
    for page, pieces in PAGES.items():
        write(small, "en", page, "# Page { #page }\n\n" + "\n\n".join(f"{{{{ {piece} }}}}" for piece in pieces) + "\n")
    write(small, "da", "edition.yml", about("da"))
    translate(small, "da")
    return small


def found(root: Path) -> dict[str, Lacking]:
    return {each.name: each for each in lacking.lacking(edition(root, "da"))}


def texts(each: Lacking) -> list[str]:
    return [string.text for string in each.strings]


def test_a_whole_edition_lacks_nothing(root: Path) -> None:
    assert found(root) == {} == {each.name: each for each in lacking.lacking(Project(root).english)}


def test_a_picture_says_what_it_lacks_where_and_who_shows_it(root: Path) -> None:
    fill(root, "da", GROUP, "")
    fill(root, "da", None, "", "number not given")
    lines = {text: message(root, "da", context, text).lineno for context, text in ((None, "number not given"), (GROUP, "Learning group"))}
    picture = found(root)["the picture of Harbour centre"]
    assert {string.text: string.line for string in picture.strings} == lines and picture.count == "2 strings"
    assert sorted(lines.values()) == [string.line for string in picture.strings], "as they stand in the file"
    assert picture.pages == ("index.md", "cases/atlantis.md"), "the most useful first"
    assert texts(found(root)["the card of Atlantis"]) == ["Learning group"]


def test_those_that_lack_the_fewest_come_first(root: Path) -> None:
    for context in (GROUP, "worksheets/first-steps/title", "worksheets/first-steps/purpose"):
        fill(root, "da", context, "")
    counts = [len(each.strings) for each in lacking.lacking(edition(root, "da"))]
    assert counts == sorted(counts) and set(counts) == {1, 2}


def test_what_is_fuzzy_or_not_in_the_file_is_lacking_too(root: Path) -> None:
    path = edition(root, "da").folder / messages.FILE
    text = path.read_text(encoding="utf-8")
    start = text.index(f'msgctxt "{GROUP}"')
    path.write_text(text[:start] + "#, fuzzy\n" + text[start:], encoding="utf-8")
    assert texts(found(root)["the picture of Harbour centre"]) == ["Learning group"]
    path.write_text(text[:start] + text[start:].partition("\n\n")[2], encoding="utf-8")
    [string] = found(root)["the picture of Harbour centre"].strings
    assert (string.text, string.line) == ("Learning group", None)


def test_with_these_strings_each_is_whole_and_without_one_of_them_none_is(root: Path) -> None:
    translate(root, "nl", leave=lambda _: True)
    named = {each.name: each for each in lacking.lacking(edition(root, "nl"))}
    assert len(named) == 9, "all of them; a voice has no name"
    for name in ("the picture of Harbour centre", "the checklist First questions", "the worksheet First steps", "the card of Atlantis"):
        wanted = set(texts(named[name]))
        for left in ("", max(wanted)):
            (root / "docs/nl/messages.po").unlink()
            translate(root, "nl", leave=lambda m, kept=wanted - {left}: forms(m.id)[0] not in kept)
            now = {other.name: other for other in lacking.lacking(edition(root, "nl"))}
            assert (name in now) == bool(left), name
            assert not left or set(texts(now[name])) == {left}


def test_each_piece_of_the_site_has_a_name_of_its_own() -> None:
    names = [each.name for each in lacking.lacking(Project(ROOT).edition("fr"))]
    assert len(names) == len(set(names)) > 50
    assert {"the picture of Randers", "the worksheet Session plan", "the chart of children per centre (all)"} <= set(names)
    assert NAMES.keys() < set(PIECES)


def test_a_piece_is_called_by_words_of_its_name_or_by_a_page(root: Path) -> None:
    catalogue.refresh(edition(root, "nl"))
    called = [each for each in lacking.lacking(edition(root, "nl")) if each.is_called("harbour")]
    assert {each.name for each in called} == {"the picture of Harbour centre", "the timeline of Harbour centre"}
    on_page = [each.name for each in lacking.lacking(edition(root, "nl")) if each.is_called("index.md")]
    assert sorted(on_page) == ["the picture of Harbour centre", "the shapes of the roles"]
