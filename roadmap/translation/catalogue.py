"""The catalogue of an edition: every text that it translates besides its pages, how many it has.

What is wrong in messages.po, check/messages.py knows. Fuzzy messages keep an old translation for
the translator; readers never see them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from markupsafe import escape

from macros.language import messages
from macros.language.messages import LAYOUT, Key, key
from macros.language.translator import Translator
from roadmap.project.once import once
from roadmap.project.project import Edition, Project
from roadmap.translation import extract
from roadmap.translation.extract import Sentence
from roadmap.translation.merge import merge, written
from roadmap.translation.reading_order import in_reading_order

# What checklists, worksheets and pictures are made of
CORE = ("interface", "stages", "worksheets", "setups", "methods")


def template(project: Project) -> Catalog:
    """Everything to translate, in English, in the order in which readers meet it. Raises
    Problems.
    """
    catalogue = Catalog()
    for sentence in in_reading_order(project):
        catalogue.add(
            sentence.id,
            context=sentence.context,
            locations=[(sentence.file, 0)],
            auto_comments=sentence.comments,
        )
    for message in catalogue:
        if message.id:
            most = messages.most_characters(message.id)
            message.auto_comments.append(f"At most {most} characters.")
    return catalogue


def refresh(edition: Edition) -> Path:
    """Brings messages.po of an edition in line with English; makes it where there is none.

    A text that moved keeps its translation. One that was reworded keeps it as fuzzy, with the old
    English beside it. Raises Problems.
    """
    merged = merge(edition.messages, template(edition.project), edition.code)
    path = edition.folder / messages.FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(merged, edition.code), encoding="utf-8", newline="\n")
    return path


def theme_words(edition: Edition) -> dict[str, str]:
    """The sentences of the layout for `extra.words` of a configuration: key → translation.

    English where there is none. The theme does not escape, so they are escaped here.
    """
    translations = edition.translator.translations
    found = {}
    for name, text in extract.theme(edition.project).items():
        translated = translations.pgettext(LAYOUT + name, text)
        found[name] = str(escape(translated))
    return found


def marked_theme_words(edition: Edition) -> dict[str, str]:
    """The sentences of the layout as HTML: those that are still English say so."""
    found = theme_words(edition)
    for name in untranslated_theme_words(edition):
        found[name] = f'<span lang="en" dir="ltr">{found[name]}</span>'
    return found


def untranslated_theme_words(edition: Edition) -> list[str]:
    """Keys of the layout's sentences that an edition says in English."""
    translations = edition.translator.marking_untranslated().translations
    found = []
    for name, text in extract.theme(edition.project).items():
        translated = translations.pgettext(LAYOUT + name, text)
        if Translator.has_untranslated(translated):
            found.append(name)
    return found


# How far it is


@dataclass(frozen=True)
class Tally:
    """Messages of one category. `words` counts English words, of which readers see `words_shown`
    translated.
    """

    messages: int = 0
    shown: int = 0
    fuzzy: int = 0
    words: int = 0
    words_shown: int = 0

    @property
    def empty(self) -> int:
        """Messages without a translation, or with one that cannot be shown."""
        return self.messages - self.shown - self.fuzzy

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            messages=self.messages + other.messages,
            shown=self.shown + other.shown,
            fuzzy=self.fuzzy + other.fuzzy,
            words=self.words + other.words,
            words_shown=self.words_shown + other.words_shown,
        )


@once
def tallies(edition: Edition) -> dict[str, Tally]:
    """How far the messages are, by category: `interface`, then each file of the facts.

    Raises Problems.
    """
    messages_by_key = edition.messages.by_key()
    categories = ("interface", *extract.CATEGORIES)
    found = dict.fromkeys(categories, Tally())
    for id, sentence in sentences_by_key(edition.project).items():
        message = messages_by_key.get(id)
        found[sentence.category] += _tally(sentence, message, edition.messages.one)
    return found


def core(found: dict[str, Tally]) -> Tally:
    """What must be whole before an edition is offered."""
    total = Tally()
    for category in CORE:
        total += found[category]
    return total


def _tally(
    sentence: Sentence,
    message: Message | None,
    one: int,
) -> Tally:
    """One sentence as a tally. `one` is the plural form of the number one in this language."""
    words = len(sentence.text.split())
    if message is None:
        return Tally(messages=1, words=words)
    shown = messages.is_shown(message, one)
    return Tally(
        messages=1,
        shown=int(shown),
        fuzzy=int(message.fuzzy),
        words=words,
        words_shown=words if shown else 0,
    )


@once
def sentences_by_key(project: Project) -> dict[Key, Sentence]:
    """Every sentence once, under the key of its message. Raises Problems."""
    found = {}
    for sentence in _merged(extract.sentences(project)):
        message = Message(sentence.id, context=sentence.context)
        found[key(message)] = sentence
    return found


def _merged(sentences: Iterable[Sentence]) -> list[Sentence]:
    """One sentence for each message: one that also stands alone is part of its plural."""
    sentences = list(sentences)
    with_plural = set()
    for each in sentences:
        if each.plural:
            with_plural.add((each.context, each.text))
    kept = []
    for each in sentences:
        is_part_of_plural = (each.context, each.text) in with_plural
        if each.plural or not is_part_of_plural:
            kept.append(each)
    return kept
