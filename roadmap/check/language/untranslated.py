"""Finds what of an edition is still in English: paragraphs, messages, worksheets.

A text counts as English when it is the English one, word for word, or when too many of its words
are small words that English has and its neighbours do not. Words that shall stay English are marked
`<span lang="en">`, and left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import unescape

from babel.messages.catalog import Message

from macros.facts.problem import Problem, brief
from macros.language.messages import PLACEHOLDER, forms
from macros.language.translator import UNTRANSLATED
from macros.pieces import Pieces
from roadmap.check.language.shown_messages import (
    catalogue_file,
    lacking_messages,
    shown_messages,
)
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
ENGLISH_TEXT = re.compile(f'{UNTRANSLATED}([^<"{UNTRANSLATED}]*)')


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


# Worksheets: whole in one language, or in English


def half_translated_worksheets(edition: Edition) -> Iterator[Problem]:
    """Worksheets that are begun but not whole: their readers get them in English.

    Raises Problems where the facts or the messages cannot be read.
    """
    pieces = replace(edition.pieces("worksheets/index.md"), english=None)
    begun = _begun_worksheets(edition)
    for worksheet in pieces.facts.worksheets:
        if not begun[worksheet.id]:
            continue
        texts = _english_texts_of(pieces, worksheet.id)
        if not texts:
            continue
        lines = []
        for message in lacking_messages(edition):
            if _is_among(message, texts, worksheet.id):
                lines.append(message.lineno or 1)
        number = len(lines) or "some"
        found = (
            f"the worksheet `{worksheet.id}`, which comes in English: "
            f"{number} of its messages have no translation"
        )
        expected = "a translation of each; here is the first"
        yield Problem(
            catalogue_file(edition),
            min(lines, default=1),
            found,
            expected,
        )


def _begun_worksheets(edition: Edition) -> Counter[str]:
    """How many messages of each worksheet are translated."""
    begun: Counter[str] = Counter()
    for message in shown_messages(edition):
        context = message.context or ""
        if context.startswith("worksheets/"):
            begun[context.split("/")[1]] += 1
    return begun


def _english_texts_of(pieces: Pieces, id: str) -> set[str]:
    """What of a worksheet is said in English: the beginning of each text."""
    texts = {unescape(text).strip() for text in ENGLISH_TEXT.findall(pieces.worksheet(id))}
    return texts - {""}


def _is_among(
    message: Message,
    texts: set[str],
    id: str,
) -> bool:
    """Whether a message is one of those that a worksheet says in English."""
    context = message.context or ""
    is_of_other_worksheet = not context.startswith(f"worksheets/{id}/")
    if context.startswith("worksheets/") and is_of_other_worksheet:
        return False
    beginning = PLACEHOLDER.split(forms(message.id)[0])[0].strip()
    if not beginning:
        return False
    return any(text.startswith(beginning) or beginning.startswith(text) for text in texts)
