"""One pass over a project: errors and hints together, each file read once."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileParser
from markdown import Markdown

from macros import edition_pieces
from macros.facts.model import Facts
from macros.facts.problem import Problem
from macros.language.translator import Translator
from roadmap.check import run
from roadmap.check.run import check
from roadmap.project import content_schema
from roadmap.project.project import Project
from roadmap.translation.new_edition import begin
from tests.conftest import SAMPLE

EDITION = "name: dansk\nenglish_name: Danish\ntitle: VALUE\nteam: [A. B.]\n"
MESSAGES = 'msgid ""\nmsgstr ""\n"Language: da\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
PAGE = '# Educare { #educare }\n\n## Omsorg { #care }\n\nOmsorg og "læring".\n\n[Hjem](../hjem.md)\n'
QUERIES = "- query: hjem\n  page: hjem.md\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project with a Danish edition of one page."""
    root = Path(shutil.copytree(SAMPLE, tmp_path / "project"))
    content_schema.export(root)
    files = {"edition.yml": EDITION, "messages.po": MESSAGES, "what/educare.md": PAGE, "queries.yml": QUERIES}
    for name, text in files.items():
        path = root / "docs" / "da" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def danish(problems: list[Problem], severity: str = "") -> list[str]:
    """What is said of the Danish edition; all of it, or what is of one severity."""
    ours = [each for each in problems if each.path.startswith("docs/da/")]
    return [str(each) for each in ours if severity in ("", each.severity)]


def test_errors_and_hints_come_in_one_pass_sorted_and_none_twice(root: Path) -> None:
    found = check(Project(root))
    assert found == sorted(set(found))
    assert [each.split("; ")[0] for each in danish(found, "error")] == [
        "docs/da/queries.yml:1: the page `hjem.md`, which is not there",
        "docs/da/what/educare.md:7: `](../hjem.md)`"]
    hints = danish(found, "hint")
    assert any(each.startswith("docs/da/what/educare.md:1: a page that docs/da/state.yml does not know") for each in hints)
    assert any(each.startswith("docs/da/what/educare.md:5: a straight `\"`") for each in hints)
    assert any("of the core set " in each and "; first a translation of docs/en/index.md" in each for each in hints)
    assert any("messages that are not there: " in each and each.endswith("what `roadmap refresh da` writes") for each in hints)
    assert all(each.severity == "error" for each in found if not each.path.startswith("docs/da/"))


def later(path: str, text: str) -> Callable[[Path], None]:
    """Something more at the end of a file."""
    def write(root: Path) -> None:
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(text)
    return write


