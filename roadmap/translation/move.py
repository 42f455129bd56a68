"""Moves a page, or an id on a page, in all editions: files, pins, links, and what else names it.

Where English has moved already, the other editions follow. Finds all problems before it writes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from macros.facts.load import read_yaml
from macros.facts.problem import Problem, Problems, brief, collect_problems
from roadmap.project import edition_file
from roadmap.project.pages import Page
from roadmap.project.project import Edition, Project
from roadmap.project.sections import sections
from roadmap.translation import pins
from roadmap.translation.drift import same_meaning_in
from roadmap.translation.moved_text import Move, moved, with_new_names
from roadmap.translation.sync import path_of

PAGE = re.compile(r"(?:[a-z0-9-]+/)*[a-z0-9-]+\.md")
ID = re.compile(r"[a-z0-9-]+")
QUERIES = "queries.yml"
NAMING = ("page", "place")  # keys of YAML files whose value is a page or a place on it
FACTS = ("content/glossary.yml", "content/original.yml")
CODE = ("macros", "overrides", "roadmap")  # folders whose files may name pages, too
CODE_FILES = {".css", ".html", ".j2", ".js", ".py"}

Renewed = dict[tuple[str, str], tuple[str, str]]  # page, section → its hash before, afterwards


@dataclass
class _Changes:
    """What will be written: texts by file, pages to rename, pins by edition; and their files."""

    texts: dict[Path, str] = field(default_factory=dict)
    renamed: dict[Path, Path] = field(default_factory=dict)
    pinned: dict[str, pins.Pins] = field(default_factory=dict)
    same_meaning: pins.Pairs | None = None


@dataclass(frozen=True)
class Moved:
    """The files that were changed, and the places in our code that still have the old name."""

    files: tuple[str, ...]
    left: tuple[str, ...]


def move(project: Project, old: str, new: str) -> Moved:
    """Moves a page (`what/old.md`) or an id (`page.md#old`). Raises Problems; then nothing is
    written.
    """
    project.known(list(project.codes))
    wanted = _wanted(project, old, new)
    changes = _Changes()
    english_text: dict[str, str] = {}  # of each English page, afterwards
    problems = collect_problems(
        lambda: _unreadable(project),
        lambda: _taken(project, wanted),
        lambda: _plan_pages(project, wanted, changes, english_text),
        lambda: _plan_names(project, wanted, changes),
        lambda: _plan_nav(project, wanted, changes),
        lambda: _plan_pins(project, wanted, changes, english_text),
    )
    if problems:
        raise Problems(problems)
    files = _files(project, changes)
    if not files:
        found = f"`{old}`, which nothing names"
        raise Problems([_not_there(project, wanted, found)])
    _write(project, changes)
    return Moved(tuple(files), tuple(_left(project, wanted)))


# What is asked for


def _wanted(project: Project, old: str, new: str) -> Move:
    """The move, where there can be such a one. Raises Problems."""
    page, sign, id = path_of(old, edition_file.ENGLISH).partition("#")
    new_page, new_sign, new_id = path_of(new, edition_file.ENGLISH).partition("#")
    wanted = Move(page, new_page, id, new_id)
    forms = "two pages (`what/old.md what/new.md`) or two ids of a page (`page.md#old page.md#new`)"
    is_whole = bool(id) == bool(sign) and bool(new_id) == bool(new_sign)
    if sign != new_sign or not is_whole or (id and page != new_page):
        raise Problems([Problem("docs/en", 1, f"`{brief(old)} {brief(new)}`", forms)])
    if wanted.old == wanted.new:
        raise Problems([Problem("docs/en", 1, f"`{brief(new)}` twice", "two names")])
    if not PAGE.fullmatch(new_page) or (id and not ID.fullmatch(new_id)):
        expected = "small letters, digits and hyphens: `what/new-name.md`, `page.md#new-name`"
        raise Problems([Problem("docs/en", 1, f"`{brief(new)}`", expected)])
    english = project.english
    is_known = _has(english, wanted) or _has(english, wanted.back)
    if not is_known:
        found = f"neither `{brief(wanted.old)}` nor `{brief(wanted.new)}` in English"
        raise Problems([_not_there(project, wanted, found)])
    return wanted


def _has(edition: Edition, wanted: Move) -> bool:
    """Whether an edition has what is to be moved."""
    if not wanted.id:
        return wanted.page in edition.page_paths
    return wanted.id in _ids(edition, wanted.page)


def _ids(edition: Edition, path: str) -> list[str]:
    """The ids of the headings of a page; none where it is not there or cannot be read."""
    page = edition.pages.get(path)
    return [heading.id for heading in page.headings if heading.id] if page else []


def _not_there(project: Project, wanted: Move, found: str) -> Problem:
    """The refusal of a name that means nothing, with what may have been meant."""
    english = project.english
    if wanted.id and wanted.page in english.page_paths:
        ids = ", ".join(_ids(english, wanted.page))
        file = english.file_name(wanted.page)
        return Problem(file, 1, found, f"the old id first, of one of its headings: {ids}")
    close = get_close_matches(wanted.page, english.page_paths, n=3)
    names = ", ".join(f"`{path}`" for path in close) or f"one of the pages of {english.code}"
    return Problem("docs/en", 1, found, f"the old path first: {names}")


def _unreadable(project: Project) -> Iterator[Problem]:
    """Pages that cannot be read, and files that are links to others: they would not be moved."""
    for edition in project.editions.values():
        _ = edition.pages
        yield from edition.unreadable_pages
        for path in (*edition.page_paths, QUERIES, edition_file.FILE, pins.PINS_FILE):
            file = edition.folder / path
            if file.is_symlink() or not file.resolve().is_relative_to(edition.folder.resolve()):
                yield Problem(edition.file_name(path), 1, "a link", "a file of the edition")


def _taken(project: Project, wanted: Move) -> Iterator[Problem]:
    """Where both names are there."""
    for edition in project.editions.values():
        file = edition.file_name(wanted.new_page)
        if wanted.id:
            if _has(edition, wanted) and _has(edition, wanted.back):
                line = edition.pages[wanted.page].line_of(f"#{wanted.new_id}")
                found = f"the id `{wanted.new_id}`, which is there already, beside `{wanted.id}`"
                yield Problem(file, line, found, "an id that the page does not have")
            continue
        if not _has(edition, wanted):
            continue
        new = edition.folder / wanted.new_page
        if os.path.lexists(new) and not new.samefile(edition.folder / wanted.page):
            found = f"a page that is there already, beside `{wanted.page}`"
            yield Problem(file, 1, found, "a path where nothing is, or one of the two pages")
        elif not new.parent.resolve().is_relative_to(edition.folder.resolve()):
            yield Problem(file, 1, "a folder that is a link", "a folder of the edition")


# Pages


def _plan_pages(
    project: Project, wanted: Move, changes: _Changes, english_text: dict[str, str]
) -> list[Problem]:
    """The pages of all editions, with their new paths, ids and links."""
    for edition in project.editions.values():
        for path, page in edition.pages.items():
            file = edition.folder / path
            before = project.read_bytes(file).decode("utf-8")
            after = moved(page, before, wanted)
            if after != before:
                changes.texts[file] = after
            if edition.is_english:
                english_text[wanted.path(path)] = after
        if not wanted.id and _has(edition, wanted):
            changes.renamed[edition.folder / wanted.page] = edition.folder / wanted.new_page
    return []


# Other files that name pages


def _plan_names(project: Project, wanted: Move, changes: _Changes) -> Iterator[Problem]:
    """Queries and reviews of the editions, and facts of content/."""
    names = list(FACTS)
    for edition in project.editions.values():
        names += [edition.file_name(QUERIES), edition.file_name(edition_file.FILE)]
    for name in names:
        file = project.root / name
        if not file.is_file():
            continue
        try:
            data, lines = read_yaml(file, name, project.read_bytes)
        except Problems as unreadable:
            yield from unreadable.problems
            continue
        yield from _plan_file(project, name, lines, list(_places(data, wanted)), wanted, changes)
        if not wanted.id and _reviews_both(data, wanted):
            line = lines["reviews", wanted.new_page]
            found = f"a review of `{wanted.new_page}`, beside one of `{wanted.page}`"
            yield Problem(name, line, found, "one of the two")


def _reviews_both(data: Any, wanted: Move) -> bool:
    reviews = data.get("reviews") if isinstance(data, dict) else None
    return isinstance(reviews, dict) and {wanted.page, wanted.new_page} <= reviews.keys()


def _places(data: Any, wanted: Move, at: tuple[str | int, ...] = ()) -> Iterator[tuple]:
    """Where the data of a YAML file names the page or id: the path of each key."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _places(item, wanted, (*at, index))
    elif isinstance(data, dict):
        for key, value in data.items():
            is_name = key in NAMING and isinstance(value, str) and wanted.name(value) != value
            is_review = at == ("reviews",) and wanted.name(key) != key
            if is_name or is_review:
                yield (*at, key)
            yield from _places(value, wanted, (*at, key))


