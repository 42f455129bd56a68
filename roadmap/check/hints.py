"""Hints for an edition: what a translator should look at again, and what is left to do.

They stop nothing; an edition may grow slowly.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from macros.facts.problem import Problem, Problems
from macros.language import messages
from roadmap.check.language.glossary import unused_terms
from roadmap.check.language.half_translated import half_translated
from roadmap.check.language.left_in_english import short_messages_in_english, short_texts_in_english
from roadmap.check.language.long_sentences import long_sentences
from roadmap.check.language.parallel import differing_texts
from roadmap.check.language.typography import typography_in_messages, typography_on_pages
from roadmap.check.language.untranslated import (
    is_english,
    untranslated_messages,
    untranslated_on_pages,
)
from roadmap.check.messages import differing_sentences, long_messages, outdated_messages
from roadmap.check.structure.compare import alignments
from roadmap.check.titles import check_titles
from roadmap.project.navigation import in_nav_order
from roadmap.project.project import Edition
from roadmap.translation import progress
from roadmap.translation.to_do import missing_strings

OLD_LIST = "to-do.txt"  # of editions that were begun with version 1.0.0

Source = Callable[[Edition], Iterator[Problem]]


def hints(edition: Edition) -> list[Problem]:
    """All hints for an edition; for English, on its sentences and titles. Sorted, none twice.

    What cannot be read gives none: `check` names it as an error.
    """
    if edition.is_english:
        return _collect(edition, [_sentences, _titles])
    return _collect(edition, (*LANGUAGE, half_translated, remaining_work))


def language_hints(edition: Edition) -> list[Problem]:
    """Those on the language of an edition: what readers would stumble over. Sorted, none twice."""
    if edition.is_english:
        return []
    return _collect(edition, LANGUAGE)


def _collect(edition: Edition, sources: Iterable[Source]) -> list[Problem]:
    found: set[Problem] = set()
    for source in sources:
        try:
            problems = list(source(edition))
        except Problems:
            continue
        for problem in problems:
            found.add(replace(problem, severity="hint"))
    return sorted(found)


# Language


def _untranslated_pages(edition: Edition) -> Iterator[Problem]:
    yield from untranslated_on_pages(alignments(edition).values())


def _compared_pages(edition: Edition) -> Iterator[Problem]:
    """Pages in English have been named as a whole."""
    for alignment in alignments(edition).values():
        if not is_english(alignment):
            yield from differing_texts(alignment, edition.code)
            yield from short_texts_in_english(edition, alignment)


def _glossary(edition: Edition) -> Iterator[Problem]:
    """Pages in English have been named as a whole."""
    translated = [each for each in alignments(edition).values() if not is_english(each)]
    yield from unused_terms(edition, translated)


def _typography(edition: Edition) -> Iterator[Problem]:
    outlines = [alignment.translated for alignment in alignments(edition).values()]
    yield from typography_on_pages(outlines, edition.code)
    yield from typography_in_messages(edition)


def _sentences(edition: Edition) -> Iterator[Problem]:
    yield from long_sentences(edition.pages.values(), edition.code)


def _titles(english: Edition) -> Iterator[Problem]:
    yield from check_titles(english.project)


LANGUAGE: tuple[Source, ...] = (
    _untranslated_pages,
    _compared_pages,
    untranslated_messages,
    short_messages_in_english,
    differing_sentences,
    long_messages,
    _glossary,
    _typography,
    _sentences,
)


# What is left to do


def remaining_work(edition: Edition) -> Iterator[Problem]:
    """How many pages and strings are missing, each section that English has left behind, each
    message that English no longer has, and a list that is out of date. Raises Problems.
    """
    status = progress.progress(edition)
    missing = {page.page for page in status.missing} - set(edition.page_paths)
    if missing:  # one that is there and cannot be read is named at its line
        yield _missing_pages(edition, missing)
    for each in status.drifted:
        found = f"the section `#{each.id}`, {each.why} in English since it was translated"
        yield Problem(
            edition.file_name(each.page),
            each.line,
            found,
            each.to_do(edition.code),
        )
    if found := missing_strings(edition):
        expected = "a translation of each, not marked fuzzy"
        yield Problem(edition.file_name(messages.FILE), 1, found, expected)
    yield from outdated_messages(edition)
    if (edition.folder / OLD_LIST).exists():
        found = "a list that no command keeps any more"
        expected = f"no such file; `roadmap status {edition.code}` says what is left"
        yield Problem(edition.file_name(OLD_LIST), 1, found, expected)


def _missing_pages(edition: Edition, missing: Collection[str]) -> Problem:
    core = sum(map(progress.is_core, missing))
    found = f"pages that are not translated yet: {len(missing)}, of the core set {core}"
    first = min(in_nav_order(edition.project.nav, missing), key=progress.usefulness)
    expected = f"first a translation of docs/en/{first}"
    return Problem(edition.file_name("edition.yml"), 1, found, expected)
