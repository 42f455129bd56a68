"""Finds pages that call a term of the glossary by another word than their edition does. A hint,
never a judgement.

A word counts as used when all but its ending is there: languages bend and join their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from macros.facts.load import load
from macros.facts.model import Term
from macros.facts.problem import Problem, Problems
from macros.language.translator import Translator
from roadmap.check.safety.allowlist import brief
from roadmap.check.structure.alignment import Sides
from roadmap.check.structure.outline import Section, Shape
from roadmap.translation import catalogue

OR = re.compile(r"[;,()]| / ")  # between two words for one thing
EXPLAINED = re.compile(
    r"\((?![A-Z]{2,}\))[^)]*\)"
)  # what is no other word: not (ECEC), but (Denmark), (0–6 år)
OTHER_ENDING = re.compile(r"/\w{1,4}\b")  # educador/a
SHORTEST, ENDING = 3, 2  # letters that must be there, letters that an ending may replace
LEAST = 4  # letters of a word that counts in a term of several


@dataclass(frozen=True)
class Called:
    """A term, and what the edition calls it. `english` finds it in English, whatever its number."""

    term: Term
    words: str
    english: re.Pattern[str]


def warnings(root: Path, code: str, sides: list[Sides]) -> list[Problem]:
    """For each page and term: English uses it, and the translation has none of the words of its
    glossary.
    """
    try:
        called = list(_called(root, code))
    except Problems:
        return []
    return [problem for each in sides for one in called for problem in _unused(each, one)]


def _called(root: Path, code: str) -> Iterator[Called]:
    """The terms that have a word in this language. What messages.po says goes before what the facts
    say.
    """
    terms, words = load(root / "content").facts.terms, Translator(code, catalogue.read(root, code))
    for term in terms:
        said = words.translations.pgettext(f"glossary/{term.id}/term", term.term)
        local = (
            each.term
            for each in term.local
            if each.language == code.split("-")[0] and not each.proposal
        )
        said = said if said != term.term else next(local, "")
        if said:
            plural = "|".join(re.escape(each) + "(?:s|es)?" for each in _alternatives(term.term))
            yield Called(term, said, re.compile(rf"\b(?:{plural})\b", re.IGNORECASE))


def _unused(sides: Sides, called: Called) -> Iterator[Problem]:
    asked = [here for english, here in sides.alike if _used_in_english(english, called)]
    if asked and not _used(sides.here, called):
        line = next((call.line for call in asked[0].calls if _is(call, called)), asked[0].line)
        there = f"a page without “{brief(called.words)}”, where English says “{called.term.term}”"
        yield sides.here.page.problem(line, there, "the word of the glossary, or another one there")


def _is(call, called: Called) -> bool:
    return call.name == "term" and call.arguments[:1] == (called.term.id,)


def _used_in_english(section: Section, called: Called) -> bool:
    """Whether English itself uses the word: a piece may show a term under another one."""
    bare = any(_is(call, called) and len(call.arguments) == 1 for call in section.calls)
    return bare or any(called.english.search(part.text) for part in section.of("text"))


def _used(page: Shape, called: Called) -> bool:
    for section in page.sections:
        if any(_is(call, called) and len(call.arguments) == 1 for call in section.calls):
            return True
        if any(mentions(part.text, called.words) for part in section.of("text")):
            return True
    return False


def mentions(text: str, term: str) -> bool:
    """Whether a text uses one of the words for a term."""
    text = text.casefold()
    return any(all(stem in text for stem in _stems(words)) for words in _alternatives(term))


def _alternatives(term: str) -> list[str]:
    bare = EXPLAINED.sub("", OTHER_ENDING.sub("", term))
    return [words for part in OR.split(bare) if (words := part.strip())]


def _stems(words: str) -> list[str]:
    each = words.casefold().split()
    counting = [word for word in each if len(word) >= LEAST] or each
    return [word[: max(SHORTEST, len(word) - ENDING)] for word in counting]
