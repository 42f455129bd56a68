"""Broken files of facts: each gives one clear line with its place, none a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.facts.load import load, load_as
from macros.facts.model import Case
from macros.facts.problem import Problems
from tests.conftest import ROOT

CASE = "cases/atlantis.yml"


def change(old: str, new: str, file: str = CASE):
    """Replaces a text in one file of a content folder."""
    def do(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return do


def write(content: bytes, file: str = CASE):
    return lambda folder: (folder / file).write_bytes(content)


BROKEN = {  # what is broken → how, what the line holds that the message names, words of the message
    "wrong type": (change("value: 60", "value: many"), "value: many", "`centres.0.children.value: many`; a number"),
    "list for a number": (change("value: 60", "value: [60]"), "value: [60]", "a number"),
    "text for a list": (change("report_source: [report 1.1]", "report_source: report 1.1"), "report_source:", "a list: `report_source: [report 1.1]`"),
    "text for keys": (change("period:\n  text: One school year.\n  source: [report 1.1]", "period: a year"), "period: a year", "keys with values below it"),
    "unknown key": (change("kind: {text: municipal", "knid: {text: municipal"), "knid:", "`kind`"),
    "unknown key, far from any": (change("summary:", "zzz: 1\nsummary:"), "zzz:", "one of centres, conditions"),
    "repeated key": (change("country: XX", "country: XX\ncountry: YY"), "country: YY", "`country` a second time (first on line 2)"),
    "repeated key, deep": (change("    name: Harbour centre\n    name_source", "    id: b\n    name: Harbour centre\n    name_source"), "    id: b", "a second time (first on line 21)"),
    "missing key": (change("name: Atlantis\n", ""), "", "has no `name`"),
    "missing source": (change("text: One school year.\n  source: [report 1.1]", "text: One school year."), "period:", "`period` has no `source`"),
    "empty source": (change("report_source: [report 1.1]", "report_source: []"), "report_source: []", "at least one value"),
    "bad id": (change("id: atlantis", "id: Atlantis!"), "id: Atlantis!", "`id: Atlantis!`"),
    "id with a space": (change("- id: harbour", "- id: our harbour"), "our harbour", "a value of the form"),
    "bad country": (change("country: XX", "country: Atlantis"), "country:", "^[A-Z]{2}$"),
    "bad reference": (change("report_source: [report 1.1]", 'report_source: ["§ 1.1"]'), "report_source:", "a value of the form"),
    "unknown word of a list of words": (change("type: split", "type: mixed"), "type: mixed", "'split' or 'unitary'"),
    "unknown role": (change("role: core", "role: teacher"), "role: teacher", "'core'"),
    "neither yes nor no": (change("inferred: yes", "inferred: perhaps"), "perhaps", "yes or no"),
    "negative number": (change("value: 20", "value: -20"), "value: -20", "greater than or equal to 0"),
    "half a person": (change("number: 3", "number: 3.5"), "3.5", "a number"),
    "label too long": (change("name: Learning group", "name: " + "group " * 20), "group group", "at most 90"),
    "empty text": (change("summary: A made-up country for the tests.", "summary:"), "summary:", "`summary` is empty"),
    "empty list": (change("lessons:\n  - {text: Time to reflect helps., source: [report 1.1]}", "lessons: []"), "lessons: []", "at least one value"),
    "broken YAML": (change("period:\n", "period: [\n"), "  source: [report 1.1]", "cannot be read"),
    "open quote": (change("name: Atlantis", 'name: "Atlantis'), "name: \"Atlantis", "cannot be read"),
    "wrong indent": (change("  type: split", " type: split"), "  source: [report 1.1]\n  facts", "cannot be read"),
    "tab": (change("  type: split", "\ttype: split"), "\ttype", "a tab"),
    "anchor": (change("name: Atlantis", "name: &here Atlantis"), "&here", "the value itself"),
    "alias bomb": (change("name: Atlantis", "name: [&a [x, x], *a, *a]"), "*a, *a", "the value itself"),
    "tag that runs": (change("name: Atlantis", "name: !!python/object/apply:os.system [ls]"), "[ls]", "a plain value"),
    "wrong encoding": (write("id: atlantis\nname: São".encode("latin-1")), "name:", "text saved as UTF-8"),
    "other encoding": (write("id: atlantis".encode("utf-16")), "", "text saved as UTF-8"),
    "control character": (write(b"id: atlantis\nname: \x07"), "name:", "printable text"),
    "empty file": (write(b""), "", "an empty file"),
    "comments only": (write(b"# nothing yet\n"), "", "comments only"),
    "a list, not keys": (write(b"- id: atlantis\n"), "", "keys with values below it"),
    "two documents": (change("name: Atlantis", "name: Atlantis\n---\nid: b"), "---", "cannot be read"),
    "no end of nesting": (write(b"[" * 3000), "", "a dozen levels"),
    "too large": (write(b"# " + b"x" * 1_000_001), "", "at most 1000000 bytes"),
    "page that is none": (change("page: 27", "page: 270", "stages.yml"), "270", "less than or equal to 52"),
    "bad question id": (change("id: Q1.1", "id: Question1", "stages.yml"), "Question1", "a value of the form"),
    "bad address": (change("url: https://www.value-ecec.eu/", "url: value-ecec.eu", "sources.yml"), "url: value", "a value of the form"),
    "unknown kind of block": (change("kind: diagram", "kind: drawing", "worksheets.yml"), "kind: drawing", "`worksheets.0.blocks.2.kind: drawing`; one of 'questions'"),
    "block without a kind": (change("- kind: diagram\n        picture", "- picture", "worksheets.yml"), "picture: one-group", "`worksheets.0.blocks.2` has no `kind`"),
    "unknown key of a block": (change("picture: one-group", "picture: one-group\n        colour: red", "worksheets.yml"), "colour: red", "one of cut, hint, kind, new_page, picture"),
    "misspelt key of a block": (change("blank: 2", "blanck: 2", "worksheets.yml"), "blanck: 2", "; `blank`"),
    "more lines than a page has": (change("lines: 3", "lines: 300", "worksheets.yml"), "lines: 300", "less than or equal to 24"),
    "missing file": (lambda folder: (folder / "voices.yml").unlink(), "", "there is no such file"),
}


def line_of(held: str, path: Path) -> int:
    """The first line on which a text begins. Counts from 1."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return text.count("\n", 0, text.index(held)) + 1


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_gives_its_own_clear_line(name: str, copy: Path) -> None:
    spoil, held, words = BROKEN[name]
    spoil(copy)
    with pytest.raises(Problems) as raised:
        load(copy)
    messages = [str(problem) for problem in raised.value.problems]
    assert len(messages) == 1, messages
    path, line, _ = messages[0].split(":", 2)
    assert (held == "" and line == "1") or int(line) == line_of(held, copy.parent / path), messages
    assert words in messages[0], messages


