"""Writes pins once somebody has looked at a page, and declares changes that kept the meaning.

Changes no page. Whether the pins are true, check/pins.py knows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.facts.problem import Problem, Problems
from roadmap.project.edition_file import ENGLISH
from roadmap.project.pages import Page
from roadmap.project.project import Edition, Project
from roadmap.project.sections import Section, headings, sections
from roadmap.translation import git_history, pins


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


# What means the same


def keep_meaning(
    project: Project,
    page: str,
    ids: Collection[str] = (),
    since: str = "HEAD",
) -> list[Change]:
    """Declares that English sections mean what they meant in a commit.

    Without ids: all that have changed since. Raises Problems when there is nothing to declare.
    """
    path = path_of(page, ENGLISH)
    file = project.english.file_name(path)
    old, new = _before_and_now(project, path, since)
    reworded = _reworded(old, new)
    if not reworded:
        found = f"a page whose sections all read as in {since}"
        problem = Problem(file, 1, found, "a section to change first")
        raise Problems([problem])
    problems = []
    for id in ids:
        if id not in reworded:
            problem = _not_reworded(file, id, new, since, reworded)
            problems.append(problem)
    if problems:
        raise Problems(problems)

    changes = []
    for id in dict.fromkeys(ids or reworded):
        change = Change(path, id, old[id].hash, new[id].hash)
        changes.append(change)
    _declare(project, changes)
    return changes


def _before_and_now(
    project: Project,
    path: str,
    since: str,
) -> tuple[dict[str, Section], dict[str, Section]]:
    """The sections of an English page as a commit has them, and as they are. Raises Problems."""
    file = project.english.file_name(path)
    expected = "an English page that was committed before it was changed"
    page = project.english.pages.get(path)
    if page is None:
        problem = Problem(file, 1, "no such page", expected)
        raise Problems([problem])
    before = git_history.committed(project.root, file, since)
    if before is None:
        problem = Problem(file, 1, f"a page that {since} does not have", expected)
        raise Problems([problem])
    old = sections(before)
    new = sections(page.text)
    return old, new


def _reworded(old: Mapping[str, Section], new: Mapping[str, Section]) -> list[str]:
    """The ids of the sections that both have, with another text in each."""
    found = []
    for id, section in new.items():
        before = old.get(id)
        if before and before.hash != section.hash:
            found.append(id)
    return found


def _not_reworded(
    file: str,
    id: str,
    new: Mapping[str, Section],
    since: str,
    reworded: list[str],
) -> Problem:
    """Why there is nothing to declare of a section."""
    expected = "a section that was there and has changed: " + ", ".join(reworded)
    if id not in new:
        return Problem(file, 1, f"no section `{id}`", expected)
    line = new[id].line
    found = f"`{id}`, which reads as in {since}"
    return Problem(file, line, found, expected)


def _declare(project: Project, changes: list[Change]) -> None:
    """Adds pairs of hashes to what same-meaning.yml holds, each once."""
    pairs = {}
    for path, declared in pins.same_meaning(project).pages.items():
        pairs[path] = dict(declared)
    for change in changes:
        pairs_of_page = pairs.setdefault(change.page, {})
        known = list(pairs_of_page.get(change.id, []))
        pair = [change.was, change.now]
        if pair not in known:
            known.append(pair)
        pairs_of_page[change.id] = known
    pins.write_same_meaning(project, pairs)
