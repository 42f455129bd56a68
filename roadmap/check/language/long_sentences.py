"""Measures how long the sentences of a page are. Readers, many of them in a language that is not
their first (B1–B2 of the European framework), should not lose the thread.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from statistics import median

from sentencex import segment

from macros.facts.problem import Problem
from roadmap.project.pages import Page

MOST_WORDS = 14  # of the sentence in the middle, when all of a page are in order of their length
FEWEST_SENTENCES = 5  # on a page that is judged
TEXT = re.compile(r"\s*(?:[-*+]|\d+\.|>)?\s+(?P<text>\S.*)|(?P<plain>[^\s#|!].*)")
WORDS_OF_A_PIECE = re.compile(r'\{\{ *term\("[^"]*"(?:, *"([^"]*)")?\) *\}\}')
NO_WORDS = re.compile(r"\{\{.*?\}\}|\{[^{}]*\}|\[|\]\([^)]*\)|<[^>]*>|\*")
WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


def long_sentences(pages: Iterable[Page], code: str) -> Iterator[Problem]:
    """Pages of which half of the sentences are longer than they should be, at the longest one."""
    for page in pages:
        lengths = list(sentence_lengths(page, code))
        if len(lengths) < FEWEST_SENTENCES:
            continue
        middle = median(words for _, words in lengths)
        if middle > MOST_WORDS:
            line, longest = max(lengths, key=lambda each: each[1])
            yield page.problem(
                line,
                f"half of the sentences of this page have {middle:g} words or more; "
                f"the longest, here, {longest}",
                f"at most {MOST_WORDS}: shorter sentences, one thought in each",
            )


def sentence_lengths(page: Page, code: str) -> Iterator[tuple[int, int]]:
    """Line and number of words of each sentence in paragraphs and lists. A language that is not
    known is cut as English is.
    """
    for line, text in page.prose_lines:
        match = TEXT.fullmatch(text)
        if match is None:
            continue
        words = WORDS_OF_A_PIECE.sub(
            lambda piece: piece[1] or "term", match["text"] or match["plain"]
        )
        for sentence in segment(code, NO_WORDS.sub("", words)):
            if number := len(WORD.findall(sentence)):
                yield line, number
