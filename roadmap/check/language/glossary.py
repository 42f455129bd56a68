"""Finds pages that call a term of the glossary by another word than their edition does.

A word counts as used when all but its ending is there: languages bend and join their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from macros.facts.model import Term
from macros.facts.problem import Problem, brief
from roadmap.check.structure.alignment import Alignment
from roadmap.check.structure.outline import Outline, SectionOutline
from roadmap.project.piece_calls import Call
from roadmap.project.project import Edition

OR = re.compile(r"[;,()]| / ")  # between two words for one thing
# What is no other word: not (ECEC), but (Denmark), (0–6 år)
EXPLAINED = re.compile(r"\((?![A-Z]{2,}\))[^)]*\)")
OTHER_ENDING = re.compile(r"/\w{1,4}\b")  # educador/a
SHORTEST_STEM = 3  # letters that must be there
LONGEST_ENDING = 2  # letters that an ending may replace
LEAST_LETTERS = 4  # of a word that counts in a term of several
VOWELS = str.maketrans("äöü", "aou")  # a plural may change one: Wort, Wörter


@dataclass(frozen=True)
class LocalTerm:
    """A term, and what the edition calls it. `english` finds it in English, whatever its number."""

    term: Term
    words: str
    english: re.Pattern[str]


def unused_terms(edition: Edition, alignments: Iterable[Alignment]) -> Iterator[Problem]:
    """For each page and term: English uses it, and the translation has none of the words of its
    glossary. Raises Problems where the facts or the messages cannot be read.
    """
    terms = list(_local_terms(edition))
    for alignment in alignments:
        for term in terms:
            if problem := _unused(alignment, term):
                yield problem


def _local_terms(edition: Edition) -> Iterator[LocalTerm]:
    """The terms that have a word in this language. What messages.po says goes before what the facts
    say.
    """
    translations = edition.translator.translations
    for term in edition.project.content.facts.terms:
        words = translations.pgettext(f"glossary/{term.id}/term", term.term)
        if words == term.term:
            words = _word_in_facts(term, edition.code.split("-")[0])
        if words:
            yield LocalTerm(term, words, _english_pattern(term))


def _word_in_facts(term: Term, language: str) -> str:
    """What the facts call a term in a language; empty where they do not say."""
    for local in term.local:
        if local.language == language and not local.proposal:
            return local.term
    return ""


def _english_pattern(term: Term) -> re.Pattern[str]:
    alternatives = [re.escape(words) + "(?:s|es)?" for words in _alternatives(term.term)]
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


def _unused(alignment: Alignment, term: LocalTerm) -> Problem | None:
    if _is_used(alignment.translated, term):
        return None
    for english, translated in alignment.comparable:
        if _is_used_in_english(english, term):
            line = _line_of_call(translated, term)
            said = f"where English says “{term.term.term}”"
            found = f"a page without “{brief(term.words)}”, {said}"
            expected = "the word of the glossary, or another one there"
            return alignment.translated.page.problem(
                line,
                found,
                expected,
            )
    return None


def _line_of_call(section: SectionOutline, term: LocalTerm) -> int:
    for call in section.calls:
        if _is_call_of(call, term):
            return call.line
    return section.line


def _is_call_of(call: Call, term: LocalTerm) -> bool:
    return call.name == "term" and call.arguments[:1] == (term.term.id,)


def _is_called_by_its_name(section: SectionOutline, term: LocalTerm) -> bool:
    """Whether a piece shows the term as the glossary calls it."""
    bare_call = Call(
        0,
        "term",
        (term.term.id,),
    )
    return any(replace(call, line=0) == bare_call for call in section.calls)


def _is_used_in_english(section: SectionOutline, term: LocalTerm) -> bool:
    """Whether English itself uses the word: a piece may show a term under another one."""
    if _is_called_by_its_name(section, term):
        return True
    return any(term.english.search(block.text) for block in section.of("text"))


def _is_used(page: Outline, term: LocalTerm) -> bool:
    if any(_is_called_by_its_name(section, term) for section in page.sections):
        return True
    return any(mentions(block.text, term.words) for block in page.blocks("text"))


def mentions(text: str, term: str) -> bool:
    """Whether a text uses one of the words for a term."""
    text = text.casefold().translate(VOWELS)
    return any(_is_in(text, words) for words in _alternatives(term))


def _is_in(text: str, words: str) -> bool:
    return all(stem in text for stem in _stems(words))


def _alternatives(term: str) -> list[str]:
    """The words for one thing that a term lists."""
    bare = EXPLAINED.sub("", OTHER_ENDING.sub("", term))
    parts = [part.strip() for part in OR.split(bare)]
    return [part for part in parts if part]


def _stems(words: str) -> list[str]:
    """The words that count, each without what an ending may replace."""
    all_words = words.casefold().translate(VOWELS).split()
    counting = [word for word in all_words if len(word) >= LEAST_LETTERS]
    stems = []
    for word in counting or all_words:
        length = max(SHORTEST_STEM, len(word) - LONGEST_ENDING)
        stems.append(word[:length])
    return stems
