"""The status of editions: what counts as done, what is core, and that all three ways of telling it tell the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest

from macros.facts.problem import Problems
from macros.language.messages import Message
from roadmap.project.project import Project
from roadmap.staging.drift_notes import mark_outdated
from roadmap.staging.status_page import render_status
from roadmap.translation import catalogue
from roadmap.translation.drift import drifted
from roadmap.translation.progress import (
    EditionStatus,
    Share,
    Strings,
    as_data,
    as_json,
    is_core,
    progress,
    progress_of,
)
from roadmap.translation.same_meaning import keep_meaning
from roadmap.translation.sync import sync
from tests.conftest import SAMPLE, edition
from tests.translation.test_catalogue import translate
from tests.translation.test_drift import change, commit, git, notes, write

HOME = "# Home { #home }\n\none two three\n\n## More { #more }\n\nfour five\n"  # 8 and 7 words, signs of Markdown too
CASE = "# Case { #case }\n\nsix\n"  # 6 words
STAGE = "how/stages/index.md"
DONE = "reviews:\n  index.md:\n    drafted: {by: Ana & Bo, on: 2026-11-20}\n    language: {by: Cas, on: 2026-11-22}\n"


def about(code: str, reviews: str = "") -> str:
    """An edition.yml."""
    direction = "rtl" if code == "ar" else "ltr"
    return f"name: {code}\nenglish_name: {code}\ntitle: Road\nteam: [Ana]\ndirection: {direction}\n{reviews}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """English with three pages, Danish with all of them and all messages, Dutch with the first only, Arabic with none."""
    root = tmp_path / "project"
    shutil.copytree(SAMPLE / "content", root / "content")
    shutil.copy(SAMPLE / "mkdocs.yml", root)
    pages = {"index.md": HOME, STAGE: HOME, "cases/case.md": CASE}
    titles = {"en": ("Home", "Case"), "da": ("Hjem", "Fortælling"), "nl": ("Begin", ""), "ar": ("", "")}
    for code, names in (("en", pages), ("da", pages), ("nl", ["index.md"]), ("ar", [])):
        write(root, code, "edition.yml", about(code))
        for name in names:
            home, case = titles[code]
            write(root, code, name, pages[name].replace("Home", home).replace("Case", case))
    git(root, "init", "-q", ".")
    translate(root, "da")
    sync(edition(root, "da"), list(pages))
    sync(edition(root, "nl"), ["index.md"])
    commit(root)
    return root


def status(root: Path) -> list[EditionStatus]:
    return progress_of(Project(root).editions.values())


def of_pages(found: EditionStatus) -> tuple[Share, Share]:
    """The core set and everything, without the messages."""
    core = sum((page.words for page in found.pages if page.core), Share())
    return core, sum((page.words for page in found.pages), Share())


def percents(root: Path) -> dict[str, tuple[int, int]]:
    """How far the pages of each edition are."""
    found = {each.code: of_pages(each) for each in status(root)}
    return {code: (core.percent, overall.percent) for code, (core, overall) in found.items()}


def test_every_edition_is_counted_in_words_of_the_english_text(root: Path) -> None:
    assert percents(root) == {"ar": (0, 0), "da": (100, 100), "en": (100, 100), "nl": (50, 41)}
    assert of_pages(progress(edition(root, "nl"))) == (Share(done=15, all=30), Share(done=15, all=36))
    da, en = progress(edition(root, "da")), progress(edition(root, "en"))
    assert (da.core.percent, da.overall.percent, en.core.percent, en.overall.percent) == (100, 100, 100, 100)
    assert (da.core_missing, en.core_missing) == ((), ())


def test_the_core_set_is_what_a_centre_works_with() -> None:
    core = ["index.md", "where-to-start.md", STAGE, "how/stages/initiating/core-team.md", "worksheets/index.md"]
    assert all(map(is_core, core))
    assert not any(map(is_core, ["how/index.md", "cases/index.md", "about/index.md", "how/orientation/leaders.md"]))


def test_the_story_in_all_editions_at_once(root: Path) -> None:
    """One paragraph of English changes: one section of one page, in status, in JSON, on the page. Sync clears it."""
    change(root, "four", "4", STAGE)
    one = [(STAGE, "more", "changed")]
    behind = {e.code: [(d.page, d.id, d.why) for d in e.drifted] for e in status(root)}
    assert behind == {"ar": [], "da": one, "en": [], "nl": []}
    assert percents(root)["da"] == (76, 80)
    data = {each["code"]: each for each in json.loads(as_json(status(root)))}
    assert [(d["file"], d["id"], d["line"]) for d in data["da"]["drifted"]] == [(f"docs/da/{STAGE}", "more", 5)]
    assert "-four five" in data["da"]["drifted"][0]["difference"].splitlines()
    assert [p["page"] for p in data["da"]["pages"] if p["drifted"]] == [STAGE]
    for name in ("index.md", STAGE, "cases/case.md"):
        text = (root / "docs/da" / name).read_text(encoding="utf-8")
        marked = mark_outdated(text, [d for d in drifted(edition(root, "da")) if d.page == name], edition(root, "da").translator)
        assert notes(marked) == (["more"] if name == STAGE else [])
    shown = tree(root, "da")
    assert shown.xpath("//ul[@class='older']/li/@data-section") == ["more"]
    sync(edition(root, "da"), [f"{STAGE}#more"])
    assert percents(root)["da"] == (100, 100) and progress(edition(root, "da"), with_history=True).drifted == ()
    assert not tree(root, "da").xpath("//ul[@class='older']")


def test_a_fix_of_spelling_changes_no_status(root: Path) -> None:
    before = as_json(status(root))
    change(root, "three", "tree", "index.md")
    assert as_json(status(root)) != before
    keep_meaning(Project(root), "index.md", ["home"])
    assert as_json(status(root)) == before


def test_a_page_that_nobody_pinned_counts_for_nothing(root: Path) -> None:
    translate(root, "nl")
    write(root, "nl", STAGE, HOME)
    nl = progress(edition(root, "nl"))
    assert [p.page for p in nl.unpinned] == [STAGE] and [p.page for p in nl.missing] == ["cases/case.md"]
    assert of_pages(nl)[0].percent == 50 and nl.core_missing == (STAGE,)


def test_a_section_missing_or_new_is_not_done(root: Path) -> None:
    change(root, "## More { #more }", "Mere", STAGE, "da")
    assert of_pages(progress(edition(root, "da")))[0] == Share(done=23, all=30)
    change(root, "## More", "## New { #new }\n\nseven\n\n## More", "index.md")
    assert of_pages(progress(edition(root, "da")))[0] == Share(done=23, all=36)


def test_the_core_set_stays_whole_when_english_moves_on(root: Path) -> None:
    change(root, "four", "4", STAGE)
    da = progress(edition(root, "da"))
    assert da.core.percent < 100 and da.core_missing == ()
    assert progress(edition(root, "ar")).core_missing == ("index.md", STAGE, "messages.po")


def test_english_is_always_whole(root: Path) -> None:
    en = progress(edition(root, "en"))
    assert en.strings == Strings(), "it has no messages"
    assert (en.overall.percent, en.core_missing, en.missing, en.unpinned, en.drifted) == (100, (), (), (), ())


# Messages


def is_core_message(message: Message) -> bool:
    category = (message.context or "interface").split("/")[0]
    return category in catalogue.CORE


def translate_only(root: Path, leave: Callable[[Message], bool]) -> None:
    """Translates all messages of the Danish edition but those that are to be left."""
    (root / "docs/da/messages.po").unlink()
    translate(root, "da", leave)


def test_messages_count_with_the_pages(root: Path) -> None:
    (root / "docs/da/messages.po").unlink()
    da = progress(edition(root, "da"))
    assert of_pages(da) == (Share(done=30, all=30), Share(done=36, all=36)), "every page is translated"
    assert da.strings.core.done == da.strings.overall.done == 0 < da.strings.core.all < da.strings.overall.all
    assert da.core == Share(done=30, all=30 + da.strings.core.all)
    assert da.overall == Share(done=36, all=36 + da.strings.overall.all)
    assert da.core.percent < 100 and da.core_missing == ("messages.po",)


def test_one_message_of_the_core_set_is_enough_to_lack_it(root: Path) -> None:
    question = "stages/initiating/Q1/Q1.1/text"  # two words: Who decides?
    translate_only(root, lambda message: message.context == question)
    da = progress(edition(root, "da"))
    assert da.strings.core.all - da.strings.core.done == 2 == da.core.all - da.core.done
    assert da.core.percent < 100 and da.core_missing == ("messages.po",)


def test_messages_outside_the_core_set_count_for_the_whole_only(root: Path) -> None:
    translate_only(root, lambda message: not is_core_message(message))
    da = progress(edition(root, "da"))
    assert da.core.percent == 100 and da.core_missing == ()
    assert da.overall.done < da.overall.all and da.overall.percent < 100


def test_messages_are_counted_by_the_catalogue(root: Path) -> None:
    translate_only(root, lambda message: message.context == "voices/voice-1/text")
    tallies = catalogue.tallies(edition(root, "da"))
    core, overall = catalogue.core(tallies), sum(tallies.values(), catalogue.Tally())
    strings = progress(edition(root, "da")).strings
    assert strings.core == Share(core.words_shown, core.words) and strings.core.percent == 100
    assert strings.overall == Share(overall.words_shown, overall.words)
    assert strings.overall.all - strings.overall.done == 3, "Somebody felt heard."


@pytest.mark.parametrize(("done", "all", "percent"), [(0, 0, 100), (0, 3, 0), (2, 3, 66), (999, 1000, 99), (3, 3, 100)])
def test_a_hundred_says_that_nothing_is_left(done: int, all: int, percent: int) -> None:
    assert Share(done=done, all=all).percent == percent


# Reviews


def test_reviews_are_counted_over_pages_and_worksheets(root: Path) -> None:
    write(root, "da", "edition.yml", about("da", DONE))
    assert as_data(progress(edition(root, "da")))["reviewed"] == {"drafted": 1, "language": 1, "practice": 0, "of": 5}
    sheet = "  worksheets/first-steps:\n    drafted: {by: Bo, on: 2026-01-02}\n"
    write(root, "da", "edition.yml", about("da", DONE + sheet))
    da = progress(edition(root, "da"))
    assert [sheet.name for sheet in da.worksheets] == ["worksheets/first-steps", "worksheets/on-the-way"]
    assert as_data(da)["reviewed"] == {"drafted": 2, "language": 1, "practice": 0, "of": 5}
    assert as_data(da)["reviews"]["index.md"]["language"] == {"by": "Cas", "on": "2026-11-22"}
    json.loads(as_json([da]))


def test_reviews_of_what_is_not_there_are_not_counted(root: Path) -> None:
    for nothing in ("no.md", "worksheets/no"):
        write(root, "da", "edition.yml", about("da", DONE.replace("index.md", nothing)))
        assert progress(edition(root, "da")).review_count("drafted") == 0


def test_malformed_files_are_said(root: Path) -> None:
    (root / "docs/da/state.yml").write_text("index.md: x\n", encoding="utf-8")
    with pytest.raises(Problems, match=r"docs/da/state.yml:1: "):
        status(root)
    write(root, "ar", "edition.yml", "reviews: yes\n")
    with pytest.raises(Problems, match=r"docs/ar/edition.yml:1: "):
        progress(edition(root, "ar"))


# The page


def tree(root: Path, code: str, **figures: Share) -> lxml.html.HtmlElement:
    """The status as a page shows it, in the words that the edition has, with these figures in place of its own."""
    there = edition(root, code)
    html = render_status(replace(progress(there), **figures), there.translator, "../")
    assert html.startswith("<section") and "\n" not in html and not set("{}") & set(html)
    return lxml.html.fragment_fromstring(html)


def text_of(cell: lxml.html.HtmlElement) -> str:
    return " ".join(cell.text_content().replace("\xa0", " ").split())


def test_the_page_shows_percentages_missing_pages_and_files(root: Path) -> None:
    nl = progress(edition(root, "nl"))
    figures = [text_of(cell) for cell in tree(root, "nl").xpath("./table[1]//td")]
    assert figures == [f"{nl.core.percent}%", f"{nl.overall.percent}%"]
    core, overall = of_pages(nl)
    shown = tree(root, "nl", core=core, overall=overall)
    assert [text_of(cell) for cell in shown.xpath("./table[1]//td")] == ["50%", "41%"]
    missing = shown.xpath("//ul[@class='missing']/li")
    assert [li.get("data-page") for li in missing] == [STAGE, "cases/case.md"], "the most useful first"
    assert missing[1].xpath("a/@href | a/@lang | code/text()") == ["../cases/case.html", "en", "docs/en/cases/case.md"]
    assert shown.xpath("//div//tbody//th/a/@href") == ["../index.html"]


def test_the_page_names_each_worksheet_in_its_language(root: Path) -> None:
    sheets = [(sheet.name, sheet.title, sheet.language) for sheet in progress(edition(root, "nl")).worksheets]
    assert sheets == [
        ("worksheets/first-steps", "First steps", "en"), ("worksheets/on-the-way", "On the way", "en"),
    ]
    translate(root, "nl", lambda message: message.context == "worksheets/on-the-way/title")
    titles = tree(root, "nl").xpath('.//table[caption[@id="edition-status-worksheets"]]//tbody//th/span')
    assert [(title.get("lang"), title.text) for title in titles] == [("nl", "⟦ža⟧"), ("en", "On the way")]


def test_the_page_shows_who_has_reviewed_and_when(root: Path) -> None:
    (root / "docs/da/messages.po").unlink()
    write(root, "da", "edition.yml", about("da", DONE))
    row = tree(root, "da").xpath("//div//tbody/tr[th/a[@href='../index.html']]")[0]
    cells = [text_of(cell) for cell in row.xpath("td")]
    assert cells == ["100 %", "Ana & Bo, 20. nov. 2026", "Cas, 22. nov. 2026", "not yet"]
    assert row.xpath(".//time/@datetime") == ["2026-11-20", "2026-11-22"]


def test_titles_and_names_carry_no_markup_or_code_into_the_page(root: Path) -> None:
    evil = "<b>{{7 * 7}}</b>{%raw%}"
    change(root, "# Hjem {", f"# {evil} {{", "index.md", "da")
    write(root, "da", "edition.yml", about("da", DONE.replace("Ana & Bo", f"'{evil}'")))
    shown = tree(root, "da")
    assert not shown.xpath("//b") and shown.text_content().count(evil) == 2


def test_every_table_is_named_and_every_head_has_a_scope(root: Path) -> None:
    shown = tree(root, "nl")
    assert len(shown.xpath("//table")) == len(shown.xpath("//table/caption[normalize-space()]")) == 4
    assert not shown.xpath("//th[not(@scope)]")
    ids = shown.xpath("//@id")
    assert len(ids) == len(set(ids)) and set(shown.xpath("//@aria-labelledby")) <= set(ids)
