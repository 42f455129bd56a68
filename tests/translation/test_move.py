"""A page or an id gets another name: every edition follows, whether English has moved already or not, and nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from macros.facts.problem import Problems
from roadmap import cli
from roadmap.check.pins import check_pins, check_same_meaning
from roadmap.check.search_queries import check_queries
from roadmap.check.structure.compare import check_structure
from roadmap.project.project import Project
from roadmap.translation import pins
from roadmap.translation.drift import drifted_with_history
from roadmap.translation.move import move
from roadmap.translation.same_meaning import keep_meaning
from roadmap.translation.sync import sync
from tests.check.test_structure import edition_of
from tests.conftest import contents, edition
from tests.translation.test_drift import (
    DANISH,
    ENGLISH,
    PAGE,
    change,
    commit,
    found,
    git,
    said,
    write,
)

NEW = "leading/heads.md"
HOME = """\
# Home {{ #home }}

{words} [leaders](how/leaders.md#who) and [this](#read).

## Read {{ #read }}

[Leaders](how/leaders.md), ![a](pictures/leaders.svg), [there](https://example.org/how/leaders.md), `#read`.
"""
REVIEW = "{drafted: {by: A. Translator, on: 2026-11-01}}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project under git: English and two editions; the Dutch one has the first page only."""
    root = tmp_path / "project"
    write(root, "en", PAGE, ENGLISH)
    write(root, "da", PAGE, DANISH.replace("](../index.md)", "](../index.md#read)").replace("\n", "\r\n"))
    for code in ("en", "da", "nl"):
        write(root, code, "index.md", HOME.format(words=code))
        write(root, code, "queries.yml", f"# Words\n- query: how/leaders.md\n  page: {PAGE}  # the one\n- query: b\n  page: index.md\n")
        write(root, code, "edition.yml", f"name: {code}\nreviews:\n  {PAGE}: {REVIEW}  # read\n  index.md: {REVIEW}\n")
    (root / "mkdocs.yml").write_text(f"x: {PAGE}\nnav:\n  - index.md\n  - How:\n      - {PAGE}  # leaders\ny: {PAGE}\n", encoding="utf-8")
    (root / "content").mkdir()
    (root / "content/original.yml").write_text(f"entries:\n  - place: {PAGE}#who\n  - place: index.md#read\n", encoding="utf-8")
    (root / "overrides").mkdir()
    (root / "overrides/404.html").write_text('<a href="how/leaders.html#who">\n', encoding="utf-8")
    git(root, "init", "-q", ".")
    for code in ("da", "nl"):
        sync(edition(root, code))
    commit(root)
    return root


def text(root: Path, code: str, path: str) -> str:
    return (root / "docs" / code / path).read_bytes().decode()


def english_moves(root: Path) -> None:
    """As somebody does it by hand, as in E7."""
    (root / "docs/en/leading").mkdir()
    git(root, "mv", f"docs/en/{PAGE}", f"docs/en/{NEW}")
    change(root, PAGE.join("()"), NEW.join("()"), "index.md")
    change(root, f"({PAGE}#who", f"({NEW}#who", "index.md")
    commit(root)


def english_renames_id(root: Path) -> None:
    """As somebody does it by hand, as in E3."""
    change(root, "#read", "#start", "index.md")
    change(root, "`#start`", "`#read`", "index.md")
    commit(root)


def drifts(root: Path) -> dict[str, list]:
    return {code: found(root, code) for code in ("da", "nl")}


def refused(root: Path, old: str, new: str) -> list[str]:
    """What is said; nothing is written."""
    before = contents(root)
    with pytest.raises(Problems) as raised:
        move(Project(root), old, new)
    assert contents(root) == before
    return said(raised.value.problems)


@pytest.mark.parametrize("is_first", [False, True], ids=["English too", "English has moved"])
def test_a_page_moves_in_every_edition_with_all_that_names_it(root: Path, is_first: bool) -> None:
    if is_first:
        english_moves(root)
        assert drifts(root)["da"] != [], "every edition is left behind"
    done = move(Project(root), f"docs/en/{PAGE}", NEW)
    assert f"docs/da/{NEW}" in done.files and "docs/da/state.yml" in done.files and "mkdocs.yml" in done.files
    assert done.left == ("overrides/404.html:1: still says `how/leaders.html`",)
    assert not (root / "docs/da/how").exists() and not (root / "docs/en" / PAGE).exists()
    for code in ("en", "da", "nl"):
        home = text(root, code, "index.md")
        assert f"[leaders]({NEW}#who) and [this](#read)." in home
        assert f"[Leaders]({NEW}), ![a](pictures/leaders.svg), [there](https://example.org/how/leaders.md)" in home
        assert text(root, code, "queries.yml") == f"# Words\n- query: how/leaders.md\n  page: {NEW}  # the one\n- query: b\n  page: index.md\n"
        assert text(root, code, "edition.yml") == f"name: {code}\nreviews:\n  {NEW}: {REVIEW}  # read\n  index.md: {REVIEW}\n"
    assert text(root, "da", NEW) == DANISH.replace("](../index.md)", "](../index.md#read)").replace("\n", "\r\n")
    assert (root / "mkdocs.yml").read_text() == f"x: {PAGE}\nnav:\n  - index.md\n  - How:\n      - {NEW}  # leaders\ny: {PAGE}\n"
    assert (root / "content/original.yml").read_text() == f"entries:\n  - place: {NEW}#who\n  - place: index.md#read\n"
    assert drifts(root) == {"da": [], "nl": []} and check_pins(edition(root, "da")) == []


def test_links_of_a_page_that_moves_lead_where_they_led(root: Path) -> None:
    change(root, "Der skal", "Der [skal](#who), [selv](leaders.md#who), [pdf](../worksheets/a.pdf)", code="da")
    move(Project(root), PAGE, "heads.md")
    now = text(root, "da", "heads.md")
    assert "Der [skal](#who), [selv](heads.md#who), [pdf](worksheets/a.pdf)" in now and "](index.md#read){ .next-step }" in now


@pytest.mark.parametrize("is_first", [False, True], ids=["English too", "English has moved"])
def test_an_id_moves_in_every_edition_with_all_that_names_it(root: Path, is_first: bool) -> None:
    if is_first:
        english_renames_id(root)
        assert drifts(root)["nl"] != []
    move(Project(root), "index.md#read", "index.md#start")
    for code in ("en", "da", "nl"):
        home = text(root, code, "index.md")
        assert "## Read { #start }" in home and "[this](#start)" in home and "`#read`" in home
    assert "](../index.md#start){ .next-step }" in text(root, "da", PAGE)
    assert (root / "content/original.yml").read_text() == f"entries:\n  - place: {PAGE}#who\n  - place: index.md#start\n"
    assert drifts(root) == {"da": [], "nl": []} and check_pins(edition(root, "nl")) == []
    assert list(pins.pins_of(edition(root, "nl"))["index.md"]) == ["home", "start"]


def test_what_english_had_left_behind_stays_so_and_what_means_the_same_does(root: Path) -> None:
    change(root, "en [leaders]", "All [leaders]", "index.md")
    change(root, "[Leaders]", "The [leaders]", "index.md")
    keep_meaning(Project(root), "index.md", ["read"])
    commit(root)
    move(Project(root), PAGE, NEW)
    assert drifts(root) == {code: [("index.md", "home", "changed")] for code in ("da", "nl")}
    assert check_same_meaning(Project(root)) == []


@pytest.mark.parametrize("is_committed", [False, True], ids=["before the commit", "after it"])
@pytest.mark.parametrize(("old", "new"), [(PAGE, NEW), (f"{PAGE}#resources", f"{PAGE}#means")], ids=["a page", "an id"])
def test_what_had_drifted_before_still_shows_what_changed_in_english(root: Path, old: str, new: str, is_committed: bool) -> None:
    change(root, "houres", "hours and days")
    commit(root)
    for before, after in ((old, new), (new, "heads.md") if old == PAGE else (new, f"{PAGE}#money")):
        move(Project(root), before, after)
        if is_committed:
            commit(root)
    [drift] = drifted_with_history(edition(root, "da"))
    assert "-Practitioners need houres and means." in drift.difference and not drift.unknown
    assert "+Practitioners need hours and days and means." in drift.difference


@pytest.mark.parametrize("is_committed", [False, True], ids=["before the commit", "after it"])
@pytest.mark.parametrize(("old", "new"), [(PAGE, NEW), ("index.md#read", "index.md#start")], ids=["a page", "an id"])
def test_what_had_drifted_before_is_not_current_because_a_move_wrote_it_anew(root: Path, old: str, new: str, is_committed: bool) -> None:
    change(root, "en [leaders]", "All [leaders]", "index.md")
    change(root, "[Leaders]", "The [leaders]", "index.md")
    change(root, "houres", "hours and days")
    commit(root)
    move(Project(root), old, new)
    if is_committed:
        commit(root)
    drift = drifts(root)["da"]
    assert len(drift) == 3
    sync(edition(root, "da"))
    assert drifts(root)["da"] == drift, "a move is no translation"
    change(root, "da [leaders]", "Alle [leaders]", "index.md", "da")
    if is_committed:
        commit(root)
    sync(edition(root, "da"))
    assert drifts(root)["da"] == [each for each in drift if each[1] != "home"], "who translates after a move is heard"


def test_a_page_without_pins_is_current_after_a_move(root: Path) -> None:
    (root / "docs/da/state.yml").unlink()
    move(Project(root), PAGE, NEW)
    commit(root)
    sync(edition(root, "da"))
    assert drifts(root)["da"] == []


def test_a_link_that_follows_english_to_another_page_is_a_translation(root: Path) -> None:
    change(root, "and [this](#read)", f"and [this]({PAGE}#resources)", "index.md")
    commit(root)
    assert drifts(root)["da"] == [("index.md", "home", "changed")]
    change(root, "and [this](#read)", f"and [this]({PAGE}#resources)", "index.md", "da")
    sync(edition(root, "da"))
    assert drifts(root)["da"] == []


def test_a_declaration_of_same_meaning_moves_along(root: Path) -> None:
    change(root, "houres", "hours")
    keep_meaning(Project(root), PAGE)
    assert drifts(root)["da"] == []
    move(Project(root), f"{PAGE}#resources", f"{PAGE}#means")
    move(Project(root), PAGE, NEW)
    assert drifts(root)["da"] == [] and check_same_meaning(Project(root)) == []
    assert list(pins.same_meaning(Project(root)).pages[NEW]) == ["means"]


@pytest.mark.parametrize(("old", "new", "told"), [
    ("how/leader.md", NEW, "docs/en:1: neither `how/leader.md` nor `leading/heads.md` in English; the old path first: `how/leaders.md`"),
    (PAGE, "index.md", "docs/en/index.md:1: a page that is there already, beside `how/leaders.md`; a path where nothing is, or one of the two pages"),
    ("index.md#rea", "index.md#start",
     "docs/en/index.md:1: neither `index.md#rea` nor `index.md#start` in English; the old id first, of one of its headings: home, read"),
    ("index.md#read", "index.md#home", "docs/en/index.md:1: the id `home`, which is there already, beside `read`; an id that the page does not have"),
    ("index.md#read", f"{PAGE}#read", "two ids of a page"),
    ("index.md#read", "index.md", "two ids of a page"),
    (PAGE, PAGE, "two names"),
    (PAGE, "../heads.md", "small letters"),
    (PAGE, "/heads.md", "small letters"),
    ("index.md#read", "index.md#St art", "small letters"),
    ("how/leadres.md", PAGE, "docs/en:1: `how/leadres.md`, which nothing names; the old path first: `how/leaders.md`"),
])
def test_what_cannot_be_is_refused_and_nothing_is_lost(root: Path, old: str, new: str, told: str) -> None:
    assert told in "\n".join(refused(root, old, new))


def test_all_that_is_in_the_way_is_told_at_once(root: Path) -> None:
    shutil.copy(root / "docs/da/index.md", root / "docs/da/heads.md")
    (root / "docs/nl/index.md").write_bytes(b"\xff")
    change(root, f"page: {PAGE}", f"page:\n    {PAGE}", "queries.yml", "da")
    change(root, "  index.md:", f"  heads.md: {REVIEW}\n  index.md:", "edition.yml")
    change(root, "  who: ", "  who: x", "state.yml", "da")
    assert [problem.split("; ")[0] for problem in refused(root, PAGE, "heads.md")] == [
        "docs/da/heads.md:1: a page that is there already, beside `how/leaders.md`",
        "docs/da/queries.yml:3: `how/leaders.md`, not written on the line of its key",
        "docs/da/state.yml:6: `who: x" + text(root, "da", "state.yml").split("who: x")[1][:12] + "`",
        "docs/en/edition.yml:4: a review of `heads.md`, beside one of `how/leaders.md`",
        "docs/nl/index.md:1: a byte that is not UTF-8 (0xff)",
    ]


def test_nothing_is_written_through_a_link(root: Path, tmp_path: Path) -> None:
    page = root / "docs/da" / PAGE
    page.rename(tmp_path / "elsewhere.md")
    page.symlink_to(tmp_path / "elsewhere.md")
    before = (tmp_path / "elsewhere.md").read_bytes()
    assert refused(root, PAGE, NEW) == [f"docs/da/{PAGE}:1: a link; a file of the edition"]
    assert (tmp_path / "elsewhere.md").read_bytes() == before


def test_the_command_names_what_it_changed(root: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.chdir(root)
    assert cli.main(["move", "index.md#read", "index.md#start"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert "docs/nl/index.md" in out and "docs/nl/state.yml" in out
    assert cli.main(["move", "index.md#read", "index.md#start"]) == 1
    assert "which nothing names" in capsys.readouterr().err


# What the check says


def checked(root: Path) -> list[str]:
    """What the check says of pages, ids, pins, queries and reviews of the Danish edition."""
    danish = edition_of(root)
    return said([*check_structure(danish), *check_pins(danish), *check_queries(danish)])


@pytest.mark.parametrize("shown_by", ["pins", "git"])
def test_the_check_names_the_page_that_english_has_moved(root: Path, shown_by: str) -> None:
    english_moves(root)
    if shown_by == "git":
        (root / "docs/da/state.yml").unlink()
    else:
        (root / ".git").rename(root / "elsewhere")
    told = checked(root)
    helps = f"`roadmap move {PAGE} {NEW}`, for so English calls it now"
    assert f"docs/da/{PAGE}:1: a page that the English edition does not have; {helps}" in told
    assert f"docs/da/queries.yml:2: the page `{PAGE}`, which is not there; {helps}" in told
    move(Project(root), PAGE, NEW)
    assert not [line for line in checked(root) if "roadmap move" in line or "not there" in line]


@pytest.mark.parametrize("shown_by", ["pins", "git"])
def test_the_check_names_the_id_that_english_has_changed(root: Path, shown_by: str) -> None:
    change(root, "#resources", "#means")
    commit(root)
    if shown_by == "git":
        change(root, "  resources: ", "  resources: 0123456789ab\n  x: ", "state.yml", "da")
    else:
        (root / ".git").rename(root / "elsewhere")
    helps = f"`roadmap move {PAGE}#resources {PAGE}#means`, for so English calls it now"
    assert f"docs/da/{PAGE}:13: `{{ #resources }}`, which English calls otherwise; {helps}" in checked(root)
    move(Project(root), f"{PAGE}#resources", f"{PAGE}#means")
    assert not [line for line in checked(root) if "means" in line or "resources" in line]


def test_where_nothing_shows_it_the_command_is_named(root: Path) -> None:
    write(root, "da", "about.md", "# Om { #about }\n")
    assert any(line.endswith("where English calls it otherwise now, `roadmap move about.md NEW`") for line in checked(root))