def _plan_file(
    project: Project,
    name: str,
    lines: Mapping[tuple[str | int, ...], int],
    places: Iterable[tuple],
    wanted: Move,
    changes: _Changes,
) -> Iterator[Problem]:
    """One YAML file, whose comments and form stay."""
    file = project.root / name
    text = project.read_bytes(file).decode("utf-8")
    numbers = sorted({lines[place] for place in places})
    for number in numbers:
        if with_new_names(text, [number], wanted) == text:
            found = f"`{wanted.old}`, not written on the line of its key"
            yield Problem(name, number, found, "key and path on one line")
    if numbers:
        changes.texts[file] = with_new_names(text, numbers, wanted)


def _plan_nav(project: Project, wanted: Move, changes: _Changes) -> list[Problem]:
    """The navigation in mkdocs.yml."""
    if wanted.id:
        return []
    text = project.read_text(project.config_file)
    numbers = []
    is_nav = False
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and line[0] not in " -#\r":
            is_nav = line.startswith("nav:")
        if is_nav:
            numbers.append(number)
    after = with_new_names(text, numbers, wanted)
    if after != text:
        changes.texts[project.config_file] = after
    return []


# Pins


def _plan_pins(
    project: Project, wanted: Move, changes: _Changes, english_text: Mapping[str, str]
) -> list[Problem]:
    """Pins and declarations of same meaning, under their new names.

    What followed English before follows it afterwards: a move changes no meaning. What English had
    left behind before stays so.
    """
    renewed = _renewed(project, wanted, english_text)
    same = same_meaning_in(project)
    for code, edition in project.editions.items():
        before = {} if edition.is_english else pins.pins_of(edition)
        after = _named(before, wanted)
        for (page, id), (old_hash, new_hash) in renewed.items():
            old_page, old_id = wanted.back.path(page), wanted.back.section(page, id)
            hash = after.get(page, {}).get(id)
            if hash and (hash == old_hash or same(old_page, old_id, hash, old_hash)):
                after[page][id] = new_hash
        if after != before:
            changes.pinned[code] = after
    declared = {page: dict(of_page) for page, of_page in pins.same_meaning(project).pages.items()}
    named = _named(declared, wanted)
    if named != declared:
        changes.same_meaning = named
    return []


