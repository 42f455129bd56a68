"""Finds what of an edition is still in English: paragraphs, messages.

A text counts as English when it is the English one, word for word, or when too many of its words
are small words that English has and its neighbours do not. Words that shall stay English are marked
`<span lang="en">`, and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from macros.facts.problem import Problem, brief
from macros.language.messages import forms
from roadmap.check.language.shown_messages import catalogue_file, shown_messages
from roadmap.check.structure.alignment import Alignment
from roadmap.check.structure.outline import PIECE
from roadmap.project.project import Edition

FEWEST_WORDS = 4  # of a text that is judged as a whole
FEWEST_WORDS_TELLING = 8  # of a text that is judged by its small words
FEWEST_TEXTS = 5  # in English, before a page as a whole counts as English
# of telling words: nine of ten English paragraphs here have it, one of a thousand in other
# languages
SHARE = 0.15
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
TELLING = frozenset(
    WORD.findall(
        "the and that this these those with from their there they them which who whose what when "
        "where why how you your are were been being not but because through between about into "
        "each other both every all any than then can could should would must may might does did "
        "will shall our its his her she it’s don’t"
    )
)
SMALL = TELLING.union(
    WORD.findall("a an of in on at to for by as is was be or if no so do has had have it we he")
)


# Pages


def untranslated_on_pages(alignments: Iterable[Alignment]) -> Iterator[Problem]:
    """Paragraphs, items and cells that are still in English; of a page that is, the page."""
    for alignment in alignments:
        if is_english(alignment):
            page = alignment.translated.page
            expected = "a translation; without the page, readers get the English one and are told"
            yield page.problem(
                1,
                "a page that is mostly in English",
                expected,
            )
        else:
            yield from _english_texts(alignment)


def is_english(alignment: Alignment) -> bool:
    """Whether most of a page is still in English."""
    long_texts = 0
    for block in alignment.translated.blocks("text"):
        if len(_words(block.text)) >= FEWEST_WORDS:
            long_texts += 1
    english_texts = len(list(_english_texts(alignment)))
    return english_texts >= FEWEST_TEXTS and 2 * english_texts >= long_texts


def _english_texts(alignment: Alignment) -> Iterator[Problem]:
    english_lines: dict[str, int] = {}
    for block in alignment.english.blocks("text"):
        english_lines[block.text] = block.line
    for block in alignment.translated.blocks("text"):
        line = english_lines.get(block.text)
        found = why_english(block.text, is_same=line is not None)
        if found:
            place = f", of {alignment.english_place(line)}" if line else ""
            expected = f'a translation{place}; names as `<span lang="en">`'
            yield alignment.translated.page.problem(
                block.line,
                found,
                expected,
            )


def _words(text: str) -> list[str]:
    return WORD.findall(text.replace(PIECE, " "))


def why_english(text: str, is_same: bool) -> str | None:
    """Why a text counts as English; None where it does not. `is_same`: it is the English one."""
    words = [word.casefold() for word in _words(text)]
    quote = brief(text.replace(PIECE, "…"))
    has_small_word = not SMALL.isdisjoint(words)
    if is_same and len(words) >= FEWEST_WORDS and has_small_word:
        return f"English: “{quote}”"
    telling = sum(word in TELLING for word in words)
    is_telling = telling >= SHARE * len(words)
    if len(words) >= FEWEST_WORDS_TELLING and is_telling:
        return f"what reads like English: “{quote}”"
    return None


# Messages


def untranslated_messages(edition: Edition) -> Iterator[Problem]:
    """Messages whose translation is still in English."""
    for message in shown_messages(edition):
        english = forms(message.id)
        for text in dict.fromkeys(forms(message.string)):
            if found := why_english(text, is_same=text in english):
                line = message.lineno or 1
                expected = "a translation, or an empty `msgstr`"
                yield Problem(
                    catalogue_file(edition),
                    line,
                    found,
                    expected,
                )
