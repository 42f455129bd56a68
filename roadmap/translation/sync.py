"""Writes the state of translations once somebody has looked, and says where it is not true. Changes
no page.

Two things are written: the English sections a page was translated from, and changes of English that
kept the meaning.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from macros.facts.problem import Problem, Problems
from roadmap.project.edition_file import ENGLISH
from roadmap.project.sections import Section, headings, sections, texts
from roadmap.translation import git_history, pins


@dataclass(frozen=True, order=True)
class Change:
    """What was written for a section: the hash that was there, and the one that is there now."""

    page: str
    id: str
    was: str | None
    now: str | None


# Pinning


def sync(root: Path, code: str, pages: Collection[str]) -> list[Change]:
    """Pins pages whose translator has looked, and forgets pages that are no longer there. Returns
    what it changed.

    Raises Problems when a page has not the sections of the English one; then nothing is written.
    """
    if problem := _no_edition(root, code):
        raise Problems([problem])
    pinned, english, here = pins.pins_of(root, code), texts(root, ENGLISH), texts(root, code)
    asked = sorted({_below(page, code) for page in pages})
    if problems := [p for page in asked for p in _unfit(code, page, english, here, page in pinned)]:
        raise Problems(problems)
    fresh = {
        page: {id: s.hash for id, s in sections(english[page]).items()} if page in here else {}
        for page in asked
    }
    changes = [
        change for page in asked for change in _changes(page, pinned.get(page, {}), fresh[page])
    ]
    if changes:
        pins.write_pins(root, code, pinned | fresh)
    return changes


def _changes(page: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Change]:
    for id in sorted(was.keys() | now.keys()):
        if was.get(id) != now.get(id):
            yield Change(page, id, was.get(id), now.get(id))


def _no_edition(root: Path, code: str) -> Problem | None:
    if code == ENGLISH:
        return Problem(
            "docs/en",
            1,
            "the English edition, which is translated from no other",
            "the code of an edition",
        )
    known = sorted(
        path.name for path in (root / "docs").iterdir() if path.is_dir() and path.name != ENGLISH
    )
    if code in known:
        return None
    return Problem(
        "docs",
        1,
        f"no edition `{code}`",
        "one of " + ", ".join(known) if known else "an edition first",
    )


def _below(page: str, code: str) -> str:
    """A page as people name it (`docs/da/index.md` too), by its path below the edition."""
    return Path(page).as_posix().removeprefix(f"docs/{code}/")


def _unfit(
    code: str, page: str, english: Mapping[str, str], here: Mapping[str, str], pinned: bool
) -> Iterator[Problem]:
    """Why a page cannot be pinned."""
    file = f"docs/{code}/{page}"
    if page in here and page in english:
        yield from _shape(file, here[page], page, english[page])
    elif page in here:
        yield Problem(
            file,
            1,
            "a page that the English edition does not have",
            f"one of the pages of docs/{ENGLISH}/",
        )
    elif not pinned:
        yield Problem(file, 1, "no such page", "the path of a translated page")


def _shape(file: str, text: str, page: str, english_text: str) -> Iterator[Problem]:
    """Differences between the sections of a translated page and those of the English one."""
    english, here = sections(english_text), sections(text)
    yield from _twice(file, text)
    yield from _missing(file, text, page, english, here)
    for id in here.keys() - english.keys():
        there = f"the section `{{ #{id} }}`, which the English page does not have"
        yield Problem(file, here[id].line, there, f"one of its sections: {', '.join(english)}")
    if here.keys() == english.keys() and list(here) != list(english):
        id, wanted = next(pair for pair in zip(here, english, strict=True) if pair[0] != pair[1])
        yield Problem(
            file,
            here[id].line,
            f"the section `{{ #{id} }}`",
            f"`{{ #{wanted} }}` first, as in English",
        )


def _missing(
    file: str, text: str, page: str, english: Mapping[str, Section], here: Mapping[str, Section]
) -> Iterator[Problem]:
    """Sections that are not there, or whose heading has lost its id."""
    nameless = [heading for heading in headings(text) if not heading.id]
    missing = [id for id in english if id not in here]
    for i, heading in enumerate(nameless):
        id = missing[i] if len(missing) == len(nameless) else "its-id"
        yield Problem(
            file,
            heading.line,
            f"the heading `{heading.text}` without an id",
            f"`{{ #{id} }}` after it",
        )
    for id in missing if len(missing) != len(nameless) else ():
        line = max((here[above].end for above in _before(id, english) if above in here), default=1)
        there = f"no section `{{ #{id} }}` (“{english[id].title}”)"
        yield Problem(
            file,
            line,
            there,
            f"a translation of docs/{ENGLISH}/{page}:{english[id].line}, with its id",
        )


def _before(id: str, english: Mapping[str, Section]) -> list[str]:
    return list(english)[: list(english).index(id)]


def _twice(file: str, text: str) -> Iterator[Problem]:
    seen: set[str | None] = set()
    for heading in headings(text):
        if heading.id and heading.id in seen:
            yield Problem(
                file, heading.line, f"the id `{heading.id}` a second time", "each id once"
            )
        seen.add(heading.id)


# What means the same


def meaning_kept(
    root: Path, page: str, ids: Collection[str] = (), since: str = "HEAD"
) -> list[Change]:
    """Declares that English sections mean what they meant in a commit. Without ids: all that have
    changed since.

    Raises Problems when there is nothing to declare.
    """
    page = _below(page, ENGLISH)
    file, text = f"docs/{ENGLISH}/{page}", texts(root, ENGLISH).get(page)
    before = git_history.committed(root, file, since)
    if text is None or before is None:
        there = "no such page" if text is None else f"a page that {since} does not have"
        raise Problems(
            [Problem(file, 1, there, "an English page that was committed before it was changed")]
        )
    old, new = sections(before), sections(text)
    reworded = [id for id in new if id in old and old[id].hash != new[id].hash]
    if not reworded:
        raise Problems(
            [
                Problem(
                    file,
                    1,
                    f"a page whose sections all read as in {since}",
                    "a section to change first",
                )
            ]
        )
    if strange := [
        _not_reworded(file, id, new, since, reworded) for id in ids if id not in reworded
    ]:
        raise Problems(strange)
    changes = [
        Change(page, id, old[id].hash, new[id].hash) for id in dict.fromkeys(ids or reworded)
    ]
    _declare(root, changes)
    return changes


def _not_reworded(
    file: str, id: str, new: Mapping[str, Section], since: str, reworded: list[str]
) -> Problem:
    line, there = (
        (new[id].line, f"`{id}`, which reads as in {since}")
        if id in new
        else (1, f"no section `{id}`")
    )
    return Problem(
        file, line, there, "a section that was there and has changed: " + ", ".join(reworded)
    )


def _declare(root: Path, changes: list[Change]) -> None:
    pairs = {page: dict(found) for page, found in pins.same_meaning(root).pages.items()}
    for change in changes:
        known = pairs.setdefault(change.page, {}).setdefault(change.id, [])
        pairs[change.page][change.id] = known + [
            p for p in [[change.was, change.now]] if p not in known
        ]
    pins.write_same_meaning(root, pairs)


# Whether the state is true


def problems(root: Path, code: str, touched: Collection[str] | None = None) -> list[Problem]:
    """Where the state of an edition is not true: of the touched pages, or of all. For English:
    same-meaning.yml.
    """
    try:
        written = pins.same_meaning(root) if code == ENGLISH else pins.pins(root, code)
    except Problems as found:
        return list(found.problems)
    english, here = texts(root, ENGLISH), texts(root, code)
    pages = {*written.pages, *here} if touched is None else {_below(page, code) for page in touched}
    if code == ENGLISH:
        return sorted(
            _pointless(written, pages, {page: sections(text) for page, text in english.items()})
        )
    found = [
        p
        for page in pages & here.keys() & english.keys()
        for p in _unpinned(code, page, english, here, written)
    ]
    found += [p for page in pages for p in _idle(code, page, english, here, written)]
    return sorted(found)


def _unpinned(
    code: str, page: str, english: Mapping[str, str], here: Mapping[str, str], written: pins.Written
) -> Iterator[Problem]:
    file, command = (
        f"docs/{code}/{page}",
        f"`roadmap sync {code} {page}`, once it says what the English page says",
    )
    if page not in written.pages:
        yield Problem(file, 1, f"a page that {written.file} does not know", command)
        return
    for id, section in sections(here[page]).items():
        if id in sections(english[page]) and id not in written.pages[page]:
            yield Problem(
                file,
                section.line,
                f"the section `{id}`, which {written.file} does not know",
                command,
            )


def _idle(
    code: str, page: str, english: Mapping[str, str], here: Mapping[str, str], written: pins.Written
) -> Iterator[Problem]:
    """Pins of what is not there."""
    command = f"`roadmap sync {code} {page}`, which takes it out"
    if page in written.pages and page not in here:
        yield written.problem((page,), f"pins of `{page}`, a page that is not there", command)
        return
    wanted = sections(english.get(page, ""))
    for id in written.pages.get(page, {}).keys() - sections(here.get(page, "")).keys():
        instead = f"the section in docs/{code}/{page}, with its id" if id in wanted else command
        yield written.problem(
            (page, id), f"a pin of `{page}#{id}`, a section that is not there", instead
        )


def _pointless(
    written: pins.Written, pages: Collection[str], english: Mapping[str, Mapping[str, Section]]
) -> Iterator[Problem]:
    for page in written.pages.keys() & pages:
        if page not in english:
            yield written.problem(
                (page,), f"`{page}`, a page that is not there", "the path of an English page"
            )
        for id in written.pages[page].keys() - english.get(page, written.pages[page]).keys():
            yield written.problem(
                (page, id), f"`{page}#{id}`, a section that is not there", "the id of a section"
            )
