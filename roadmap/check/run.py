"""Judges a project before anything is built: one pass that collects every error and every hint."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from functools import partial

from macros.facts.problem import Problem, Problems, collect_problems
from roadmap.check.english import check_edition_file, check_english
from roadmap.check.hints import hints
from roadmap.check.messages import check_messages
from roadmap.check.pins import check_pins
from roadmap.check.reviews import check_reviews
from roadmap.check.safety.files import check_safety, readable_part
from roadmap.check.search_queries import check_queries
from roadmap.check.structure.compare import check_structure
from roadmap.project.edition_file import ENGLISH, check_language
from roadmap.project.processes import side_by_side
from roadmap.project.project import Edition, Project
from roadmap.project.remembered import remembered
from roadmap.translation import extract


def check(project: Project, codes: Collection[str] = ()) -> list[Problem]:
    """Everything that is wrong with the facts, the English pages, the navigation and these
    editions, else all; and as hints what is left to do in them. Sorted, none twice.

    What of a translated edition is not safe to read is named, and not judged any further. Whatever
    cannot be read is a problem; raises none.
    """
    problems = {*check_english_edition(project), *collect_problems(lambda: _hints(project.english))}
    translations = [code for code in codes or project.codes if code != ENGLISH]
    if len(translations) > 1:
        _prepare(project)
    for found in side_by_side(partial(_check_and_remember, project), translations):
        problems.update(found)
    project.save_memos()
    project.save_memos(ENGLISH)
    return sorted(problems)


def _prepare(project: Project) -> None:
    """Works out what all translations need, once, before their processes begin."""
    with suppress(Problems):  # they are among those of English
        extract.sentences(project)


def _check_and_remember(project: Project, code: str) -> list[Problem]:
    problems = check_translation(project.edition(code))
    project.save_memos(code)
    return problems


def check_english_edition(project: Project) -> list[Problem]:
    """English is judged as a whole; safety adds what nobody else has named at a line."""
    problems = check_english(project)
    unsafe = collect_problems(lambda: check_safety(project.english))
    return [*problems, *_elsewhere(unsafe, problems)]


def _check_messages(edition: Edition) -> list[Problem]:
    """What is wrong in the catalogue, as it was found before, or found now."""
    memo = edition.project.memo("structure", edition.code)
    return remembered(memo, check_messages, edition, values=[edition.pieces_key])


def _hints(edition: Edition) -> list[Problem]:
    """The hints, as they were found before or found now: they read most of what there is."""
    project = edition.project
    files = project.files_key(edition.folder, project.english.folder)
    memo = project.memo("hints", edition.code)
    return remembered(
        memo, hints, edition, values=[edition.pieces_key, project.templates_key, files]
    )


def check_translation(edition: Edition, *, with_hints: bool = True) -> list[Problem]:
    """What an edition says of itself, its messages, pins, structure and queries; then hints."""
    unsafe = collect_problems(lambda: check_safety(edition))
    readable = readable_part(edition)
    if readable is None:
        return unsafe
    try:
        check_language(edition.code)
    except Problems as no_language:
        return [*unsafe, *no_language.problems]
    others = collect_problems(
        lambda: check_edition_file(readable),
        lambda: check_reviews(readable),
        lambda: _check_messages(readable),
        lambda: check_pins(readable),
        lambda: check_structure(readable),
        lambda: check_queries(readable),
    )
    if with_hints:
        others += _hints(readable)
    return [*unsafe, *_elsewhere(others, unsafe)]


def _elsewhere(problems: Iterable[Problem], named: Iterable[Problem]) -> list[Problem]:
    """The problems at lines that nobody has named yet."""
    places = {(problem.path, problem.line) for problem in named}
    return [problem for problem in problems if (problem.path, problem.line) not in places]
