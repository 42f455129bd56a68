"""Pairs the texts of a translated section with those of the English one: which says which.

Where both have as many, they answer to each other in their order. Else the pairs are found by
length, links, terms and numbers, as sentences are aligned in parallel texts (Gale and Church,
1993). Judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

from roadmap.check.structure.alignment import Alignment
from roadmap.check.structure.outline import COUNTED, Block, SectionOutline

PENALTY = {  # of a step: English texts, translated texts
    (1, 1): 0.0,
    (1, 0): 1.0,
    (0, 1): 1.0,
    (2, 1): 1.0,
    (1, 2): 1.0,
    (3, 1): 2.0,
    (1, 3): 2.0,
}
NAMED = 1.5  # weight of what texts name; of their numbers, which may be written in words, 1
MOST = 60  # texts of a section that are paired by what they hold
SHORT = 40  # characters of a text that says nothing of how long others are
DIGITS = re.compile(r"\d+")
LATIN_DIGITS = {digit: str(int(chr(digit))) for digit in range(0x660, 0x66A)}


@dataclass(frozen=True)
class TextPair:
    """Texts that answer to each other: one and one; none on one side; or some joined or split."""

    english: tuple[Block, ...]
    translated: tuple[Block, ...]
    below: int  # the line of the translated page that a missing text would follow


@dataclass(frozen=True)
class _Text:
    """A text, and what it names: the addresses of its links, its terms and other pieces."""

    block: Block
    names: frozenset[str]


def pairs_of(alignment: Alignment) -> Iterator[TextPair]:
    """The texts of a page in pairs: those of all sections that English has not changed since."""
    sections = list(alignment.comparable)
    ratio = length_ratio(sections)
    for english, translated in sections:
        yield from _text_pairs(english, translated, ratio)


def length_ratio(sections: Sequence[tuple[SectionOutline, SectionOutline]]) -> float:
    """How many letters the translation has for one of English: in the middle of its texts."""
    ratios = []
    for english, translated in sections:
        one = _texts(english, top_only=False)
        other = _texts(translated, top_only=False)
        if len(one) == len(other):
            for text, other_text in zip(one, other, strict=True):
                if len(text.block.text) >= SHORT:
                    ratios.append(len(other_text.block.text) / len(text.block.text))
    return median(ratios) if ratios else 1.0


def _text_pairs(
    english: SectionOutline, translated: SectionOutline, ratio: float
) -> Iterator[TextPair]:
    """The texts of two sections in pairs, in their order.

    Where the sections differ in lists, tables or callouts, which is said elsewhere, only their own
    paragraphs are looked at.
    """
    top_only = any(len(english.of(kind)) != len(translated.of(kind)) for kind in COUNTED)
    top_only = top_only or _sizes(english) != _sizes(translated)
    one = _texts(english, top_only)
    other = _texts(translated, top_only)
    line = translated.line
    for count, other_count in _steps(one, other, ratio):
        own = tuple(text.block for text in one[:count])
        others = tuple(text.block for text in other[:other_count])
        pair = TextPair(own, others, line)
        yield pair
        del one[:count]
        del other[:other_count]
        if pair.translated:
            line = _last_line(pair.translated[-1])


def _sizes(section: SectionOutline) -> list[object]:
    return [block.size for kind in COUNTED for block in section.of(kind)]


def _texts(section: SectionOutline, top_only: bool) -> list[_Text]:
    texts = []
    for block in section.of("text"):
        if block.words and (block.top or not top_only):
            names = {link.address for link in block.links}
            lines = {line for line, _ in block.words}
            for call in section.calls:
                if call.line in lines:
                    names.add(f"{call.name}({call.arguments[:1]})")
            texts.append(_Text(block, frozenset(names)))
    return texts


def _last_line(block: Block) -> int:
    return block.words[-1][0] if block.words else block.line


def _steps(one: Sequence[_Text], other: Sequence[_Text], ratio: float) -> list[tuple[int, int]]:
    """How many texts of each side belong together, from the first to the last."""
    if len(one) == len(other):
        return [(1, 1)] * len(one)
    if max(len(one), len(other)) > MOST:
        return []
    return _cheapest(one, other, ratio)


def _cheapest(one: Sequence[_Text], other: Sequence[_Text], ratio: float) -> list[tuple[int, int]]:
    """The steps through both sides with the least cost in all."""

    @cache
    def rest(start: int, other_start: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        if start == len(one) and other_start == len(other):
            return 0.0, ()
        best: tuple[float, tuple[tuple[int, int], ...]] = (float("inf"), ())
        for count, other_count in PENALTY:
            end = start + count
            other_end = other_start + other_count
            if end > len(one) or other_end > len(other):
                continue
            here = _cost(one[start:end], other[other_start:other_end], ratio)
            later, steps = rest(end, other_end)
            best = min(best, (here + later, ((count, other_count), *steps)))
        return best

    return list(rest(0, 0)[1])


def _cost(one: Sequence[_Text], other: Sequence[_Text], ratio: float) -> float:
    """How badly texts answer to each other: 0 to about 5."""
    cost = PENALTY[len(one), len(other)]
    if not one or not other:
        return cost
    wanted = _length(one) * ratio
    length = _length(other)
    cost += abs(wanted - length) / max(wanted, length, 1)
    cost += NAMED * _differ(_names(one), _names(other))
    cost += _differ(_numbers(one), _numbers(other))
    cost += one[0].block.top != other[0].block.top
    return cost


def _differ(one: set[str], other: set[str]) -> float:
    """The share of what only one of two sets has."""
    return len(one ^ other) / max(1, len(one | other))


def _length(texts: Sequence[_Text]) -> int:
    return sum(len(text.block.text) for text in texts)


def _names(texts: Sequence[_Text]) -> set[str]:
    return {name for text in texts for name in text.names}


def _numbers(texts: Sequence[_Text]) -> set[str]:
    found: set[str] = set()
    for text in texts:
        found.update(DIGITS.findall(text.block.text.translate(LATIN_DIGITS)))
    return found
