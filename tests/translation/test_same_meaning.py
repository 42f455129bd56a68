"""A word of English corrected in facts, code or layout: whoever says that the meaning stayed keeps every translation of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.facts.problem import Problems
from macros.language import messages, same_meaning
from roadmap import cli
from roadmap.check.messages import outdated_messages
from roadmap.check.pins import check_same_meaning
from roadmap.project.project import Project
from roadmap.translation import catalogue
from roadmap.translation.same_meaning import keep_strings
from tests.conftest import edition
from tests.facts.test_load import change
from tests.translation.test_catalogue import STAGES, fill, message, small, translate
from tests.translation.test_drift import commit, git

__all__ = ["small"]
CONTEXT = "stages/initiating/Q1/Q1.1/text"
LAYOUT = "overrides/partials/words.html"


@pytest.fixture
def root(small: Path) -> Path:
    """A small project under git with two whole editions."""
    for code in ("da", "sl"):
        translate(small, code)
    fill(small, "da", CONTEXT, "Hvem bestemmer?")
    git(small, "init", "-q", ".")
    commit(small)
    return small


def reword(root: Path, old: str = "Who decides?", new: str = "Who decides here?", file: str = STAGES) -> None:
    change(old, new, file)(root)


def said(root: Path, text: str, context: str = CONTEXT, code: str = "da") -> str:
    """What readers see."""
    return edition(root, code).translator.translations.pgettext(context, text)


def declare(root: Path, *lines: str) -> None:
    """What somebody writes in the web editor."""
    root.joinpath("docs/en", same_meaning.FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")


def lacking(root: Path, code: str = "da") -> int:
    return sum(tally.messages - tally.shown for tally in catalogue.tallies(edition(root, code)).values())


def test_a_corrected_word_leaves_every_edition_whole(root: Path) -> None:
    reword(root)
    assert [lacking(root, code) for code in ("da", "sl")] == [1, 1]
    keep_strings(Project(root), STAGES)
    assert [lacking(root, code) for code in ("da", "sl")] == [0, 0]
    assert said(root, "Who decides here?") == "Hvem bestemmer?"
    assert outdated_messages(edition(root, "da")) == check_same_meaning(Project(root)) == []


def test_a_refresh_writes_the_new_text_without_a_doubt(root: Path) -> None:
    reword(root)
    keep_strings(Project(root), STAGES)
    path = catalogue.refresh(edition(root, "da"))
    now = message(root, "da", CONTEXT)
    assert (now.id, now.string, now.fuzzy) == ("Who decides here?", "Hvem bestemmer?", False)
    assert "#~" not in path.read_text(encoding="utf-8")


def test_what_waits_since_a_refresh_waits_no_longer(root: Path) -> None:
    reword(root)
    catalogue.refresh(edition(root, "da"))
    assert message(root, "da", CONTEXT).fuzzy and lacking(root) == 1
    keep_strings(Project(root), STAGES)
    assert said(root, "Who decides here?") == "Hvem bestemmer?" and lacking(root) == 0
    catalogue.refresh(edition(root, "da"))
    assert not message(root, "da", CONTEXT).fuzzy


def test_a_text_that_a_refresh_set_aside_comes_back(root: Path) -> None:
    context, old = next((m.context, m.id) for m in edition(root, "da").messages if (m.context or "").startswith(messages.LAYOUT))
    new = "Quite another sentence of the layout"
    reword(root, f'"{old}"', f'"{new}"', LAYOUT)
    before = said(root, old, context)
    catalogue.refresh(edition(root, "da"))
    declare(root, "strings:", f'  - before: "{old}"', f'    after: "{new}"')
    catalogue.refresh(edition(root, "da"))
    assert said(root, new, context) == before


def test_a_translators_own_doubt_stays(root: Path) -> None:
    path = root / "docs/da" / messages.FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'msgctxt "{CONTEXT}"', f'#, fuzzy\nmsgctxt "{CONTEXT}"'), encoding="utf-8")
    assert message(root, "da", CONTEXT).fuzzy
    reword(root)
    catalogue.refresh(edition(root, "da"))
    keep_strings(Project(root), STAGES)
    assert said(root, "Who decides here?") == "Who decides here?"


def test_declarations_chain_and_hold_for_what_was_reverted(root: Path) -> None:
    for old, new in (("Who decides?", "Who decides here?"), ("Who decides here?", "Who is it who decides here?")):
        reword(root, old, new)
        keep_strings(Project(root), STAGES)
        commit(root)
    assert said(root, "Who is it who decides here?") == "Hvem bestemmer?"
    catalogue.refresh(edition(root, "da"))
    reword(root, "Who is it who decides here?", "Who decides?")
    assert said(root, "Who decides?") == "Hvem bestemmer?"


def test_another_meaning_is_not_carried_along(root: Path) -> None:
    reword(root, "Who decides?", "Who pays?")
    commit(root)
    reword(root, "Who pays?", "Who pays here?")
    keep_strings(Project(root), STAGES)
    assert said(root, "Who pays here?") == "Who pays here?"


def test_what_has_been_committed_can_be_declared_by_the_line(root: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    reword(root)
    reword(root, "Who takes part?", "Who pays?")
    commit(root)
    monkeypatch.chdir(root)
    line = root.joinpath(STAGES).read_text(encoding="utf-8").split("Who decides here?")[0].count("\n") + 1
    assert cli.main(["same-meaning", f"{STAGES}:{line}"]) == 1
    assert "a file whose strings all read as in HEAD" in capsys.readouterr().err
    assert cli.main(["same-meaning", f"{STAGES}:{line}", "--since", "HEAD~1"]) == 0
    assert capsys.readouterr().out == f"{STAGES}:{line}: “Who decides here?”: means the same as “Who decides?”; translations stay\n"
    assert lacking(root) == 1, "the other one means something else"


def test_a_page_too_after_the_commit(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = root / "docs/en/index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nA wrod.\n", encoding="utf-8")
    commit(root)
    page.write_text(page.read_text(encoding="utf-8").replace("wrod", "word"), encoding="utf-8")
    commit(root)
    monkeypatch.chdir(root)
    assert cli.main(["same-meaning", "index.md", "--since", "HEAD~1"]) == 0
    assert same_meaning.FILE in {path.name for path in root.joinpath("docs/en").iterdir()}


def test_texts_of_the_layout_are_named_by_their_file_and_text(root: Path) -> None:
    found = [m for m in edition(root, "da").messages if m.context and m.context.startswith(messages.LAYOUT) and " " in m.id][:2]
    for each in found:
        reword(root, f'"{each.id}"', f'"{each.id} now"', LAYOUT)
    keep_strings(Project(root), LAYOUT, [f"{found[0].id} now"])
    assert [said(root, f"{each.id} now", each.context) == each.string for each in found] == [True, False]


def test_a_moved_or_new_text_is_nothing_to_declare(root: Path) -> None:
    file = "content/cases/atlantis.yml"
    lesson = "  - {text: Time to reflect helps., source: [report 1.1]}\n"
    change(lesson, "  - {text: Begin anew., source: [report 1.1]}\n" + lesson, file)(root)
    with pytest.raises(Problems, match=f"{file}:1: a file whose strings all read as in HEAD"):
        keep_strings(Project(root), file)


@pytest.mark.parametrize(("file", "texts", "since", "told"), [
    ("content/nothing.yml", [], "HEAD", "content/nothing.yml:1: a file without strings; "),
    (STAGES, ["Who eats?"], "HEAD", f"{STAGES}:1: `Who eats?`; a string that reads otherwise than in HEAD: “Who decides here?”"),
    (f"{STAGES}:1", [], "HEAD", f"{STAGES}:1: a line without a string; "),
    (STAGES, [], "v9", "content:1: what v9 does not have; "),
    (STAGES, [], "--output=x", "content:1: what --output=x does not have; "),
    (LAYOUT, [], "v9", f"{LAYOUT}:1: what v9 does not have; "),
])
def test_nothing_to_declare_is_told_with_its_place(root: Path, file: str, texts: list[str], since: str, told: str) -> None:
    reword(root)
    with pytest.raises(Problems) as raised:
        keep_strings(Project(root), file, texts, since)
    assert str(raised.value).startswith(told)
    assert not root.joinpath("docs/en", same_meaning.FILE).exists()


def test_the_web_editor_is_enough(root: Path) -> None:
    reword(root)
    declare(root, "strings:", "  - before: Who decides?", "    after: Who decides here?")
    assert said(root, "Who decides here?") == "Hvem bestemmer?"
    keep_strings(Project(root), STAGES)
    reword(root, "Who takes part?", "Who takes part here?")
    keep_strings(Project(root), STAGES)
    assert said(root, "Who decides here?") == "Hvem bestemmer?", "what was written by hand stays"
    assert lacking(root) == 0


@pytest.mark.parametrize(("lines", "line", "told"), [
    (["strings:", "  - before: Who decides?", "    after: Who decides hree?"], 3, "`after: Who decides hree?`, which no English string says"),
    (["strings:", "  - before: Who decides?"], 2, "after"),
    (["strings:", "  - {before: a, after: b, page: c}"], 2, "page"),
    (["strings: Who decides?"], 1, "strings"),
    (["strings:", *(f"  - {{before: word {number}, after: word {number + 1}}}" for number in range(40))], 31, "31 wordings of one text; at most 30"),
])
def test_a_slip_of_the_pen_is_named_at_its_line(root: Path, lines: list[str], line: int, told: str) -> None:
    reword(root)
    declare(root, *lines)
    (found,) = check_same_meaning(Project(root))
    assert (found.path, found.line) == (f"docs/en/{same_meaning.FILE}", line) and told in str(found)