def _named(pages: Mapping[str, Mapping[str, Any]], wanted: Move) -> dict[str, dict[str, Any]]:
    """What stands in such a file, under the new names. What is there already under one stays."""
    found: dict[str, dict[str, Any]] = {}
    for page, of_page in pages.items():
        target = found.setdefault(wanted.path(page), {})
        for id, value in of_page.items():
            new_id = wanted.section(page, id)
            is_new = page == wanted.path(page) and id == new_id
            if is_new or new_id not in target:
                target[new_id] = value
    return found


def _renewed(project: Project, wanted: Move, english_text: Mapping[str, str]) -> Renewed:
    """The English sections whose hash the move changes, or has changed."""
    found: Renewed = {}
    for path, text in english_text.items():
        now = Page.decode(path, path, text.encode())
        before = moved(now, now.text, wanted.back)
        hashes_before = [section.hash for section in sections(before).values()]
        for (id, section), old_hash in zip(sections(now.text).items(), hashes_before, strict=False):
            if old_hash != section.hash:
                found[path, id] = (old_hash, section.hash)
    return found


# Writing


def _files(project: Project, changes: _Changes) -> list[str]:
    """The files that will be changed, as messages name them."""
    found = set()
    for file in (*changes.texts, *changes.renamed):
        found.add(project.name_of(changes.renamed.get(file, file)))
    for code in changes.pinned:
        found.add(project.edition(code).file_name(pins.PINS_FILE))
    if changes.same_meaning is not None:
        found.add(project.english.file_name(pins.strings.FILE))
    return sorted(found)


def _write(project: Project, changes: _Changes) -> None:
    for new in changes.renamed.values():
        new.parent.mkdir(parents=True, exist_ok=True)
    for file, text in changes.texts.items():
        file.write_bytes(text.encode("utf-8"))
    for old, new in changes.renamed.items():
        old.rename(new)
        _remove_empty(old.parent, project.root / "docs")
    for code, pinned in changes.pinned.items():
        pins.write_pins(project.edition(code), pinned)
    if changes.same_meaning is not None:
        pins.write_same_meaning(project, changes.same_meaning, pins.reworded_strings(project))


def _remove_empty(folder: Path, top: Path) -> None:
    """Removes folders that nothing is in any more, below the folder of their edition."""
    with suppress(OSError):  # something is in it
        while folder.parent != top:
            folder.rmdir()
            folder = folder.parent


def _left(project: Project, wanted: Move) -> Iterator[str]:
    """Lines of our templates and code that still have the old name, which people must judge."""
    page = re.escape(wanted.page.removesuffix(".md"))
    anchor = rf"#{re.escape(wanted.id)}(?![\w-])" if wanted.id else ""
    name = re.compile(rf"(?<![\w./-]){page}\.(?:md|html){anchor}(?![\w-])")
    for folder in CODE:
        for file in sorted((project.root / folder).rglob("*")):
            if file.suffix not in CODE_FILES or not file.is_file():
                continue
            text = file.read_text(encoding="utf-8", errors="replace")
            for number, line in enumerate(text.split("\n"), start=1):
                if found := name.search(line):
                    yield f"{project.name_of(file)}:{number}: still says `{found[0]}`"
