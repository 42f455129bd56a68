"""Finds the sections of a translation that English has left behind. Writes nothing.

A section is pinned to the hash of the English section it was translated from: see pins.py.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from roadmap.project.once import once
from roadmap.project.project import Edition, Project
from roadmap.project.sections import Section, sections
from roadmap.translation import git_history, pins

# Of a page and section: whether two hashes of it mean the same
SameMeaning = Callable[[str, str, str | None, str], bool]


@dataclass(frozen=True, kw_only=True)
class Drift:
    """A section that English has `changed`, that is `new` there, or `gone` from there.

    `line` is where the section stands in the translation, else the line it belongs below, the last
    of the section `above` (None: at the top). `pinned` is the hash it was translated from; `before`
    is the English text of that hash, None where history does not tell, and then `unknown` says why;
    `now` and `after` are the hash and the English text of today.
    """

    page: str
    id: str
    title: str
    line: int
    why: Literal["changed", "new", "gone"]
    above: str | None
    pinned: str | None
    now: str | None
    before: str | None
    after: str | None
    unknown: str = ""

    def to_do(self, code: str) -> str:
        """What helps an edition: a translation; or a line that says that the meaning stayed."""
        sync = f"what English says now, then `roadmap sync {code} {self.page}#{self.id}`"
        if self.why != "changed":
            return sync
        line = f"`- [{self.pinned}, {self.now}]` below `{self.page}:` and `{self.id}:`"
        return f"{sync}; where it means the same, {line} in docs/en/same-meaning.yml"

    @property
    def difference(self) -> str:
        """What changed in English, as a unified diff; empty where the old text is not known."""
        if self.before is None and self.why != "new":
            return ""
        before = self.before or ""
        after = self.after or ""
        lines = difflib.unified_diff(
            before.splitlines(),
            after.splitlines(),
            "translated from",
            "now",
            lineterm="",
        )
        return "\n".join(lines)


@once
def drifted(edition: Edition) -> list[Drift]:
    """Sections of translated and pinned pages that English has left behind.

    Page by page, in the order of English, without the English text from before. Raises Problems
    when state.yml is malformed.
    """
    if edition.is_english:
        return []
    pinned = pins.pins_of(edition)
    same_meaning = same_meaning_in(edition.project)
    english_pages = edition.project.english.pages
    found: list[Drift] = []
    for path in sorted(edition.pages.keys() & pinned.keys()):
        page = edition.pages[path]
        english_page = english_pages.get(path)
        english_text = english_page.text if english_page else ""
        found += _of_page(
            path,
            sections(english_text),
            sections(page.text),
            pinned[path],
            same_meaning,
        )
    return found


def drifted_with_history(edition: Edition) -> list[Drift]:
    """The same, with the English text from before where git has it, also under the name that page
    or section had then. Raises Problems.
    """
    found = drifted(edition)
    english = edition.project.english
    files = {}
    for drift in found:
        if drift.pinned:
            files[drift.page] = english.file_name(drift.page)
    versions = git_history.versions(edition.project.root, files.values())
    with_history = []
    for drift in found:
        file = files.get(drift.page, "")
        before = _pinned_text(drift, versions.get(file, ()))
        if before is None and drift.pinned:
            before = _sections_of_pages_gone(edition.project).get(drift.pinned)
        with_history.append(replace(drift, before=before))
    return [_with_reason(drift, edition.project) for drift in with_history]


def _with_reason(drift: Drift, project: Project) -> Drift:
    """With why the text from before is not known, where it was pinned and is not."""
    if drift.before is not None or not drift.pinned:
        return drift
    return replace(drift, unknown=_why_unknown(project))


@once
def _why_unknown(project: Project) -> str:
    return git_history.why_unknown(project.root)


def _of_page(
    page: str,
    english: Mapping[str, Section],
    translated: Mapping[str, Section],
    pinned: Mapping[str, str],
    same_meaning: SameMeaning,
) -> Iterator[Drift]:
    """The outdated sections of one page: those that English has, then those that are gone."""
    above = None
    for id, section in english.items():
        pinned_hash = pinned.get(id)
        if not same_meaning(page, id, pinned_hash, section.hash):
            yield _drift(
                page,
                translated.get(id, section),
                translated,
                above,
                pinned_hash,
                section,
            )
        if id in translated:
            above = id
    for id, section in translated.items():
        if id in pinned and id not in english:
            yield _drift(
                page,
                section,
                translated,
                above,
                pinned[id],
                None,
            )


def _drift(
    page: str,
    section: Section,
    translated: Mapping[str, Section],
    above: str | None,
    pinned: str | None,
    english: Section | None,
) -> Drift:
    """A section as it stands in the translation, or in English where the translation lacks it.

    `english` is that of today.
    """
    line = 1
    if section.id in translated:
        line = section.line
    elif above:
        line = translated[above].end
    return Drift(
        page=page,
        id=section.id,
        title=section.title,
        line=line,
        why=_why(pinned, english),
        above=above,
        pinned=pinned,
        now=english.hash if english else None,
        before=None,
        after=english.text if english else None,
    )


def _why(pinned: str | None, english: Section | None) -> Literal["changed", "new", "gone"]:
    """What English did, by the hash of before and the section of today."""
    if english is None:
        return "gone"
    return "changed" if pinned else "new"


def _pinned_text(drift: Drift, versions: Iterable[str]) -> str | None:
    """The English section as it was when it was translated; None where no version has it."""
    for text in versions:
        for section in sections(text).values():
            if section.hash == drift.pinned:
                return section.text
    return None


@once
def _sections_of_pages_gone(project: Project) -> Mapping[str, str]:
    """The English sections, by their hash, of pages that have another name now or are gone."""
    english = project.english
    pages = map(english.file_name, english.pages)
    texts = git_history.versions_elsewhere(project.root, english.file_name(""), pages)
    return {section.hash: section.text for text in texts for section in sections(text).values()}


def same_meaning_in(project: Project) -> SameMeaning:
    """Whether two hashes of a section mean the same, by any chain of declarations."""
    declared = pins.same_meaning(project).pages

    def same(
        page: str,
        id: str,
        one: str | None,
        other: str,
    ) -> bool:
        of_page = declared.get(page, {})
        pairs = of_page.get(id, ())
        return other in _connected(one, pairs)

    return same


def _connected(start: str | None, pairs: Iterable[Iterable[str]]) -> set[str | None]:
    """Every hash that a chain of pairs connects with one, and that one itself."""
    reached: set[str | None] = set()
    waiting = [start]
    while waiting:
        hash = waiting.pop()
        if hash in reached:
            continue
        reached.add(hash)
        for before, after in pairs:
            if hash == before:
                waiting.append(after)
            elif hash == after:
                waiting.append(before)
    return reached
