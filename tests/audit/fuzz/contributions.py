"""The parsers of what people contribute: pages, catalogues, YAML files. Each reads on as a check and a build do."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path

from macros.facts import rules
from macros.facts.load import load
from macros.facts.problem import Problem, Problems
from macros.language import same_meaning
from macros.language.messages import forms, parse
from roadmap.check.run import check_english_edition, check_translation
from roadmap.check.safety.files import check_safety
from roadmap.project.cache import Memo
from roadmap.project.project import Edition, Project
from roadmap.project.sections import sections
from roadmap.staging.stage import StagedEdition
from roadmap.translation import catalogue, pins
from roadmap.translation.merge import merge, written
from tests.audit.fuzz.harness import Parser
from tests.conftest import ROOT, SAMPLE, copy_project

CODE = "ar"
ARABIC = ROOT / "tests" / "editions" / CODE
ENGLISH = ROOT / "docs" / "en"
STARTED = "name: العربية\nenglish_name: Arabic\ndirection: rtl\ntitle: VALUE\nteam: [A. B.]\n"
DECLARED = b"what/educare.md:\n  educare:\n    - [0123456789ab, ba9876543210]\n"


class Checkout:
    """A copy of the project, its English edition read, with one contributed edition that is written anew for each input."""

    def __init__(self, root: Path):
        self.project = Project(copy_project(root))
        self.folder = root / "docs" / CODE
        self.pages = self.project.english.pages
        check_english_edition(self.project)
        catalogue.sentences_by_key(self.project)

    def edition(self, files: Mapping[str, bytes]) -> Edition:
        """The edition with these files, and nothing else in it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for name, data in ({"edition.yml": STARTED.encode()} | dict(files)).items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            self.project._bytes.pop(path, None)
        for owner in [key for key in self.project.memos if key[1] == CODE]:
            del self.project.memos[owner]
        self.project._editions.pop(CODE, None)
        return self.project.edition(CODE)

    def state_of(self, page: str) -> bytes:
        """Pins of a page, the first of a text that English no longer has."""
        hashes = [f"  {id}: {section.hash}" for id, section in sections(self.pages[page].text).items()]
        hashes[0] = hashes[0].rpartition(" ")[0] + " 0123456789ab"
        return "\n".join([f"{page}:", *hashes, ""]).encode()


def _files(folder: Path, pattern: str) -> list[tuple[str, bytes]]:
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in sorted(folder.rglob(pattern)) if path.is_file()]


def _refuse(problems: list[Problem]) -> None:
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise Problems(errors)


def _page(checkout: Checkout, name: str, data: bytes) -> None:
    """Safety, structure, hints; then the page is laid out, as the preview does it with structural faults, too."""
    edition = checkout.edition({name: data, "state.yml": checkout.state_of(name)})
    problems = check_translation(edition)
    for page in edition.pages.values():
        page.meta  # noqa: B018  # reads the front matter
    if not check_safety(edition):
        _staged(edition).page(name)
    _refuse(problems)


def _staged(edition: Edition) -> StagedEdition:
    return StagedEdition(edition, {each.code: each.file for each in (edition.project.english, edition)})


def _messages(checkout: Checkout, _: str, data: bytes) -> None:
    """What a check says; then the catalogue is refreshed, and what was written is read again; then readers see it."""
    edition = checkout.edition({"messages.po": data})
    problems = check_translation(edition)
    refreshed = merge(edition.messages, catalogue.template(checkout.project), CODE)
    again = checkout.edition({"messages.po": written(refreshed, CODE).encode()})
    assert written(merge(again.messages, catalogue.template(checkout.project), CODE), CODE).encode() == again.project.read_bytes(again.folder / "messages.po")
    edition.translator.translate(checkout.project.content.facts)
    _refuse(problems)


def _yaml(checkout: Checkout, name: str, data: bytes) -> None:
    files = {"index.md": (ARABIC / "index.md").read_bytes(), "state.yml": checkout.state_of("index.md")}
    edition = checkout.edition(files | {name: data})
    problems = check_translation(edition)
    _refuse(problems)
    pins.pins_of(edition)
    _ = _staged(edition).settings


def _facts(name: str, data: bytes) -> None:
    changed = SAMPLE / "content" / name
    content = load(SAMPLE / "content", lambda path: data if path == changed else path.read_bytes())
    _refuse(list(rules.broken(content)))


class English:
    """A copy of the project with one file of its English edition mutated, judged with what is known of the others."""

    def __init__(self, root: Path):
        self.root = copy_project(root)
        self.folder = root / "docs" / "en"
        (self.folder / "same-meaning.yml").write_bytes(DECLARED)
        project = Project(root)
        check_english_edition(project)
        self.memos = project.memos

    def read(self, name: str, data: bytes) -> None:
        path = self.folder / name
        usual = path.read_bytes()
        path.write_bytes(data)
        try:
            _refuse(check_english_edition(Project(self.root, afresh(self.memos))))
        finally:
            path.write_bytes(usual)


def afresh(memos: Mapping[tuple[str, str], Memo]) -> dict[tuple[str, str], Memo]:
    """Memories that know what these do, and to which what they learn is not told."""
    found = {}
    for key, memo in memos.items():
        found[key] = Memo()
        found[key]._kept = memo._used
    return found


def translated_pages(folder: Path) -> Parser:
    pages = _files(ARABIC, "*.md") + _files(ENGLISH, "*.md")
    return Parser("translated pages", pages, partial(_page, Checkout(folder)))


def english_edition(folder: Path) -> Parser:
    english = English(folder)
    return Parser("English edition", _files(english.folder, "*"), english.read)


def messages(folder: Path) -> Parser:
    return Parser("messages.po", _files(ARABIC, "*.po"), partial(_messages, Checkout(folder)))


def yaml_of_edition(folder: Path) -> Parser:
    checkout = Checkout(folder)
    state = [("state.yml", checkout.state_of("index.md"))]
    files = _files(ARABIC, "edition.yml") + _files(ENGLISH, "queries.yml") + state
    return Parser("YAML of an edition", files, partial(_yaml, checkout))


def reworded_strings(folder: Path) -> Parser:
    """What same-meaning.yml says of strings: some in a chain, as years of small corrections leave them, and plural forms."""
    file, found = folder / same_meaning.FILE, parse((ARABIC / "messages.po").read_bytes(), "messages.po", CODE)
    texts = sorted({form for message in found for form in forms(message.id)})
    pairs = [*pairwise(texts[:30]), *zip(texts[30:130:2], texts[31:130:2], strict=True)]
    lines = [f"  - before: {json.dumps(before)}\n    after: {json.dumps(after)}\n" for before, after in pairs]
    file.write_text(DECLARED.decode() + "strings:\n" + "".join(lines), encoding="utf-8")

    def reworded(name: str, data: bytes) -> None:
        found.same.clear()
        same_meaning.keep_translations(found, same_meaning.read_reworded(file, name, lambda _: data))

    return Parser("reworded strings", _files(folder, same_meaning.FILE), reworded)


def facts(_: Path) -> Parser:
    return Parser("content", _files(SAMPLE / "content", "*.yml"), _facts)


PARSERS: Mapping[str, Callable[[Path], Parser]] = {  # each in a folder to work in
    "messages.po": messages,  # the slowest first
    "English edition": english_edition,
    "translated pages": translated_pages,
    "YAML of an edition": yaml_of_edition,
    "reworded strings": reworded_strings,
    "content": facts,
}
