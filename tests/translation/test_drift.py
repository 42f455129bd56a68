"""Drift by section: English changes, and exactly what changed is named, marked, explained and cleared."""

from __future__ import annotations

import re
import shutil
import subprocess
from gettext import NullTranslations
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment
from markdown import Markdown

from macros.facts.merge_marks import unfinished_merges
from macros.facts.problem import Problem, Problems
from macros.language import same_meaning
from macros.language.translator import Translator
from roadmap.check.pins import check_pins, check_same_meaning
from roadmap.project.project import Project
from roadmap.project.sections import sections
from roadmap.staging.drift_notes import mark_outdated
from roadmap.translation import git_history, pins
from roadmap.translation.drift import drifted, drifted_with_history
from roadmap.translation.same_meaning import keep_meaning
from roadmap.translation.sync import sync
from tests.conftest import edition

PAGE, OTHER = "how/leaders.md", "index.md"
ENGLISH = """\
---
description: What leaders do.
---
# Leaders { #leaders }

A pathway needs its leaders.

## Who { #who }

* principals
* managers

## Resources { #resources }

Practitioners need houres and means.

[Next: Home](../index.md){ .next-step }
"""
DANISH = """\
---
description: Hvad ledere gør.
---
# Ledere { #leaders }

Et forløb har brug for sine ledere.

## Hvem { #who }

* skoleledere
* mellemledere

## Ressourcer { #resources }

Der skal timer og midler til.

[Næste: Forsiden](../index.md){ .next-step }
"""
HOME, HJEM = "# Home { #home }\n\nWelcome.\n", "# Hjem { #home }\n\nVelkommen.\n"
WORDS = Translator("da")


def git(root: Path, *words: str) -> str:
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", "-C", str(root), *who, *words], check=True, capture_output=True, text=True).stdout


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "change")


