"""The status of editions: what counts as done, what is core, and that all three ways of telling it tell the same."""

from __future__ import annotations

import json
from pathlib import Path

import lxml.html
import pytest

from macros.facts.problem import Problems
from macros.language.translator import Translator
from roadmap.translation.drift import drifted, mark
from roadmap.translation.progress import (
    Share,
    Strings,
    as_data,
    as_json,
    edition,
    is_core,
    page,
    status,
    words_of_messages,
)
from roadmap.translation.sync import meaning_kept, sync
from tests.conftest import ROOT
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
    """English with three pages, Danish with all of them, Dutch with the first only, Arabic with none."""
    root = tmp_path / "project"
    pages = {"index.md": HOME, STAGE: HOME, "cases/case.md": CASE}
    for code, names in (("en", pages), ("da", pages), ("nl", ["index.md"]), ("ar", [])):
        write(root, code, "edition.yml", about(code))
        for name in names:
            write(root, code, name, pages[name].replace("Home", "Hjem") if code == "da" else pages[name])
    git(root, "init", "-q", ".")
    sync(root, "da", list(pages))
    sync(root, "nl", ["index.md"])
    commit(root)
    return root


def percents(root: Path, **known) -> dict[str, tuple[int, int]]:
    return {each.code: (each.core.percent, each.overall.percent) for each in status(root, **known)}


def test_every_edition_is_counted_in_words_of_the_english_text(root: Path) -> None:
    assert percents(root) == {"ar": (0, 0), "da": (100, 100), "en": (100, 100), "nl": (50, 41)}
    assert [edition(root, "nl").core, edition(root, "nl").overall] == [Share(done=15, all=30), Share(done=15, all=36)]


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
        marked = mark(text, [d for d in drifted(root, "da") if d.page == name], Translator("da"))
        assert notes(marked) == (["more"] if name == STAGE else [])
    shown = tree(root, "da")
    assert shown.xpath("//ul[@class='older']/li/@data-section") == ["more"]
    sync(root, "da", [STAGE])
    assert percents(root)["da"] == (100, 100) and status(root, ["da"])[0].drifted == ()
    assert not tree(root, "da").xpath("//ul[@class='older']")


def test_a_fix_of_spelling_changes_no_status(root: Path) -> None:
    before = as_json(status(root))
    change(root, "three", "tree", "index.md")
    assert as_json(status(root)) != before
    meaning_kept(root, "index.md", ["home"])
    assert as_json(status(root)) == before


def test_a_page_that_nobody_pinned_counts_for_nothing(root: Path) -> None:
    write(root, "nl", STAGE, HOME)
    nl = edition(root, "nl")
    assert [p.page for p in nl.unpinned] == [STAGE] and [p.page for p in nl.missing] == ["cases/case.md"]
    assert nl.core.percent == 50 and nl.core_missing == (STAGE,)


def test_a_section_missing_or_new_is_not_done(root: Path) -> None:
    change(root, "## More { #more }", "Mere", STAGE, "da")
    assert edition(root, "da").core == Share(done=23, all=30)
    change(root, "## More", "## New { #new }\n\nseven\n\n## More", "index.md")
    assert edition(root, "da").core == Share(done=23, all=36)


def test_the_core_set_stays_whole_when_english_moves_on(root: Path) -> None:
    change(root, "four", "4", STAGE)
    assert edition(root, "da").core.percent < 100 and edition(root, "da").core_missing == ()
    assert edition(root, "ar").core_missing == (STAGE, "index.md")


def test_english_is_always_whole(root: Path) -> None:
    en = edition(root, "en", strings=lambda root, code: Strings(core=Share(0, 9), overall=Share(0, 9)))
    assert (en.overall.percent, en.core_missing, en.missing, en.unpinned, en.drifted) == (100, (), (), (), ())


def test_strings_count_with_the_pages(root: Path) -> None:
    words = Strings(core=Share(done=4, all=24), overall=Share(done=8, all=100))
    da = edition(root, "da", strings=lambda root, code: {"da": words}[code])
    assert (da.core, da.overall) == (Share(done=34, all=54), Share(done=44, all=136))
    assert da.core_missing == ("messages.po",)


def test_messages_are_counted_by_the_catalogue() -> None:
    nothing = words_of_messages(ROOT, "xx")
    assert nothing.core.done == nothing.overall.done == 0 < nothing.core.all < nothing.overall.all


