"""Judges the pins of an edition, and what English declares to mean the same: are they true?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from macros.facts.problem import Problem, Problems, brief, collect_problems
from macros.language import same_meaning
from roadmap.project.project import Edition, Project
from roadmap.project.sections import sections
from roadmap.translation import extract, pins
from roadmap.translation.moved_in_english import advice
from roadmap.translation.pins import PinFile


def check_pins(edition: Edition) -> list[Problem]:
    """Where state.yml is not true: pages and sections it does not know, pins of what is gone.

    What is not pinned yet is a hint: nobody can pin in the web editor. English is translated from
    no other edition and has no pins.
    """
    if edition.is_english:
        return []
    try:
        pin_file = pins.pins(edition)
    except Problems as malformed:
        return list(malformed.problems)
    problems: list[Problem] = []
    for path in edition.own_pages & edition.pages.keys():
        for problem in _unpinned(edition, path, pin_file):
            problems.append(replace(problem, severity="hint"))
    for path in pin_file.pages:
        problems += _pins_of_nothing(edition, path, pin_file)
    return sorted(problems)


def _unpinned(edition: Edition, path: str, pin_file: PinFile) -> Iterator[Problem]:
    """Where a page, or a section of it, has no pin."""
    page = edition.pages[path]
    command = f"`roadmap sync {edition.code} {path}`"
    expected = (
        f"{command}, which notes the English that it follows; a maintainer does it after reading, "
        "you need not"
    )
    pinned_ids = pin_file.pages.get(path)
    if pinned_ids is None:
        found = f"a page that {pin_file.file} does not know"
        yield page.problem(
            1,
            found,
            expected,
        )
        return
    english_ids = _section_ids(edition.project.english, path)
    for id, section in sections(page.text).items():
        if id in english_ids and id not in pinned_ids:
            found = f"the section `{id}`, which {pin_file.file} does not know"
            yield page.problem(
                section.line,
                found,
                expected,
            )


def _pins_of_nothing(edition: Edition, path: str, pin_file: PinFile) -> Iterator[Problem]:
    """Where a page, or a section of it, is pinned and not there."""
    english = edition.project.english
    command = f"`roadmap sync {edition.code} {path}`, which takes it out"
    if path not in edition.page_paths:
        found = f"pins of `{path}`, a page that is not there"
        yield pin_file.problem(
            (path,),
            found,
            command if path in english.page_paths else advice(edition.project, path, command),
        )
        return
    if path not in edition.pages:
        return  # it cannot be read, which is said at its line
    english_ids = _section_ids(edition.project.english, path)
    pinned_ids = pin_file.pages[path].keys()
    for id in pinned_ids - _section_ids(edition, path):
        found = f"a pin of `{path}#{id}`, a section that is not there"
        if id in english_ids:
            expected = f"the section in {edition.file_name(path)}, with its id"
        else:
            expected = advice(edition.project, f"{path}#{id}", command)
        yield pin_file.problem(
            (path, id),
            found,
            expected,
        )


def _section_ids(edition: Edition, path: str) -> set[str]:
    """The ids of the sections of a page; none where it is not there or cannot be read."""
    page = edition.pages.get(path)
    if page is None:
        return set()
    return set(sections(page.text))


def check_same_meaning(project: Project) -> list[Problem]:
    """Where same-meaning.yml names pages, sections or strings that English does not have."""
    return sorted(
        collect_problems(
            lambda: _sections_of_nothing(project),
            lambda: _strings_of_nothing(project),
        )
    )


def _sections_of_nothing(project: Project) -> Iterator[Problem]:
    pin_file = pins.same_meaning(project)
    for path, declared in pin_file.pages.items():
        if path not in project.english.pages:
            found = f"`{path}`, a page that is not there"
            yield pin_file.problem(
                (path,),
                found,
                advice(project, path, "the path of an English page"),
            )
            continue
        known_ids = _section_ids(project.english, path)
        for id in declared.keys() - known_ids:
            found = f"`{path}#{id}`, a section that is not there"
            yield pin_file.problem(
                (path, id),
                found,
                advice(project, f"{path}#{id}", "the id of a section"),
            )


def _strings_of_nothing(project: Project) -> Iterator[Problem]:
    """A hint where a string says after its change what no string says now: a slip of the pen, or
    English has gone on since.
    """
    declared = pins.reworded_strings(project)
    if not declared:
        return
    known = {each.before for each in declared}
    for sentence in extract.sentences(project):
        known |= {sentence.text, sentence.plural or ""}
    _, lines = project.english.yaml(same_meaning.FILE)
    for index, each in enumerate(declared):
        if each.after not in known:
            yield Problem(
                project.english.file_name(same_meaning.FILE),
                lines[same_meaning.STRINGS, index, "after"],
                f"`after: {brief(each.after)}`, which no English string says",
                "the text as it reads now, every sign of it; or neither of the two lines",
                "hint",
            )
