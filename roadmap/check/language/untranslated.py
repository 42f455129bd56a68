"""Finds what of a translated edition is still in English: paragraphs, messages, sheets. A hint,
never a judgement.

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
from pathlib import Path

from babel.messages.catalog import Message

from macros import pieces_of
from macros.facts.problem import Problem, Problems
from macros.language import messages
from macros.language.messages import PLACEHOLDER, Messages, forms, is_shown
from macros.language.translator import UNTRANSLATED
from macros.pieces import Pieces
from roadmap.check.safety.allowlist import brief
from roadmap.check.structure.alignment import Sides
from roadmap.check.structure.outline import PIECE

FEWEST, FEWEST_TELLING = 4, 8  # words of a text that is judged: as a whole, by its small words
FEWEST_TEXTS = 5  # in English, before a page as a whole counts as English
# of telling words: nine of ten English paragraphs here have it, one of a thousand in other
# languages
SHARE = 0.15
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")
TELLING = frozenset(
    WORD.findall(
        "the and that this these those with from their there they them which who whose what when where why how you your "
        "are were been being not but because through between about into each other both every all any than then "
        "can could should would must may might does did will shall our its his her she it’s don’t"
    )
)
SMALL = TELLING | set(
    WORD.findall("a an of in on at to for by as is was be or if no so do has had have it we he")
)
ENGLISH_TEXT = re.compile(f'{UNTRANSLATED}([^<"{UNTRANSLATED}]*)')


def on_pages(sides: Iterable[Sides]) -> Iterator[Problem]:
    """Paragraphs, items and cells that are still in English; of a page that is, the page."""
    for each in sides:
        if is_english(each):
            instead = "a translation; without the page, readers get the English one and are told"
            yield each.here.page.problem(1, "a page that is mostly in English", instead)
        else:
            yield from _on_page(each)


def is_english(sides: Sides) -> bool:
    """Whether most of a page is still in English."""
    long = [
        part
        for section in sides.here.sections
        for part in section.of("text")
        if _length(part.text) >= FEWEST
    ]
    left = sum(1 for _ in _on_page(sides))
    return left >= FEWEST_TEXTS and 2 * left >= len(long)


def _on_page(sides: Sides) -> Iterator[Problem]:
    english = {
        part.text: part.line for section in sides.english.sections for part in section.of("text")
    }
    for part in (part for section in sides.here.sections for part in section.of("text")):
        line = english.get(part.text)
        if reason := _english(part.text, line is not None):
            place = f", of {sides.at(line)}" if line else ""
            yield sides.here.page.problem(
                part.line, reason, f'a translation{place}; names as `<span lang="en">`'
            )


def _length(text: str) -> int:
    return len(WORD.findall(text.replace(PIECE, " ")))


def in_messages(found: Messages, file: str) -> Iterator[Problem]:
    """Messages whose translation is still in English."""
    for message in (each for each in found if is_shown(each, found.one)):
        for text in dict.fromkeys(forms(message.string)):
            if reason := _english(text, text in forms(message.id)):
                yield Problem(
                    file, message.lineno or 1, reason, "a translation, or an empty `msgstr`"
                )


def messages_of(root: Path, code: str) -> Messages:
    """The messages of an edition; none where they cannot be read, which is said elsewhere."""
    try:
        return messages.parse(root, code)
    except Problems:
        return Messages(code)


def _english(text: str, same: bool) -> str | None:
    """Why a text counts as English. `same`: it is the English one."""
    said = [word.casefold() for word in WORD.findall(text.replace(PIECE, " "))]
    if same and len(said) >= FEWEST and SMALL & set(said):
        return f"English: “{brief(_plain(text))}”"
    if len(said) >= FEWEST_TELLING and sum(word in TELLING for word in said) >= SHARE * len(said):
        return f"what reads like English: “{brief(_plain(text))}”"
    return None


def _plain(text: str) -> str:
    return " ".join(text.replace(PIECE, "…").split())


# Sheets: whole in one language, or in English


def sheets(root: Path, code: str, found: Messages, file: str) -> Iterator[Problem]:
    """Worksheets that are begun but not whole: their readers get them in English."""
    try:
        pieces = replace(pieces_of(root, code)("worksheets/index.md"), english=None)
    except Problems:
        return
    lacking = [each for each in found if not is_shown(each, found.one)]
    begun = Counter(
        (each.context or "/").split("/")[1]
        for each in found
        if is_shown(each, found.one) and (each.context or "").startswith("worksheets/")
    )
    for sheet in pieces.facts.worksheets:
        if begun[sheet.id] and (said := _still_english(pieces, sheet.id)):
            missing = [each for each in lacking if _stands(each, said, sheet.id)]
            line = min((each.lineno or 1 for each in missing), default=1)
            there = f"the worksheet `{sheet.id}`, which comes in English: {len(missing) or 'some'} of its messages"
            yield Problem(
                file,
                line,
                f"{there} have no translation",
                "a translation of each; here is the first",
            )


def _still_english(pieces: Pieces, id: str) -> set[str]:
    """What of a worksheet is said in English: the beginning of each text."""
    return {unescape(text).strip() for text in ENGLISH_TEXT.findall(pieces.worksheet(id))} - {""}


def _stands(message: Message, said: set[str], id: str) -> bool:
    """Whether a message is one of those that a worksheet says in English."""
    if (message.context or "").startswith("worksheets/") and not message.context.startswith(
        f"worksheets/{id}/"
    ):
        return False
    start = PLACEHOLDER.split(forms(message.id)[0])[0].strip()
    return bool(start) and any(text.startswith(start) or start.startswith(text) for text in said)
