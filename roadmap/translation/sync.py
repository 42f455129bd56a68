"""Writes pins once somebody has looked at a page.

Changes no page. Whether the pins are true, check/pins.py knows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.facts.problem import Problem, Problems
from roadmap.project.edition_file import ENGLISH
from roadmap.project.pages import Page
from roadmap.project.project import Edition
from roadmap.project.sections import Section, headings, sections
from roadmap.translation import pins


@dataclass(frozen=True, order=True)
class Change:
    """What was written for a section: the hash that was there, and the one that is there now."""

    page: str
    id: str
    was: str | None
    now: str | None


# Pinning


def sync(edition: Edition, pages: Collection[str]) -> list[Change]:
    """Pins pages whose translator has looked, and forgets pages that are no longer there.

    Returns what it changed. Raises Problems when a page has not the sections of the English one;
    then nothing is written.
    """
    problem = _no_translation(edition)
    if problem:
        raise Problems([problem])
    pinned = pins.pins_of(edition)
    paths = _sorted_paths(pages, edition.code)
    problems: list[Problem] = []
    for path in paths:
        is_pinned = path in pinned
        problems += _why_not(edition, path, is_pinned)
    if problems:
        raise Problems(problems)

    fresh: pins.Pins = {}
    changes: list[Change] = []
    for path in paths:
        was = pinned.get(path, {})
        now = _hashes_of_english(edition, path)
        fresh[path] = now
        changes += _changes(path, was, now)
    if changes:
        pins.write_pins(edition, pinned | fresh)
    return changes


def _sorted_paths(pages: Collection[str], code: str) -> list[str]:
    """The paths of pages as people name them, each once."""
    paths = set()
    for page in pages:
        path = path_of(page, code)
        paths.add(path)
    return sorted(paths)


def path_of(page: str, code: str) -> str:
    """A page as people name it (`docs/da/index.md` too), by its path below the edition."""
    path = Path(page).as_posix()
    return path.removeprefix(f"docs/{code}/")


def _hashes_of_english(edition: Edition, path: str) -> dict[str, str]:
    """The hash of each English section of a page; none when the page is not translated."""
    if path not in edition.pages:
        return {}
    english = edition.project.english.page(path)
    hashes = {}
    for id, section in sections(english.text).items():
        hashes[id] = section.hash
    return hashes


def _changes(
    page: str,
    was: Mapping[str, str],
    now: Mapping[str, str],
) -> Iterator[Change]:
    """The sections of a page, by id, whose hash is another one now."""
    ids = was.keys() | now.keys()
    for id in sorted(ids):
        old_hash = was.get(id)
        new_hash = now.get(id)
        if old_hash != new_hash:
            yield Change(page, id, old_hash, new_hash)


def _no_translation(edition: Edition) -> Problem | None:
    """Why an edition has no pins; None where it is a translation."""
    if edition.is_english:
        found = "the English edition, which is translated from no other"
        return Problem(
            "docs/en",
            1,
            found,
            "the code of an edition",
        )
    known = []
    for path in (edition.project.root / "docs").iterdir():
        if path.is_dir() and path.name != ENGLISH:
            known.append(path.name)
    if edition.code in known:
        return None
    expected = "an edition first"
    if known:
        expected = "one of " + ", ".join(sorted(known))
    return Problem(
        "docs",
        1,
        f"no edition `{edition.code}`",
        expected,
    )


# Whether a page can be pinned


def _why_not(
    edition: Edition,
    path: str,
    is_pinned: bool,
) -> Iterator[Problem]:
    """Why a page cannot be pinned. A page that is pinned but no longer there can be forgotten."""
    english = edition.project.english
    file = edition.file_name(path)
    is_there = path in edition.page_paths
    if is_there and path in english.page_paths:
        page = edition.page(path)
        english_page = english.page(path)
        yield from _differences(page, english_page)
    elif is_there:
        yield Problem(
            file,
            1,
            "a page that the English edition does not have",
            f"one of the pages of docs/{ENGLISH}/",
        )
    elif not is_pinned:
        yield Problem(
            file,
            1,
            "no such page",
            "the path of a translated page",
        )


def _differences(page: Page, english_page: Page) -> Iterator[Problem]:
    """Differences between the sections of a translated page and those of the English one."""
    english = sections(english_page.text)
    translated = sections(page.text)
    yield from _repeated_ids(page)
    yield from _missing_sections(page, english_page, english, translated)
    for id in translated.keys() - english.keys():
        line = translated[id].line
        found = f"the section `{{ #{id} }}`, which the English page does not have"
        english_ids = ", ".join(english)
        yield page.problem(line, found, f"one of its sections: {english_ids}")
    if translated.keys() == english.keys():
        yield from _other_order(page, english, translated)


def _other_order(
    page: Page,
    english: Mapping[str, Section],
    translated: Mapping[str, Section],
) -> Iterator[Problem]:
    """The first section that stands in another place than in English. Both have the same ids."""
    for id, wanted in zip(translated, english, strict=True):
        if id != wanted:
            line = translated[id].line
            expected = f"`{{ #{wanted} }}` first, as in English"
            yield page.problem(line, f"the section `{{ #{id} }}`", expected)
            return


def _missing_sections(
    page: Page,
    english_page: Page,
    english: Mapping[str, Section],
    translated: Mapping[str, Section],
) -> Iterator[Problem]:
    """Sections that are not there, or whose heading has lost its id."""
    nameless = [heading for heading in headings(page.text) if not heading.id]
    missing = [id for id in english if id not in translated]
    pairs_up = len(missing) == len(nameless)
    for index, heading in enumerate(nameless):
        id = missing[index] if pairs_up else "its-id"
        found = f"the heading `{heading.text}` without an id"
        yield page.problem(heading.line, found, f"`{{ #{id} }}` after it")
    if pairs_up:
        return
    for id in missing:
        line = _end_of_what_is_above(id, english, translated)
        found = f"no section `{{ #{id} }}` (“{english[id].title}”)"
        place = f"{english_page.file}:{english[id].line}"
        yield page.problem(line, found, f"a translation of {place}, with its id")


def _end_of_what_is_above(
    id: str,
    english: Mapping[str, Section],
    translated: Mapping[str, Section],
) -> int:
    """The last line of the translated sections that stand above a section in English."""
    line = 1
    for above in english:
        if above == id:
            break
        if above in translated:
            end = translated[above].end
            line = max(line, end)
    return line


def _repeated_ids(page: Page) -> Iterator[Problem]:
    """Headings with the id of one above them."""
    seen: set[str] = set()
    for heading in headings(page.text):
        if heading.id is None:
            continue
        if heading.id in seen:
            found = f"the id `{heading.id}` a second time"
            yield page.problem(heading.line, found, "each id once")
        seen.add(heading.id)
