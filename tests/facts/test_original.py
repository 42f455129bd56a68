"""Nothing of the original is lost: each entry of its inventory has a place on a page that exists."""

from __future__ import annotations

from collections import Counter

import pytest

from macros.facts.load import Content, read_yaml
from roadmap.project.pages import Page
from roadmap.project.piece_calls import calls
from tests.conftest import ROOT, edition

INVENTORY = {  # of the VALUE Roadmap (2020)
    "heading": 57, "question-list": 8, "question": 3, "voice": 7, "steps": 6, "list": 20, "set-up": 4,
    "example": 10, "work": 4, "missing": 5,
}


def entries() -> list[dict[str, str]]:
    return read_yaml(ROOT / "content" / "original.yml", "content/original.yml")[0]["entries"]


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return edition(ROOT, "en").pages


def lost(entry: dict[str, str], pages: dict[str, Page]) -> str | None:
    """Why an entry has no place, if it has none."""
    path, _, anchor = entry["place"].partition("#")
    page = pages.get(path)
    if page is None:
        return f"no page {path}"
    if anchor and anchor not in {heading.id for heading in page.headings}:
        return f"no heading #{anchor} in {path}"
    if entry.get("text", "") not in page.text:
        return f"`{entry['text']}` is not in {path}"
    return None


def test_every_entry_of_the_original_has_its_place(pages: dict[str, Page]) -> None:
    assert {e["title"]: why for e in entries() if (why := lost(e, pages))} == {}


def test_the_inventory_is_whole() -> None:
    assert Counter(entry["kind"] for entry in entries()) == INVENTORY


def test_a_lost_entry_is_caught(pages: dict[str, Page]) -> None:
    entry = next(e for e in entries() if "#" in e["place"] and e.get("text"))
    assert lost(entry, pages) is None
    assert lost({**entry, "place": entry["place"] + "-gone"}, pages)
    assert lost({**entry, "place": "gone.md"}, pages)
    assert lost({**entry, "text": "words that nobody wrote"}, pages)


def test_questions_are_39_items_and_50_questions(published: Content) -> None:
    lists = [ql for stage in published.facts.stages for ql in stage.lists]
    assert [ql.id for ql in lists] == [f"Q{n}" for n in range(1, 9)]
    assert [len(ql.items) for ql in lists] == [5, 9, 3, 8, 2, 3, 5, 4]
    assert [sum(len(i.questions) for i in ql.items) for ql in lists] == [6, 11, 3, 13, 2, 3, 6, 6]


def test_every_list_voice_and_set_up_is_shown(pages: dict[str, Page], published: Content) -> None:
    shown = {(call.name, *call.arguments) for page in pages.values() for call in calls(page)[0]}
    assert {("stage_checklist", stage.id) for stage in published.facts.stages} <= shown
    assert {("voice", voice.id) for voice in published.facts.voices} <= shown
    assert {("setup_diagram", setup.id) for setup in published.facts.setups} <= shown
    pathways = [pathway.id for case in published.facts.cases for pathway in case.pathways]
    assert len(pathways) == 7
    assert {(piece, id) for id in pathways for piece in ("setup_diagram", "pathway_timeline")} <= shown


def test_pages_name_the_pages_they_retell(pages: dict[str, Page]) -> None:
    retelling = [p for path, p in pages.items() if path.startswith(("introduction/", "what/", "how/", "lets-"))]
    assert [p.path for p in retelling if "\noriginal: " not in p.text.split("\n---\n")[0]] == []