def test_every_broken_file_has_a_message_of_its_own(tmp_path: Path) -> None:
    import shutil

    said = []
    for name, (spoil, _, _) in BROKEN.items():
        folder = Path(shutil.copytree(ROOT / "tests/sample/content", tmp_path / name.replace(" ", "-") / "content"))
        spoil(folder)
        with pytest.raises(Problems) as raised:
            load(folder)
        said.append(str(raised.value))
    assert len(set(said)) == len(said)


def test_problems_of_all_files_come_at_once_sorted(copy: Path) -> None:
    change("value: 60", "value: many")(copy)
    change("type: split", "type: mixed")(copy)
    change("page: 27", "page: 270", "stages.yml")(copy)
    with pytest.raises(Problems) as raised:
        load(copy)
    problems = raised.value.problems
    assert [(p.path, p.line) for p in problems] == [
        ("content/cases/atlantis.yml", line_of("type: mixed", copy / CASE)),
        ("content/cases/atlantis.yml", line_of("value: many", copy / CASE)),
        ("content/stages.yml", line_of("page: 270", copy / "stages.yml")),
    ]


def test_scalars_are_text_until_a_field_says_otherwise(copy: Path) -> None:
    change("name: Atlantis", "name: no")(copy)
    change("text: One school year.", "text: 22:30")(copy)
    change("title: teacher", "title: 012")(copy)
    case = load(copy).facts.cases[0]
    assert (case.name, case.period.text) == ("no", "22:30")
    assert case.pathways[0].arrangement.groups[0].people[0].title == "012"


def test_the_example_case_reads() -> None:
    assert load_as(ROOT / "content" / "example-case.yml", Case, ROOT).id == "example-case"
