"""Finds short texts that are still the English ones: headings, words of links, the description,
messages of few words.

A name is the same in many languages, and so is many a term. What counts is an everyday word of
English, one that its pages write in small letters, which the translated pages use nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.facts.problem import Problem, brief
from macros.language.messages import PLACEHOLDER, forms
from roadmap.check.language.shown_messages import catalogue_file, shown_messages
from roadmap.check.language.untranslated import WORD, why_english
from roadmap.check.structure.alignment import Alignment
from roadmap.check.structure.compare import alignments
from roadmap.check.structure.outline import PIECE, SectionOutline
from roadmap.project.once import once
from roadmap.project.project import Edition, Project

MARKUP = re.compile(r"\{[^{}]*\}|\]\([^)]*\)|`[^`]*`")
SMALL_WORD = re.compile(r"\b[a-z]+(?:[’'][a-z]+)?\b")


def short_texts_in_english(edition: Edition, alignment: Alignment) -> Iterator[Problem]:
    """Those of one page."""
    yield from _description(edition, alignment)
    for english, own in alignment.comparable:
        yield from _heading(edition, alignment, english, own)
        yield from _links(edition, alignment, english, own)


def _description(edition: Edition, alignment: Alignment) -> Iterator[Problem]:
    english_line, english = alignment.english.page.front_matter.get("description", (1, ""))
    line, own = alignment.translated.page.front_matter.get("description", (1, ""))
    words = own.strip("\"'")
    is_same = words == english.strip("\"'")
    if (is_same and _is_everyday(edition, words)) or (
        words and why_english(words, is_same=is_same)
    ):
        yield _problem(alignment, line, "the description", words, english_line)


def _heading(
    edition: Edition, alignment: Alignment, english: SectionOutline, own: SectionOutline
) -> Iterator[Problem]:
    title = own.title
    if own.heading is None or title != english.title or why_english(title, is_same=True):
        return  # the last is said of every text
    if _is_everyday(edition, title):
        yield _problem(alignment, own.line, "the heading", title, english.line)


def _links(
    edition: Edition, alignment: Alignment, english: SectionOutline, own: SectionOutline
) -> Iterator[Problem]:
    english_links = {
        (link.address, link.words): link.line
        for block in english.of("text")
        for link in block.links
    }
    for block in own.of("text"):
        if why_english(block.text, is_same=any(b.text == block.text for b in english.of("text"))):
            continue
        for link in block.links:
            line = english_links.get((link.address, link.words))
            if line and _is_everyday(edition, link.words):
                what = f"the words of the link to `{brief(link.address)}`"
                yield _problem(alignment, link.line, what, link.words, line)


def short_messages_in_english(edition: Edition) -> Iterator[Problem]:
    """Those of the catalogue that have two words or more; one by itself is often the same."""
    for message in shown_messages(edition):
        english = forms(message.id)
        for text in dict.fromkeys(forms(message.string)):
            if text not in english or why_english(text, is_same=True):
                continue  # the last is said of every text
            words = PLACEHOLDER.sub(" ", text)
            if len(WORD.findall(words)) > 1 and _is_everyday(edition, words):
                found = f"a text in English: “{brief(text)}”"
                expected = "a translation, unless your language says the same"
                yield Problem(catalogue_file(edition), message.lineno or 1, found, expected)


def _problem(alignment: Alignment, line: int, what: str, words: str, english_line: int) -> Problem:
    found = f"{what} in English: “{brief(words.replace(PIECE, '…'))}”"
    place = alignment.english_place(english_line)
    expected = f'a translation, of {place}; names as `<span lang="en">`'
    return alignment.translated.page.problem(line, found, expected)


def _is_everyday(edition: Edition, text: str) -> bool:
    """Whether a text has a word that is English and no word of the edition."""
    for word in WORD.findall(text.casefold()):
        if word in _everyday_words(edition.project) and word not in _own_words(edition):
            return True
    return False


@once
def _everyday_words(project: Project) -> frozenset[str]:
    """The words that English pages write in small letters."""
    found: set[str] = set()
    for page in project.english.pages.values():
        for _, line in page.prose_lines:
            found.update(SMALL_WORD.findall(MARKUP.sub(" ", line)))
    return frozenset(found)


@once
def _own_words(edition: Edition) -> frozenset[str]:
    """The words of all texts of an edition that are not the English ones. One word, as a link by
    itself, may be the same.
    """
    found: set[str] = set()
    for alignment in alignments(edition).values():
        english_blocks = list(alignment.english.blocks("text"))
        english = {block.text for block in english_blocks}
        links = {link.words for block in english_blocks for link in block.links}
        left = {words for words in links if len(WORD.findall(words)) > 1}
        for block in alignment.translated.blocks("text"):
            if block.text not in english:
                text = block.text
                for link in block.links:
                    if link.words in left:
                        text = text.replace(link.words, " ", 1)
                found.update(WORD.findall(text.casefold()))
    for message in shown_messages(edition):
        for text in set(forms(message.string)).difference(forms(message.id)):
            found.update(WORD.findall(PLACEHOLDER.sub(" ", text).casefold()))
    return frozenset(found)
