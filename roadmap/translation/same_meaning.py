"""Declares that a correction in English changed no meaning: of sections, of strings.

Writes same-meaning.yml and no translation.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from macros.facts.problem import Problem, Problems, brief
from macros.language.same_meaning import Reworded
from roadmap.project.edition_file import ENGLISH
from roadmap.project.project import Project
from roadmap.project.sections import Section, sections
from roadmap.translation import english_strings, git_history, pins
from roadmap.translation.sync import Change, path_of

# Sections


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
    pins.write_same_meaning(project, pairs, pins.reworded_strings(project))


# Strings


def keep_strings(
    project: Project,
    file: str,
    texts: Collection[str] = (),
    since: str = "HEAD",
) -> list[Reworded]:
    """Declares that English strings of a file mean what they meant in a commit.

    `file` may end in the line of a string of the facts: `content/stages.yml:12`. `texts` are the
    strings as they read now; without line and texts: all that have changed since. Raises Problems
    when there is nothing to declare.
    """
    name, line = _file_and_line(file)
    reworded = english_strings.reworded_since(project, name, since)
    if not reworded:
        found = f"a file whose strings all read as in {since}"
        raise Problems([Problem(name, line or 1, found, "a string to change first")])
    meant = set(texts)
    if line:
        meant |= english_strings.texts_at(project, name, line)
    chosen = [each for each in reworded if each.after in meant or not (texts or line)]
    missing = sorted(set(texts) - {each.after for each in chosen})
    if missing or not chosen:
        found = f"`{brief(missing[0])}`" if missing else "a line without a string"
        now = "; ".join(f"“{brief(each.after)}”" for each in reworded)
        expected = f"a string that reads otherwise than in {since}: {now}"
        raise Problems([Problem(name, line or 1, found, expected)])
    known = pins.reworded_strings(project)
    news = [each for each in dict.fromkeys(chosen) if each not in known]
    if news:
        pairs = {path: dict(of_page) for path, of_page in pins.same_meaning(project).pages.items()}
        pins.write_same_meaning(project, pairs, (*known, *news))
    return chosen


def _file_and_line(file: str) -> tuple[str, int]:
    """A file as people name it, and the line behind it; 0 where there is none."""
    name, colon, number = file.rpartition(":")
    if colon and number.isdecimal():
        return Path(name).as_posix(), int(number)
    return Path(file).as_posix(), 0
