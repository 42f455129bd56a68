"""The order of messages.po, which is the one in which readers meet the texts, and what is said of the place of each."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from macros.language import messages
from macros.language.messages import LAYOUT, forms
from roadmap.check.run import check
from roadmap.project.navigation import nav_paths
from roadmap.project.project import Project
from roadmap.translation import catalogue, first_met
from tests.conftest import ROOT, edition
from tests.facts.test_load import change
from tests.translation.test_catalogue import small, translate

__all__ = ["small"]

HOME, EDUCARE, CONFIG = "docs/en/index.md", "docs/en/what/educare.md", "mkdocs.yml"
FIRST = re.compile("First on “(.+?)”, (.+?): (.+?)[.](?: Beside it: (.+)[.])?")


@pytest.fixture
def root(small: Path) -> Path:
    """A small project, whose pages each test writes."""
    return small


@pytest.fixture(scope="module")
def english() -> Catalog:
    """All that a new edition has to translate."""
    return catalogue.template(Project(ROOT))


def texts(root: Path) -> list[str]:
    """The English texts of the facts, in the order of the catalogue."""
    return [each.id for each in catalogue.template(Project(root)) if each.context and not each.context.startswith(LAYOUT)]


def call(root: Path, page: str, *calls: str) -> None:
    """Gives a page these pieces, one after the other."""
    (root / page).write_text(f"# {Path(page).stem.title()} {{ #top }}\n\n" + "".join(f"{{{{ {each} }}}}\n\n" for each in calls), encoding="utf-8")


def place(root: Path, text: str, context: str | None = None) -> tuple[str, ...]:
    """Page, piece, part and neighbours of a text."""
    found = catalogue.template(Project(root)).get(text, context)
    return FIRST.fullmatch(found.auto_comments[0]).groups()


# The order


def test_texts_stand_in_the_order_of_the_navigation_then_of_the_page(root: Path) -> None:
    call(root, HOME, 'voice("voice-7")', 'voice("voice-1")')
    call(root, EDUCARE, 'overlapping_stages("initiating")', 'term("educare")')
    leaders, heard = "Somebody spoke of leaders.", "Somebody felt heard."
    term, stage, never = "educare", "Initiating", "Who decides?"
    wanted = {leaders, heard, term, stage, never}
    assert [each for each in texts(root) if each in wanted] == [leaders, heard, stage, term, never]
    change("  - index.md\n  - what/educare.md", "  - what/educare.md\n  - index.md", CONFIG)(root)
    assert [each for each in texts(root) if each in wanted] == [stage, term, leaders, heard, never]


def test_what_is_around_every_page_comes_first_and_what_no_page_shows_last(english: Catalog) -> None:
    found = [each for each in english if each.id]
    kinds = ["around" if (each.context or "").startswith(LAYOUT) else "on a page" if FIRST.match(each.auto_comments[0]) else "nowhere" for each in found]
    assert list(dict.fromkeys(kinds)) == ["around", "on a page", "nowhere"]
    assert kinds == sorted(kinds, key=["around", "on a page", "nowhere"].index)
    assert kinds.count("nowhere") < kinds.count("on a page") / 4


def test_the_pages_of_all_texts_stand_in_the_order_of_the_navigation(english: Catalog) -> None:
    project = Project(ROOT)
    titles = [project.english.pages[path].headings[0].text for path in nav_paths(project.nav)]
    told = [match[1] for each in english if each.id and (match := FIRST.match(each.auto_comments[0]))]
    assert told == sorted(told, key=titles.index) and len(set(told)) > 30


def test_a_file_that_another_program_has_sorted_loses_nothing(root: Path) -> None:
    translate(root, "da")
    path = catalogue.refresh(edition(root, "da"))
    ours = path.read_text(encoding="utf-8")
    header, *entries = ours.strip().split("\n\n")
    path.write_text("\n\n".join([header, *sorted(entries)]) + "\n", encoding="utf-8")
    assert edition(root, "da").translator.gettext("Kick-off") == "⟦ža⟧"
    before = {(each.context, forms(each.id), forms(each.string)) for each in edition(root, "da").messages}
    assert catalogue.refresh(edition(root, "da")).read_text(encoding="utf-8") == ours
    assert {(each.context, forms(each.id), forms(each.string)) for each in edition(root, "da").messages} == before


# What is said of the place


def test_a_heading_of_a_column_is_told_with_the_others_of_its_row(root: Path) -> None:
    call(root, EDUCARE, 'setup_diagram("one-group")')
    assert place(root, "Role") == ("Educare", "setup diagram one-group", "the heading of a column", "“Who”, “Number and sources”")


def test_what_is_read_aloud_and_seen_is_told_as_it_is_seen(root: Path) -> None:
    call(root, HOME, 'setup_diagram("one-group")')
    page, _, part, beside = place(root, "Learning group", "setups/one-group/arrangement/groups/group/name")
    assert (page, part) == ("Index", "a label in the picture") and "Learning group" not in beside


def test_a_long_text_explains_itself(root: Path) -> None:
    call(root, HOME, 'stage_checklist("initiating")')
    care = "Tick a question once you have talked it over, and note what you agreed. Please write no names of children or families."
    assert place(root, care) == ("Index", "stage checklist initiating", "a line of text", None)
    assert place(root, "Cancel")[2] == "what it says while one works with it"
    part, beside = place(root, "Print blank")[2:]
    assert part == "a button" and beside.endswith("“Print with my answers”, “Save to a file”")


def told(message: Message) -> bool:
    """Whether somebody who knows no more than the comments knows where the text stands and beside what."""
    neighbours = [text for each in message.auto_comments for text in re.findall("“(.*?)”", each.partition("Beside it: ")[2])]
    return bool(neighbours) and forms(message.id)[0] not in neighbours


def test_every_bare_word_has_a_place_and_neighbours(english: Catalog) -> None:
    bare = [each for each in english if each.id and len(forms(each.id)[0].split()) <= 2]
    assert len(bare) > 300 and [each.id for each in bare if not told(each)] == []


def test_comments_are_short(english: Catalog) -> None:
    """The place, what kind of text it is, what is filled in, how long it may be; more only where several files say it."""
    for each in (each for each in english if each.id):
        assert len(each.auto_comments) <= 3 + len(each.locations), each.id
        assert max(map(len, each.auto_comments)) < 300, each.id
        assert re.fullmatch(r"At most \d+ characters\.", each.auto_comments[-1])


def test_only_what_writes_a_catalogue_looks_for_places(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes a second; a check and a build do without."""
    catalogue.refresh(edition(root, "da"))
    monkeypatch.setattr(first_met, "make_pieces", lambda *_, **__: pytest.fail("places were looked for"))
    assert (root / "docs" / "da" / messages.FILE).is_file()
    check(Project(root), ["da"])
    catalogue.tallies(edition(root, "da"))