@pytest.mark.parametrize(("done", "all", "percent"), [(0, 0, 100), (0, 3, 0), (2, 3, 66), (999, 1000, 99), (3, 3, 100)])
def test_a_hundred_says_that_nothing_is_left(done: int, all: int, percent: int) -> None:
    assert Share(done=done, all=all).percent == percent


# Reviews


def test_reviews_are_counted_over_pages_and_worksheets(root: Path) -> None:
    plan = "  worksheets/plan:\n    drafted: {by: Bo, on: 2026-01-02}\n"
    write(root, "da", "edition.yml", about("da", DONE + plan))
    da = edition(root, "da", sheets={"worksheets/plan": "Plan", "worksheets/log": "Log"})
    assert as_data(da)["reviewed"] == {"drafted": 2, "language": 1, "practice": 0, "of": 5}
    assert as_data(da)["reviews"]["index.md"]["language"] == {"by": "Cas", "on": "2026-11-22"}
    json.loads(as_json([da]))


def test_reviews_of_what_is_not_there_are_not_counted(root: Path) -> None:
    write(root, "da", "edition.yml", about("da", DONE.replace("index.md", "no.md")))
    assert edition(root, "da").review_count("drafted") == 0


def test_malformed_files_are_said(root: Path) -> None:
    (root / "docs/da/state.yml").write_text("index.md: x\n", encoding="utf-8")
    with pytest.raises(Problems, match=r"docs/da/state.yml:1: "):
        status(root)
    write(root, "ar", "edition.yml", "reviews: yes\n")
    with pytest.raises(Problems, match=r"docs/ar/edition.yml:1: "):
        edition(root, "ar")


# The page


def tree(root: Path, code: str, **known) -> lxml.html.HtmlElement:
    html = page(edition(root, code), Translator(code), base="../", **known)
    assert html.startswith("<section") and "\n" not in html and not set("{}") & set(html)
    return lxml.html.fragment_fromstring(html)


def text_of(cell: lxml.html.HtmlElement) -> str:
    return " ".join(cell.text_content().replace("\xa0", " ").split())


def test_the_page_shows_percentages_missing_pages_and_files(root: Path) -> None:
    shown = tree(root, "nl")
    assert [text_of(cell) for cell in shown.xpath("./table[1]//td")] == ["50%", "41%"]
    missing = shown.xpath("//ul[@class='missing']/li")
    assert [li.get("data-page") for li in missing] == ["cases/case.md", STAGE]
    assert missing[0].xpath("a/@href | a/@lang | code/text()") == ["../cases/case.html", "en", "docs/en/cases/case.md"]
    assert shown.xpath("//div//tbody//th/a/@href") == ["../index.html"]


def test_the_page_shows_who_has_reviewed_and_when(root: Path) -> None:
    write(root, "da", "edition.yml", about("da", DONE))
    row = tree(root, "da").xpath("//div//tbody/tr[th/a[@href='../index.html']]")[0]
    cells = [text_of(cell) for cell in row.xpath("td")]
    assert cells == ["100 %", "Ana & Bo, 20. nov. 2026", "Cas, 22. nov. 2026", "not yet"]
    assert row.xpath(".//time/@datetime") == ["2026-11-20", "2026-11-22"]


def test_files_are_links_where_they_can_be_read(root: Path) -> None:
    shown = tree(root, "nl", address=lambda path: f"https://example.org/{path}")
    assert shown.xpath("//a[@class='file']/@href") == [
        f"https://example.org/docs/{path}" for path in ("en/cases/case.md", f"en/{STAGE}", "nl/index.md")]


def test_titles_and_names_carry_no_markup_or_code_into_the_page(root: Path) -> None:
    evil = "<b>{{7 * 7}}</b>{%raw%}"
    change(root, "# Hjem {", f"# {evil} {{", "index.md", "da")
    write(root, "da", "edition.yml", about("da", DONE.replace("Ana & Bo", f"'{evil}'")))
    shown = tree(root, "da")
    assert not shown.xpath("//b") and shown.text_content().count(evil) == 2


def test_every_table_is_named_and_every_head_has_a_scope(root: Path) -> None:
    known = {"sheets": {"worksheets/plan": "Plan"}}
    shown = lxml.html.fragment_fromstring(page(edition(root, "nl", **known), Translator("nl"), base=""))
    assert len(shown.xpath("//table")) == len(shown.xpath("//table/caption[normalize-space()]")) == 4
    assert not shown.xpath("//th[not(@scope)]")
    ids = shown.xpath("//@id")
    assert len(ids) == len(set(ids)) and set(shown.xpath("//@aria-labelledby")) <= set(ids)