def write(root: Path, code: str, page: str, text: str) -> None:
    path = root / "docs" / code / page
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def change(root: Path, old: str, new: str, page: str = PAGE, code: str = "en") -> None:
    path = root / "docs" / code / page
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project under git: English, and two editions that say the same."""
    root = tmp_path / "project"
    for code, text, home in (("en", ENGLISH, HOME), ("da", DANISH, HJEM), ("nl", DANISH, HJEM)):
        write(root, code, PAGE, text)
        write(root, code, OTHER, home)
    git(root, "init", "-q", ".")
    for code in ("da", "nl"):
        sync(edition(root, code), [PAGE, OTHER])
    commit(root)
    return root


def found(root: Path, code: str = "da") -> list[tuple[str, str, str]]:
    return [(d.page, d.id, d.why) for d in drifted_with_history(edition(root, code))]


def said(broken: list[Problem]) -> list[str]:
    return [str(problem) for problem in broken]


def of_file(file: str, broken: list[Problem]) -> list[Problem]:
    return [problem for problem in broken if problem.path == file]


# Sections


def test_a_section_runs_from_its_heading_to_the_next() -> None:
    cut = sections(ENGLISH)
    assert [(s.id, s.title, s.line, s.end) for s in cut.values()] == [
        ("leaders", "Leaders", 4, 7), ("who", "Who", 8, 12), ("resources", "Resources", 13, 17)]
    assert "What leaders do." in cut["leaders"].text and "principals" not in cut["leaders"].text
    assert cut["resources"].text.endswith("{ .next-step }\n")


UNSEEN = {
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "old line ends": lambda text: text.replace("\n", "\r"),
    "a mark at the start": lambda text: "\ufeff" + text,
    "trailing space": lambda text: text.replace("\n", "  \n").replace("---  ", "---"),
    "runs of blank lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "no last line end": lambda text: text.rstrip("\n"),
}
SEEN = {
    "a letter": ("houres", "hours", {"resources"}),
    "the description": ("What leaders do.", "What they do.", {"leaders"}),
    "the title": ("# Leaders {", "# A leader {", {"leaders"}),
    "the level": ("## Who {", "### Who {", {"who"}),
    "a blank line less": ("{ #who }\n\n", "{ #who }\n", {"who"}),
    "indentation": ("* managers", "    * managers", {"who"}),
    "the next step": ("Next: Home", "Next: The start", {"resources"}),
}


@pytest.mark.parametrize("name", UNSEEN)
def test_what_no_reader_sees_does_not_matter(name: str) -> None:
    text = UNSEEN[name](ENGLISH)
    assert text != ENGLISH
    assert {id: s.hash for id, s in sections(text).items()} == {id: s.hash for id, s in sections(ENGLISH).items()}


@pytest.mark.parametrize("name", SEEN)
def test_everything_else_matters_to_its_section_only(name: str) -> None:
    old, new, touched = SEEN[name]
    before, after = sections(ENGLISH), sections(ENGLISH.replace(old, new))
    assert {id for id in before if before[id].hash != after[id].hash} == touched


def test_headings_in_code_and_without_an_id_open_no_section() -> None:
    text = ENGLISH.replace("* managers", "```\n## Not this { #not-this }\n```\n\n## Nor this\n\n## Nor that { #who }")
    assert list(sections(text)) == ["leaders", "who", "resources"]
    assert "Nor this" in sections(text)["who"].text and "Nor that" in sections(text)["who"].text


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_a_sign_that_ends_no_line_shifts_no_section(sign: str, root: Path) -> None:
    cut = sections(ENGLISH.replace("its leaders", f"its{sign}leaders"))
    assert [(s.line, s.end) for s in cut.values()] == [(s.line, s.end) for s in sections(ENGLISH).values()]
    assert cut["who"] == sections(ENGLISH)["who"]
    change(root, "houres", "hours")
    text = DANISH.replace("sine ledere", f"sine{sign}ledere")
    assert notes(mark_outdated(text, drifted(edition(root, "da")), WORDS)) == ["resources"]


@given(st.text(alphabet="# {}-`a\n\r\t\x0c\u2028\ufeff"))
def test_no_text_is_lost_and_lines_stay_in_order(text: str) -> None:
    cut = list(sections(text).values())
    assert all(one.end < two.line for one, two in pairwise(cut))
    whole = "".join(text.removeprefix("\ufeff").split())
    assert not cut or "".join("".join(s.text.split()) for s in cut) == whole


# The story


def test_english_changes_one_paragraph_and_one_section_of_one_page_drifts(root: Path) -> None:
    assert found(root, "da") == found(root, "nl") == found(root, "en") == []
    change(root, "Practitioners need houres", "All practitioners need hours")
    for code in ("da", "nl"):
        (drift,) = drifted_with_history(edition(root, code))
        assert (drift.page, drift.id, drift.why) == (PAGE, "resources", "changed")
        assert (drift.title, drift.line) == ("Ressourcer", 13)
        assert "-Practitioners need houres and means." in drift.difference.splitlines()
        assert "+All practitioners need hours and means." in drift.difference.splitlines()
        assert notes(mark_outdated(DANISH, [drift], WORDS)) == ["resources"]
    done = sync(edition(root, "da"), [f"{PAGE}#resources"])
    assert [(c.id, c.was == c.now) for c in done.changes] == [("resources", False)]
    assert found(root, "da") == [] and found(root, "nl") == [(PAGE, "resources", "changed")]
    assert sync(edition(root, "da"), [PAGE]).changes == ()


def test_a_fix_of_spelling_declared_as_such_drifts_nobody(root: Path) -> None:
    change(root, "houres", "hours")
    assert found(root) == [(PAGE, "resources", "changed")]
    for _ in range(2):
        assert [c.id for c in keep_meaning(Project(root), PAGE, ["resources"])] == ["resources"]
    assert root.joinpath("docs/en", same_meaning.FILE).read_text(encoding="utf-8").count("[") == 2, "the head, and one pair"
    assert found(root, "da") == found(root, "nl") == []
    assert check_same_meaning(Project(root)) == []


def test_declarations_chain_over_commits_and_back(root: Path) -> None:
    for old, new in (("houres", "hours"), ("hours and means", "hours, and means")):
        change(root, old, new)
        keep_meaning(Project(root), PAGE)
        commit(root)
    assert found(root) == []
    sync(edition(root, "da"), [PAGE])
    git(root, "checkout", "-q", "HEAD~2", "--", f"docs/en/{PAGE}")
    assert found(root) == [], "what was reverted means the same too"
    change(root, "houres", "money")
    assert found(root) == [(PAGE, "resources", "changed")]


def test_a_declaration_holds_for_its_version_only(root: Path) -> None:
    change(root, "houres", "hours")
    keep_meaning(Project(root), PAGE)
    change(root, "hours", "no hours")
    assert found(root) == [(PAGE, "resources", "changed")]


def test_what_has_been_committed_can_still_be_declared(root: Path) -> None:
    change(root, "houres", "hours")
    commit(root)
    with pytest.raises(Problems, match=rf"docs/en/{PAGE}:1: a page whose sections all read as in HEAD; "):
        keep_meaning(Project(root), PAGE)
    keep_meaning(Project(root), f"docs/en/{PAGE}", since="HEAD~1")
    assert found(root) == []


@pytest.mark.parametrize(("page", "ids", "since", "message"), [
    (PAGE, ["who"], "HEAD", f"docs/en/{PAGE}:8: `who`, which reads as in HEAD; a section that was "),
    (PAGE, ["what"], "HEAD", f"docs/en/{PAGE}:1: no section `what`; "),
    ("no.md", [], "HEAD", "docs/en/no.md:1: no such page; "),
    (PAGE, [], "v9", f"docs/en/{PAGE}:1: a page that v9 does not have; "),
    (PAGE, [], "--output=x", f"docs/en/{PAGE}:1: a page that --output=x does not have; "),
])
def test_nothing_to_declare_is_said_with_its_place(root: Path, page: str, ids: list, since: str, message: str) -> None:
    change(root, "houres", "hours")
    with pytest.raises(Problems) as raised:
        keep_meaning(Project(root), page, ids, since)
    assert str(raised.value).startswith(message)
    assert not root.joinpath("docs/en", same_meaning.FILE).exists()


# New, gone, and where


def test_a_new_section_is_placed_where_it_belongs(root: Path) -> None:
    change(root, "## Resources", "## Time { #time }\n\nA school year.\n\n## Resources")
    (drift,) = drifted_with_history(edition(root, "da"))
    assert (drift.id, drift.title, drift.why, drift.above, drift.line) == ("time", "Time", "new", "who", 12)
    assert drift.before is None and "+A school year." in drift.difference.splitlines()


def test_a_section_that_english_dropped_is_gone(root: Path) -> None:
    change(root, ENGLISH[ENGLISH.index("## Who") : ENGLISH.index("## Res")], "")
    (drift,) = drifted_with_history(edition(root, "da"))
    assert (drift.id, drift.why, drift.line, drift.after) == ("who", "gone", 8, None)
    assert "-* principals" in drift.difference.splitlines()


def test_a_page_that_is_not_pinned_does_not_drift(root: Path) -> None:
    write(root, "en", "new.md", HOME)
    write(root, "da", "new.md", HJEM)
    change(root, "Welcome", "Be welcome", "new.md")
    assert found(root) == []


# History


def test_without_git_there_is_drift_but_no_text_from_before(root: Path) -> None:
    shutil.rmtree(root / ".git")
    change(root, "houres", "hours")
    (drift,) = drifted_with_history(edition(root, "da"))
    assert (drift.why, drift.before, drift.difference) == ("changed", None, "")
    assert drift.unknown == "there is no history here, perhaps because the folder came as a ZIP; make a clone"


def test_without_the_git_command_too(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(root, "houres", "hours")
    monkeypatch.setenv("PATH", "")
    (drift,) = drifted_with_history(edition(root, "da"))
    assert drift.before is None and drift.unknown.startswith("git does not answer; install it")


def test_a_folder_that_git_does_not_trust_says_what_to_do(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(root, "houres", "hours")
    monkeypatch.setitem(git_history.QUIET, "GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # as if it belonged to another user
    (drift,) = drifted_with_history(edition(root, "da"))
    assert drift.before is None and f"`git config --global --add safe.directory {root}`" in drift.unknown


def test_a_text_that_was_never_committed_is_in_no_history(root: Path) -> None:
    change(root, "houres", "hours")
    state = root / "docs" / "da" / "state.yml"
    state.write_text(re.sub(r"[0-9a-f]{8,}", lambda found: "0" * len(found[0]), state.read_text(encoding="utf-8")), encoding="utf-8")
    assert {drift.unknown for drift in drifted_with_history(edition(root, "da")) if drift.pinned} == {"no commit has this text; it was changed again before it was committed"}


def test_a_shallow_clone_knows_only_what_it_has(root: Path, tmp_path: Path) -> None:
    for old, new in (("houres", "hours"), ("hours", "many hours")):
        change(root, old, new)
        commit(root)
    git(tmp_path, "clone", "-q", "--depth", "1", root.as_uri(), "shallow")
    git(tmp_path, "clone", "-q", root.as_uri(), "deep")
    (drift,) = drifted_with_history(edition(tmp_path / "shallow", "da"))
    assert drift.before is None and drift.unknown == "the history of this clone is cut off; `git fetch --unshallow`"
    (drift,) = drifted_with_history(edition(tmp_path / "deep", "da"))
    assert "houres" in drift.before


def test_the_project_may_be_a_folder_of_something_larger(root: Path, tmp_path: Path) -> None:
    larger = tmp_path / "larger"
    shutil.copytree(root, larger / "é project", ignore=shutil.ignore_patterns(".git"))
    git(larger, "init", "-q", ".")
    commit(larger)
    change(larger / "é project", "houres", "hours")
    (drift,) = drifted_with_history(edition(larger / "é project", "da"))
    assert "houres" in drift.before
    keep_meaning(Project(larger / "é project"), PAGE)
    assert found(larger / "é project") == []


def test_a_version_that_only_a_merge_made_is_found(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "side")
    change(root, "A pathway needs", "A pathway asks for")
    commit(root)
    git(root, "checkout", "-q", "-")
    change(root, "houres", "hours")
    commit(root)
    git(root, "merge", "-q", "--no-commit", "side")
    change(root, "and means", "and money")
    sync(edition(root, "da"), [f"{PAGE}#leaders", f"{PAGE}#resources"])
    commit(root)
    change(root, "and money", "and more")
    (drift,) = drifted_with_history(edition(root, "da"))
    assert "hours and money" in drift.before


def test_a_version_that_a_merge_left_behind_is_found(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "side")
    change(root, "houres", "hours")
    sync(edition(root, "da"), [f"{PAGE}#resources"])
    commit(root)
    pinned = (root / "docs/da/state.yml").read_bytes()
    git(root, "checkout", "-q", "-")
    git(root, "merge", "-q", "--no-edit", "--no-ff", "-s", "ours", "side")
    (root / "docs/da/state.yml").write_bytes(pinned)
    (drift,) = drifted_with_history(edition(root, "da"))
    assert "hours" in drift.before


def test_a_page_that_was_taken_out_and_put_back_has_its_history(root: Path) -> None:
    (root / "docs/en" / PAGE).unlink()
    commit(root)
    write(root, "en", PAGE, ENGLISH.replace("houres", "hours"))
    commit(root)
    (drift,) = drifted_with_history(edition(root, "da"))
    assert "houres" in drift.before


def test_only_the_repository_of_the_project_is_asked(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(root, "houres", "hours")
    monkeypatch.setenv("GIT_DIR", str(root / "elsewhere"))
    assert [d.before is None for d in drifted_with_history(edition(root, "da"))] == [False]


def test_git_is_asked_twice_and_only_when_something_drifted(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, ask = [], git_history._git
    monkeypatch.setattr(git_history, "_git", lambda root, *said, **more: asked.append(said[0]) or ask(root, *said, **more))
    assert found(root) == [] and asked == []
    change(root, "houres", "hours")
    change(root, "Welcome", "Be welcome", OTHER)
    assert drifted(edition(root, "da")) and asked == []
    assert all(d.before for d in drifted_with_history(edition(root, "da"))) and asked == ["log", "cat-file"]


# Pinning


def test_the_state_is_small_sorted_and_always_the_same(root: Path) -> None:
    path = root / "docs/da/state.yml"
    text = path.read_text(encoding="utf-8")
    hashes = {id: s.hash for id, s in sections(ENGLISH).items()}
    assert text.splitlines()[2:] == [
        "how/leaders.md:", *(f"  {id}: {hashes[id]}" for id in ("leaders", "resources", "who")),
        "index.md:", f"  home: {sections(HOME)['home'].hash}"]
    assert text.startswith("# ") and "roadmap sync da" in text
    written = path.stat().st_mtime_ns
    sync(edition(root, "da"), [OTHER])
    assert path.stat().st_mtime_ns == written
    path.unlink()
    sync(edition(root, "da"), [OTHER])
    sync(edition(root, "da"), [f"docs/da/{PAGE}", f"./docs/da/{PAGE}"])
    assert path.read_text(encoding="utf-8") == text


PATHS = st.text(min_size=1).filter(str.isprintable).filter(lambda path: not any(unfinished_merges(path)))
IDS = st.from_regex(r"[\w-]+", fullmatch=True)
HASHES = st.from_regex(pins.HASH, fullmatch=True)


@given(st.dictionaries(PATHS, st.dictionaries(IDS, HASHES, min_size=1)))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, written: pins.Pins) -> None:
    root = tmp_path_factory.mktemp("state")
    (root / "docs/da").mkdir(parents=True)
    pins.write_pins(edition(root, "da"), written)
    assert pins.pins_of(edition(root, "da")) == written


UNFIT = {  # what is spoilt → how, what is said of it
    "a lost id": (
        "## Hvem { #who }", "## Hvem",
        "8: the heading `Hvem` without an id; `{ #who }` after it"),
    "a lost section": (
        DANISH[DANISH.index("## Hvem") : DANISH.index("## Res")], "",
        "7: no section `{ #who }` (“Who”); a translation of docs/en/how/leaders.md:8, with its id"),
    "a section more": (
        "## Ress", "## Mere { #mere }\n\n## Ress",
        "13: the section `{ #mere }`, which the English page does not have;"
        " one of its sections: leaders, who, resources"),
    "an id twice": (
        "* mellemledere", "## Igen { #who }",
        "11: the id `who` a second time; each id once"),
}


@pytest.mark.parametrize("name", UNFIT)
def test_a_page_of_another_structure_is_not_pinned(root: Path, name: str) -> None:
    old, new, message = UNFIT[name]
    before = (root / "docs/da/state.yml").read_bytes()
    change(root, "Welcome", "Be welcome", OTHER)
    change(root, old, new, code="da")
    with pytest.raises(Problems) as raised:
        sync(edition(root, "da"), [OTHER, PAGE])
    assert said(raised.value.problems) == [f"docs/da/{PAGE}:{message}"]
    assert (root / "docs/da/state.yml").read_bytes() == before, "not even the page that was right"


def test_sections_in_another_order_are_not_pinned(root: Path) -> None:
    who, resources = DANISH.index("## Hvem"), DANISH.index("## Res")
    write(root, "da", PAGE, DANISH[:who] + DANISH[resources:] + "\n" + DANISH[who:resources])
    with pytest.raises(Problems, match=r":8: the section `\{ #resources \}`; `\{ #who \}` first"):
        sync(edition(root, "da"), [PAGE])


@pytest.mark.parametrize(("code", "page", "message"), [
    ("en", PAGE, "docs/en:1: the English edition, "),
    ("xx", PAGE, "docs:1: no edition `xx`; one of da, nl"),
    ("../docs/da", PAGE, "docs:1: no edition `../docs/da`; "),
    ("da", "no.md", "docs/da/no.md:1: no such page; "),
    ("da", "../en/index.md", "docs/da/../en/index.md:1: no such page; "),
    ("da", "own.md", "docs/da/own.md:1: a page that the English edition does not have; "),
])
def test_what_cannot_be_pinned_is_said(root: Path, code: str, page: str, message: str) -> None:
    write(root, "da", "own.md", HJEM)
    with pytest.raises(Problems) as raised:
        sync(edition(root, code), [page])
    assert str(raised.value).startswith(message)


def test_a_page_taken_out_is_forgotten(root: Path) -> None:
    (root / "docs/da" / PAGE).unlink()
    assert said(check_pins(edition(root, "da"))) == [
        f"docs/da/state.yml:3: pins of `{PAGE}`, a page that is not there;"
        f" `roadmap sync da {PAGE}`, which takes it out"]
    sync(edition(root, "da"), [PAGE])
    assert check_pins(edition(root, "da")) == [] and list(pins.pins_of(edition(root, "da"))) == [OTHER]
    (root / "docs/da" / OTHER).unlink()
    sync(edition(root, "da"), [OTHER])
    assert check_pins(edition(root, "da")) == [] and pins.pins_of(edition(root, "da")) == {}


# Whether the state is true


def test_a_true_state_has_no_problems_even_when_english_moved_on(root: Path) -> None:
    change(root, "houres", "hours")
    change(root, "## Resources", "## Time { #time }\n\nA school year.\n\n## Resources")
    assert [check_pins(edition(root, code)) for code in ("da", "nl", "en")] == [[], [], []]


def test_a_translated_page_without_pins_is_a_hint_where_it_is_touched(root: Path) -> None:
    write(root, "en", "new.md", HOME)
    write(root, "da", "new.md", HJEM)
    there, instead = "a page that docs/da/state.yml does not know", "`roadmap sync da new.md`, which notes the English that it follows"
    message = f"docs/da/new.md:1: {there}; {instead}; a maintainer does it after reading, you need not"
    found = check_pins(edition(root, "da"))
    assert {problem.severity for problem in found} == {"hint"}
    assert said(found) == said(of_file("docs/da/new.md", found)) == [message]
    assert of_file(f"docs/da/{PAGE}", found) == [] == check_pins(edition(root, "nl"))


def test_a_section_without_a_pin_is_a_hint(root: Path) -> None:
    for code in ("en", "da"):
        change(root, "## Re", "## Time { #time }\n\nA year.\n\n## Re", code=code)
    assert [m.split(",")[0] for m in said(check_pins(edition(root, "da")))] == [f"docs/da/{PAGE}:13: the section `time`"]
    assert [problem.severity for problem in check_pins(edition(root, "da"))] == ["hint"]
    assert notes(mark_outdated(DANISH, drifted_with_history(edition(root, "da")), WORDS)) == ["who"], "for a page that has it not yet"
    sync(edition(root, "da"), [PAGE])
    assert check_pins(edition(root, "da")) == []


def test_a_pin_of_a_lost_section_is_a_problem(root: Path) -> None:
    change(root, " { #who }", "", code="da")
    assert said(check_pins(edition(root, "da"))) == [
        f"docs/da/state.yml:6: a pin of `{PAGE}#who`, a section that is not there;"
        f" the section in docs/da/{PAGE}, with its id"]
    change(root, " { #who }", "")
    assert said(check_pins(edition(root, "da")))[0].endswith(f"`roadmap sync da {PAGE}`, which takes it out")


MALFORMED = {
    "no page": ("- index.md\n", "1: no pages; "),
    "a page without sections": ("index.md: 0123456789ab\n", "1: `index.md` without sections; "),
    "no hash": ("index.md:\n  home: 0123456789ab\n  more: yes\n", "3: `more: yes`; the first 12 digits of a hash"),
    "a hash too short": ("index.md:\n  home: 0123\n", "2: `home: 0123`; "),
    "a list for a hash": ("index.md:\n  home: [a]\n", "2: `home: ['a']`; "),
    "a page twice": ("index.md:\n  home: 0123456789ab\nindex.md:\n", "3: `index.md` a second time"),
    "a merge that was not ended": ("index.md:\n<<<<<<< HEAD\n  home: 0123456789ab\n=======\n", "2: two versions side"),
    "no YAML": ("index.md:\n\thome: 0123456789ab\n", "2: a tab; "),
    "nothing": ("", "1: an empty file; "),
    "a tag": ("index.md: !!python/object:os.system {}\n", "1: the tag"),
    "an alias": ("index.md: &a\n  home: *a\n", "1: the anchor"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_state_is_named_with_its_line(root: Path, name: str) -> None:
    text, message = MALFORMED[name]
    (root / "docs/da/state.yml").write_text(text, encoding="utf-8")
    (only,) = said(check_pins(edition(root, "da")))
    assert only.startswith(f"docs/da/state.yml:{message}")
    for command in (lambda: drifted_with_history(edition(root, "da")), lambda: sync(edition(root, "da"), [PAGE]), lambda: pins.pins_of(edition(root, "da"))):
        with pytest.raises(Problems):
            command()


def test_malformed_or_pointless_declarations_are_named_with_their_line(root: Path) -> None:
    pair = "    - [0123456789ab, 0123456789ac]\n"
    path = root.joinpath("docs/en", same_meaning.FILE)
    path.write_text(f"index.md:\n  hole:\n{pair}{PAGE}:\n  who:\n{pair}no.md:\n  who:\n{pair}", encoding="utf-8")
    assert [m.split(";")[0] for m in said(check_same_meaning(Project(root)))] == [
        "docs/en/same-meaning.yml:2: `index.md#hole`, a section that is not there",
        "docs/en/same-meaning.yml:7: `no.md`, a page that is not there"]
    path.write_text("index.md:\n  home: [0123456789ab, 0123456789ac]\n", encoding="utf-8")
    assert [m.split(";")[0][:30] for m in said(check_same_meaning(Project(root)))] == ["docs/en/same-meaning.yml:2: `h"]
    path.write_text("index.md:\n  home:\n    - [0123456789ab, yes]\n", encoding="utf-8")
    assert [m.split(";")[1][:16] for m in said(check_same_meaning(Project(root)))] == [" pairs of hashes"]


# How a reader sees it


def page_of(markdown: str) -> lxml.html.HtmlElement:
    body = markdown.removeprefix("\ufeff").split("---\n", 2)[-1]
    html = Markdown(extensions=["admonition", "attr_list", "toc"]).convert(Environment().from_string(body).render())
    return lxml.html.fragment_fromstring(html, create_parent="main")


def notes(markdown: str) -> list[str]:
    """The id of the heading above each note."""
    return [note.xpath("string(preceding::*[self::h1 or self::h2 or self::h3][1]/@id)")
            for note in page_of(markdown).xpath("//div[@class='admonition older']")]


def test_a_note_stands_below_its_heading_and_leads_to_the_english_section(root: Path) -> None:
    change(root, "houres", "hours")
    (note,) = page_of(mark_outdated(DANISH, drifted_with_history(edition(root, "da")), WORDS)).xpath("//h2[@id='resources']/following-sibling::*[1]")
    assert note.get("class") == "admonition older"
    assert note.text_content().strip() == (
        "This section is older than the English one. The English page has changed since it was translated."
        " Read the English section")
    (link,) = note.xpath(".//a")
    assert (link.get("href"), link.get("hreflang")) == ("../../en/how/leaders.html#resources", "en")


def test_the_text_itself_stays_as_it_was(root: Path) -> None:
    for section in ("A pathway", "* principals", "houres"):
        change(root, section, section + " now")
    marked = page_of(mark_outdated(DANISH, drifted_with_history(edition(root, "da")), WORDS))
    assert notes(mark_outdated(DANISH, drifted_with_history(edition(root, "da")), WORDS)) == ["leaders", "who", "resources"]
    for note in marked.xpath("//div[@class='admonition older']"):
        note.getparent().remove(note)
    assert marked.text_content().split() == page_of(DANISH).text_content().split()
    assert mark_outdated(DANISH, [], WORDS) == DANISH


def test_a_section_not_yet_translated_is_announced_before_the_next_step(root: Path) -> None:
    change(root, "[Next", "## Time { #time }\n\nA year.\n\n## Place { #place }\n\nA room.\n\n[Next")
    marked = mark_outdated(DANISH, drifted_with_history(edition(root, "da")), WORDS)
    tree = page_of(marked)
    hrefs = tree.xpath("//div[@class='admonition older']//a/@href")
    assert [h.split("#")[1] for h in hrefs] == ["resources", "time", "place"]
    assert tree.xpath("//a[@class='next-step']/following::div") == []


def test_a_section_gone_from_english_says_so_without_a_link(root: Path) -> None:
    change(root, ENGLISH[ENGLISH.index("## Who") : ENGLISH.index("## Res")], "")
    (note,) = page_of(mark_outdated(DANISH, drifted_with_history(edition(root, "da")), WORDS)).xpath("//div[@class='admonition older']")
    assert note.text_content().strip() == "The English edition no longer has this section." and not note.xpath(".//a")


@pytest.mark.parametrize("spoil", [lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t, lambda t: t.rstrip("\n")])
def test_notes_find_their_place_in_pages_from_other_systems(root: Path, spoil) -> None:
    change(root, "houres", "hours")
    assert notes(mark_outdated(spoil(DANISH), drifted_with_history(edition(root, "da")), WORDS).replace("\r\n", "\n")) == ["resources"]


def test_a_translated_sentence_cannot_carry_code_or_markup(root: Path) -> None:
    evil = 'a {{ 7 * 7 }} <script>x</script> [x](javascript:x) **b** _c_ `d` {% raw %} "e" \n\n## f { #f }'

    class Evil(NullTranslations):
        def gettext(self, message: str) -> str:
            return evil

    change(root, "houres", "hours")
    tree = page_of(mark_outdated(DANISH, drifted_with_history(edition(root, "da")), Translator("da", Evil())))
    (note,) = tree.xpath("//div[@class='admonition older']")
    assert " ".join(evil.split()) in note.text_content()
    assert [element.tag for element in note.iterdescendants()] == ["p", "a"]
