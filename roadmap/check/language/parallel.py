"""Compares the texts of a translated page with the English ones that they answer to: what is
missing, added or joined, what has other numbers, and where signs of Markdown are left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.facts.problem import Problem, brief
from roadmap.check.language.numbers import number_faults
from roadmap.check.structure.alignment import Alignment
from roadmap.check.structure.outline import PIECE, Block
from roadmap.check.structure.paragraphs import TextPair, length_ratio, pairs_of

LONG = 80  # characters of an English text whose length tells something
HALF = 0.5
COUNTED = {2: "two", 3: "three"}
LEFT_OVER = re.compile(  # `Kolleg*innen` is a word
    r"\*\*|(?<![\w*])\*(?=\w)|(?<=[\w.,:;!?])\*(?![\w*])|(?<!_)__(?!_)|`|\](?= ?\()"
)


def differing_texts(alignment: Alignment, code: str) -> Iterator[Problem]:
    """Where the texts of a page do not say what the English ones say, as far as signs tell."""
    yield from _description(alignment, code)
    ratio = length_ratio(list(alignment.comparable))
    for pair in pairs_of(alignment):
        yield from _texts(alignment, pair)
        if shorter := list(_length(alignment, pair, ratio)):
            yield from shorter
        else:
            yield from _numbers(alignment, pair, code)
        for block in pair.translated:
            yield from _left_over(alignment, block, pair)


def _description(alignment: Alignment, code: str) -> Iterator[Problem]:
    """The numbers of the description."""
    _, english = alignment.english.page.front_matter.get("description", (1, ""))
    line, own = alignment.translated.page.front_matter.get("description", (1, ""))
    if english and own:
        for fault in number_faults(english, own, code):
            yield alignment.translated.page.problem(line, *fault)


def _texts(alignment: Alignment, pair: TextPair) -> Iterator[Problem]:
    """Texts that are missing, added, joined or split."""
    page = alignment.translated.page
    if len(pair.english) == len(pair.translated):
        return
    if not pair.translated:
        english = pair.english[0]
        found = f"no text for “{_quote(english)}”"
        expected = f"a translation of {alignment.english_place(english.line)} below this line"
        yield page.problem(pair.below, found, expected)
    elif not pair.english:
        own = pair.translated[0]
        found = f"a text that English does not have: “{_quote(own)}”"
        yield page.problem(own.line, found, "what the English page says, and nothing else")
    elif len(pair.english) > 1:
        places = " and ".join(alignment.english_place(block.line) for block in pair.english)
        own = pair.translated[0]
        several = COUNTED[len(pair.english)]
        found = f"one text for {several} of English: “{_quote(own)}”"
        yield page.problem(own.line, found, f"{several}, as in {places}")
    else:
        place = alignment.english_place(pair.english[0].line)
        own = pair.translated[0]
        found = f"{COUNTED[len(pair.translated)]} texts for one of English: “{_quote(own)}”"
        yield page.problem(own.line, found, f"one, as in {place}")


def _length(alignment: Alignment, pair: TextPair, ratio: float) -> Iterator[Problem]:
    """A text that is much shorter or longer than its English one lacks something, or adds it."""
    if len(pair.english) != 1 or len(pair.translated) != 1:
        return
    [english], [own] = pair.english, pair.translated
    wanted = len(english.text) * ratio
    if len(english.text) < LONG:
        return
    place = alignment.english_place(english.line)
    if len(own.text) < HALF * wanted:
        found = f"a text less than half as long as English: “{_quote(own)}”"
        yield alignment.translated.page.problem(own.line, found, f"all that {place} says")
    elif len(own.text) * HALF > wanted:
        found = f"a text more than twice as long as English: “{_quote(own)}”"
        yield alignment.translated.page.problem(own.line, found, f"what {place} says")


def _numbers(alignment: Alignment, pair: TextPair, code: str) -> Iterator[Problem]:
    """The numbers of English, in digits or in words."""
    if not pair.english or not pair.translated:
        return
    english = " ".join(block.text for block in pair.english)
    own = " ".join(block.text for block in pair.translated)
    for found, expected in number_faults(english, own, code):
        line = _line_of(found, pair.translated)
        place = alignment.english_place(pair.english[0].line)
        yield alignment.translated.page.problem(line, found, f"{expected} ({place})")


def _line_of(found: str, blocks: tuple[Block, ...]) -> int:
    """The line with the number that a fault names, else the first."""
    named = re.search("`(.+?)`", found)
    for block in blocks:
        for line, words in block.words:
            if named and named[1] in words:
                return line
    return blocks[0].line


def _left_over(alignment: Alignment, block: Block, pair: TextPair) -> Iterator[Problem]:
    """Signs that Markdown did not take, which readers would see."""
    english = " ".join(each.text for each in pair.english)
    for line, words in block.words:
        match = LEFT_OVER.search(words)
        if match and match[0] not in english:
            excerpt = words[max(0, match.start() - 12) : match.end() + 12]
            found = f"`{match[0]}`, which readers will see (`{brief(excerpt.replace(PIECE, '…'))}`)"
            expected = "`**words**`, with no space inside the signs"
            if match[0] == "]":
                expected = "`[words](page.md)`, with no space between"
            yield alignment.translated.page.problem(line, found, expected)
            return


def _quote(block: Block) -> str:
    return brief(block.text.replace(PIECE, "…"))
