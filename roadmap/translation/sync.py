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
from roadmap.translation.drift import same_meaning_in
from roadmap.translation.english_seen import english_seen


@dataclass(frozen=True, order=True)
class Change:
    """What was written for a section: the hash that was there, and the one that is there now."""

    page: str
    id: str
    was: str | None
    now: str | None


# Pinning


@dataclass(frozen=True)
class Synced:
    """What was pinned, and the sections (`page.md#section`) that English has changed since."""

    changes: tuple[Change, ...]
    outdated: tuple[str, ...]


def sync(edition: Edition, named: Collection[str] = ()) -> Synced:
    """Pins sections to the English that they were translated from, and forgets what is gone.

    `named` are pages, or sections such as `how/index.md#read`; none: all pages. A section that is
    named follows English as it is now. Of a page, each section follows the English that stood
    beside it when it was written. Raises Problems when a page has not the sections of the English
    one; then nothing is written.
    """
    problem = _no_translation(edition)
    if problem:
        raise Problems([problem])
    pinned = pins.pins_of(edition)
    if not named:
        named = [*edition.own_pages, *pinned]
    wanted = _wanted(named, edition.code)
    problems: list[Problem] = []
    for path, ids in wanted.items():
        problems += _why_not(edition, path, ids, pinned.get(path))
    if problems:
        raise Problems(problems)

    fresh: pins.Pins = {}
    changes: list[Change] = []
    for path, ids in wanted.items():
        was = pinned.get(path, {})
        now = _pins_of_sections(edition, path, ids, was) if ids else _pins_of(edition, path, was)
        fresh[path] = now
        changes += _changes(path, was, now)
    if changes:
        pins.write_pins(edition, pinned | fresh)
    return Synced(tuple(changes), tuple(_outdated(edition, wanted, fresh)))


def _wanted(named: Collection[str], code: str) -> dict[str, set[str]]:
    """The ids of the sections that are named, by their page; none where only the page is."""
    wanted: dict[str, set[str]] = {}
    for each in named:
        page, _, id = each.partition("#")
        ids = wanted.setdefault(path_of(page, code), set())
        if id:
            ids.add(id)
    return dict(sorted(wanted.items()))


def path_of(page: str, code: str) -> str:
    """A page as people name it (`docs/da/index.md` too), by its path below the edition."""
    path = Path(page).as_posix()
    return path.removeprefix(f"docs/{code}/")


def _hashes_of_english(edition: Edition, path: str) -> dict[str, str]:
    """The hash of each English section of a page; none when the page is not translated."""
    if path not in edition.pages:
        return {}
    return _hashes(edition.project.english.page(path))


def _hashes(page: Page) -> dict[str, str]:
    return {id: section.hash for id, section in sections(page.text).items()}


def _pins_of_sections(
    edition: Edition,
    path: str,
    ids: Collection[str],
    was: Mapping[str, str],
) -> dict[str, str]:
    """The pins of a page, those of the named sections at English as it is now."""
    english = _hashes_of_english(edition, path)
    pinned = dict(was)
    for id in ids:
        pinned.pop(id, None)
        if id in english:
            pinned[id] = english[id]
    return pinned


def _pins_of(edition: Edition, path: str, was: Mapping[str, str]) -> dict[str, str]:
    """The pins of a page, each at the English that its section was written beside.

    A pin that was set with the text of the section or since stays: somebody has looked. A section
    that git does not know is written now; where git knows nothing, a pin that is there stays.
    """
    english = _hashes_of_english(edition, path)
    if all(was.get(id) == hash for id, hash in english.items()):
        return english
    seen = english_seen(edition, path)
    pinned = {}
    for id, hash in english.items():
        origin = seen.get(id) if seen else None
        old = was.get(id)
        if origin is None:
            pinned[id] = old if old and seen is None else hash
        elif old and old != origin.pinned_before:
            pinned[id] = old
        else:
            pinned[id] = origin.english or old or hash
    return pinned


def _outdated(
    edition: Edition,
    wanted: Mapping[str, Collection[str]],
    fresh: pins.Pins,
) -> Iterator[str]:
    """The sections of the pages in question whose pin means something else than English now."""
    same = same_meaning_in(edition.project)
    for path, ids in wanted.items():
        if ids:
            continue
        for id, hash in _hashes_of_english(edition, path).items():
            if not same(path, id, fresh[path][id], hash):
                yield f"{path}#{id}"


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
    ids: Collection[str],
    pinned: Mapping[str, str] | None,
) -> Iterator[Problem]:
    """Why a page, or these sections of it, cannot be pinned. What is pinned but no longer there can
    be forgotten.
    """
    english = edition.project.english
    file = edition.file_name(path)
    is_there = path in edition.page_paths
    if is_there and path in english.page_paths:
        page = edition.page(path)
        english_page = english.page(path)
        if ids:
            yield from _unknown_ids(page, english_page, ids, pinned or {})
        else:
            yield from _differences(page, english_page)
            yield from _still_english(page, english_page)
    elif is_there:
        yield Problem(
            file,
            1,
            "a page that the English edition does not have",
            f"one of the pages of docs/{ENGLISH}/",
        )
    elif pinned is None:
        yield Problem(
            file,
            1,
            "no such page",
            "the path of a translated page",
        )


def _still_english(page: Page, english_page: Page) -> Iterator[Problem]:
    """A page of which every section is the English one: copied, and not yet translated."""
    if _hashes(page) == _hashes(english_page):
        found = "the English text, every section of it"
        yield page.problem(1, found, f"a translation of {english_page.file}, then `roadmap sync`")


def _unknown_ids(
    page: Page,
    english_page: Page,
    ids: Collection[str],
    pinned: Mapping[str, str],
) -> Iterator[Problem]:
    """Sections that the page or the English one has not."""
    english = sections(english_page.text)
    translated = sections(page.text)
    for id in sorted(ids):
        is_gone = id in pinned and id not in translated and id not in english
        if is_gone or (id in translated and id in english):
            continue
        line = translated[id].line if id in translated else 1
        lacking = "the English page" if id in translated else "this page"
        both = ", ".join(each for each in english if each in translated)
        yield page.problem(line, f"`#{id}`, which {lacking} does not have", f"one of: {both}")


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