CHANGES = {  # what changes, each with hints of its own
    "a page": later("docs/da/what/educare.md", '\nEn "linje" mere.\n'),
    "a page that is new": lambda root: (root / "docs/da/index.md").write_text("# Hjem { #value }\n", encoding="utf-8"),
    "an English page": later("docs/en/what/educare.md", "\nMore is said here.\n\nAnd still more.\n"),
    "an English page that is new": lambda root: (root / "docs/en/new.md").write_text("# New { #new }\n", encoding="utf-8"),
    "a string": later("docs/da/messages.po", '\nmsgid "Nobody says this"\nmsgstr "Ingen"\n'),
    "the edition": lambda root: (root / "docs/da/to-do.txt").write_text("1. Hjem\n", encoding="utf-8"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_was_found_before_is_found_anew_where_something_changed(name: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = danish(check(Project(root)), "hint")
    with monkeypatch.context() as patch:
        patch.setattr(run, "hints", wraps(run.hints)(lambda *_: pytest.fail("what has not changed is judged again")))
        assert danish(check(Project(root)), "hint") == before
    CHANGES[name](root)
    after = danish(check(Project(root)), "hint")
    shutil.rmtree(root / ".cache")
    assert after == danish(check(Project(root)), "hint") and after != before


def test_only_the_editions_that_are_asked_for_are_judged_and_english_always(root: Path) -> None:
    (root / "docs/en/index.md").write_text("# A\n", encoding="utf-8")
    paths = {each.path for each in check(Project(root), ["en"])}
    assert "docs/en/index.md" in paths and not any(path.startswith("docs/da/") for path in paths)


def test_what_is_not_safe_hides_nothing_of_the_rest_and_is_not_judged_any_further(root: Path) -> None:
    usual = set(danish(check(Project(root)), "error"))
    (root / "docs/da/x.js").write_text("x", encoding="utf-8")
    (other,) = set(danish(check(Project(root)), "error")) - usual
    assert other.startswith("docs/da/x.js:1: ") and usual
    page = root / "docs/da/what/educare.md"
    page.write_text(PAGE + "\n<script>x</script>\n", encoding="utf-8")
    found = danish(check(Project(root)))
    of_page = [each for each in found if each.startswith("docs/da/what/educare.md")]
    assert of_page and all("script" in each or "no such page" in each for each in of_page), of_page


def test_beside_a_hostile_page_all_other_faults_are_named_and_nothing_of_the_edition_is_rendered(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = "# Rejsen { #road }\n\n<script>alert(1)</script>\n\n{{ ''.__class__ }}\n\n[x](javascript:alert(1))\n"
    (root / "docs/da/lets-hit-the-road.md").write_text(hostile, encoding="utf-8")
    message = '\nmsgctxt "interface/skip"\nmsgid "Skip to the text"\nmsgstr "<b onclick=alert(1)>Til 3 tekster"\n'
    (root / "docs/da/messages.po").write_text(MESSAGES + message, encoding="utf-8")
    (root / "docs/da/edition.yml").write_text(EDITION.replace("[A. B.]", "\n  - Anna: Oversætter"), encoding="utf-8")
    read: list[str] = []
    convert = Markdown.convert
    monkeypatch.setattr(Markdown, "convert", lambda self, text: (read.append(text), convert(self, text))[1])

    def make_pieces(facts: Facts, translator: Translator, **others: object) -> object:
        assert translator.language == "en", "nothing of an unsafe edition is rendered"
        return edition_pieces.make_pieces(facts, translator, **others)

    monkeypatch.setattr("roadmap.project.project.make_pieces", make_pieces)
    found = danish(check(Project(root), ["da"]), "error")
    for start in ("edition.yml:5: `Anna: Oversætter`", "lets-hit-the-road.md:3: ", "lets-hit-the-road.md:5: ", "lets-hit-the-road.md:7: ",
                  "messages.po:8: markup", "queries.yml:1: the page `hjem.md`", "what/educare.md:7: `](../hjem.md)`"):
        assert any(each.startswith(f"docs/da/{start}") for each in found), (start, found)
    assert read and not any("alert" in text or "__class__" in text for text in read)


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "index.md~", "messages.mo", "._index.md"])
def test_what_programs_leave_beside_one_s_work_is_no_fault(name: str, root: Path) -> None:
    usual = danish(check(Project(root)))
    (root / "docs/da" / name).write_bytes(b"\0\xff")
    assert danish(check(Project(root))) == usual


@pytest.mark.parametrize(("reviewed", "expected"), [
    ("where-to-begin.md", None), ("what/educare", "`what/educare.md`"), ("educare.md", "`what/educare.md`"),
])
def test_a_review_of_a_page_that_is_not_there_is_named(reviewed: str, expected: str | None, root: Path) -> None:
    review = f"reviews:\n  {reviewed}:\n    drafted: {{by: A. B., on: 2026-11-01}}\n"
    (root / "docs/da/edition.yml").write_text(EDITION + review, encoding="utf-8")
    (error,) = [each for each in danish(check(Project(root)), "error") if each.startswith("docs/da/edition.yml")]
    assert error.startswith(f"docs/da/edition.yml:6: a review of `{reviewed}`, which is not there; ")
    assert expected is None or error.endswith(expected)


def test_what_is_set_otherwise_throughout_a_page_is_said_once_with_its_lines(root: Path) -> None:
    (root / "docs/da/what/educare.md").write_text(PAGE + '\nOg "leg".\n\nOg "mad" ... ja.\n', encoding="utf-8")
    found = [each for each in danish(check(Project(root), ["da"]), "hint") if 'a straight `"`' in each or "dots" in each]
    assert found == [
        'docs/da/what/educare.md:5: a straight `"` (`Omsorg og "læring".`); “…”; so too in line 9, 11',
        'docs/da/what/educare.md:11: three dots (`Og "mad" ... ja.`); …',
    ]


def test_a_review_is_of_the_past_and_by_somebody_else(root: Path) -> None:
    steps = "    drafted: {by: A. B., on: 2026-11-01}\n    language: {by: C. D., on: 2999-01-01}\n    practice: {by: A. B., on: 2026-11-02}\n"
    (root / "docs/da/edition.yml").write_text(EDITION + f"reviews:\n  what/educare.md:\n{steps}", encoding="utf-8")
    found = check(Project(root), ["da"])
    (error,) = [each for each in danish(found, "error") if each.startswith("docs/da/edition.yml")]
    assert error == "docs/da/edition.yml:8: `2999-01-01`, a day to come; the day it was done"
    assert [each for each in danish(found, "hint") if "has drafted" in each] == [
        "docs/da/edition.yml:9: `practice` by A. B., who has drafted `what/educare.md`; somebody else, with fresh eyes"
    ]


@pytest.mark.parametrize(("old", "new", "line", "said"), [
    ("[A. B.]", "\n  - Anna: Translator", 5, 'the text in quotation marks: `"Anna: Translator"`'),
    ("[A. B.]", "[A. B.]\nreviews:\n  what/educare.md:\n    drafted: {by: A. B., on: 01.11.2026}", 7, "a date as year-month-day: `2026-11-01`"),
])
def test_how_an_edition_file_is_written_is_said(old: str, new: str, line: int, said: str, root: Path) -> None:
    (root / "docs/da/edition.yml").write_text(EDITION.replace(old, new), encoding="utf-8")
    (error,) = [each for each in danish(check(Project(root)), "error") if each.startswith("docs/da/edition.yml")]
    assert error.startswith(f"docs/da/edition.yml:{line}: ") and error.endswith(said)


@pytest.mark.parametrize("language", ["da_DK", "da_DK.UTF-8", "da-DK"])
def test_a_program_may_name_the_language_of_a_catalogue_with_its_country(language: str, root: Path) -> None:
    usual = danish(check(Project(root)))
    (root / "docs/da/messages.po").write_text(MESSAGES.replace("Language: da", f"Language: {language}"), encoding="utf-8")
    assert danish(check(Project(root))) == usual


MERGE = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> branch\n"


@pytest.mark.parametrize(("name", "text"), [
    ("what/educare.md", MERGE.format("# Educare { #educare }\n", "# Care { #educare }\n")),
    ("state.yml", MERGE.format("what/educare.md:\n", "what/educare.md:\n")),
    ("messages.po", MERGE.format('msgid "a"\n', 'msgid "b"\n')),
])
def test_a_merge_left_half_done_is_named_once_with_its_lines(name: str, text: str, root: Path) -> None:
    (root / "docs/da" / name).write_text(text, encoding="utf-8")
    errors = [each for each in danish(check(Project(root)), "error") if each.startswith(f"docs/da/{name}")]
    assert len(errors) == 1 and errors[0].startswith(f"docs/da/{name}:1: a merge that was left half done, from line 1 to 5; ")


@pytest.mark.parametrize(("translation", "said"), [
    ('"Til "teksten" her"', "a straight quotation mark inside the text"), ('"Til \\"teksten\\" her"', "a straight quotation mark"),
])
def test_a_straight_quote_in_a_message_is_named_with_the_marks_to_write(translation: str, said: str, root: Path) -> None:
    text = MESSAGES + f'\nmsgctxt "interface/skip"\nmsgid "Skip to the text"\nmsgstr {translation}\n'
    (root / "docs/da/messages.po").write_text(text, encoding="utf-8")
    (error,) = [each for each in danish(check(Project(root)), "error") if each.startswith("docs/da/messages.po:8:")]
    assert said in error and error.endswith("the quotation marks of this language, “…”")


@pytest.mark.parametrize(("text", "line", "found"), [
    ("name: [\n", 2, "YAML cannot be read here"), ("", 1, "an empty file"), (EDITION.replace("dansk", "[]"), 1, "`name`"),
    (EDITION + "direction: rtl\n", 1, "`direction: rtl`"),
])
def test_an_edition_file_that_cannot_be_read_is_a_problem(text: str, line: int, found: str, root: Path) -> None:
    (root / "docs/da/edition.yml").write_text(text, encoding="utf-8")
    (error,) = [each for each in danish(check(Project(root)), "error") if each.startswith("docs/da/edition.yml")]
    assert error.startswith(f"docs/da/edition.yml:{line}: {found}")


@pytest.mark.parametrize(("code", "named", "meant"), [
    ("xx", "", "`da`, `pt`"), ("da-99", "", "`da`, `pt`"), ("dk", ", named after a country", "`da`"), ("ch", ", named after a country", "`de`, `gsw`, `fr`, `it`"), ("at", ", named after a country", "`de`"),
])
def test_an_edition_of_no_language_is_a_problem(code: str, named: str, meant: str, root: Path) -> None:
    (root / "docs/da").rename(root / "docs" / code)
    errors = [each for each in check(Project(root)) if each.path.startswith(f"docs/{code}/") and each.severity == "error"]
    assert [(each.found, each.expected) for each in errors] == [(f"the folder `{code}`{named}", f"a folder named after a language: {meant}")]


def test_an_edition_for_which_the_theme_has_no_words_is_a_problem(root: Path) -> None:
    begin(Project(root), "hsb")
    found = [each for each in check(Project(root)) if each.path.startswith("docs/hsb/") and each.severity == "error"]
    assert [each.expected for each in found] == ["overrides/partials/languages/hsb.html, after the pattern of the theme's en.html"]


def test_every_file_is_read_once_and_the_catalogue_parsed_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: Counter[Path] = Counter()
    parsed: list[object] = []
    read, parse = Path.read_bytes, PoFileParser.parse

    def count(path: Path) -> bytes:
        opened[path] += 1
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", count)
    monkeypatch.setattr(PoFileParser, "parse", lambda self, lines: parsed.append(self) or parse(self, lines))
    check(Project(root))
    ours = {path: times for path, times in opened.items() if path.is_relative_to(root)}
    assert {path: times for path, times in ours.items() if times > 1} == {}
    assert len(ours) >= 20 and len(parsed) == 1
