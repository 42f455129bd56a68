"""Finds where English has moved a page or an id: by the pins of the editions, and by git."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from macros.facts.problem import Problems
from roadmap.project.edition_file import ENGLISH
from roadmap.project.project import Project
from roadmap.project.sections import sections
from roadmap.translation import git_history, pins
from roadmap.translation.moved_text import Move, moved

NAME = re.compile(r"[\w/-]+\.md(#[\w-]+)?")  # what may stand in a command


def command(old: str, new: str) -> str:
    """What helps where something still has the old name."""
    return f"`roadmap move {old} {new}`, for so English calls it now"


def advice(project: Project, old: str, expected: str) -> str:
    """What helps where something names a page or an id (`page.md#id`) that English does not have:
    a move where English has moved it, else what was expected.
    """
    new = new_name(project, old)
    return command(old, new) if new else expected


def new_name(project: Project, old: str) -> str:
    """What English calls a page or an id now; empty where nothing shows it."""
    if not NAME.fullmatch(old):
        return ""
    page, _, id = old.partition("#")
    if not id:
        return _by_pins(project, page) or _by_git(project, page)
    if page not in project.english.pages:
        return ""
    hashes = {pinned[id] for pinned in _pinned(project, page) if id in pinned}
    file = project.english.file_name(page)
    for text in git_history.versions(project.root, [file])[file]:
        if id in (before := sections(text)):
            hashes.add(before[id].hash)
    for new_id in sections(project.english.pages[page].text):
        if _hashes_before(project, Move(page, page, id, new_id)).get(id) in hashes:
            return f"{page}#{new_id}"
    return ""


def _by_pins(project: Project, page: str) -> str:
    """The English page that has most of the sections which the old one is pinned to."""
    matches: dict[str, int] = {}
    for pinned in _pinned(project, page):
        for path in project.english.pages:
            now = _hashes_before(project, Move(page, path))
            matches[path] = matches.get(path, 0) + len(pinned.items() & now.items())
    best = max(matches, key=matches.__getitem__, default="")
    return best if matches.get(best) else ""


def _by_git(project: Project, page: str) -> str:
    """The English page that the old one became, in one or in several commits."""
    english = project.english
    renamed = git_history.renames(project.root, f"docs/{ENGLISH}")
    path = english.file_name(page)
    while path in renamed:
        path = renamed.pop(path)
    new = path.removeprefix(english.file_name(""))
    return new if new in english.pages else ""


def _pinned(project: Project, page: str) -> Iterator[dict[str, str]]:
    """The pins of a page in each edition whose pins can be read."""
    for edition in project.editions.values():
        if edition.is_english:
            continue
        with suppress(Problems):
            yield pins.pins_of(edition).get(page, {})


def _hashes_before(project: Project, move: Move) -> dict[str, str]:
    """The hash of each section of an English page as it was before a move."""
    page = project.english.pages[move.new_page]
    before = moved(page, page.text, move.back)
    return {id: section.hash for id, section in sections(before).items()}
