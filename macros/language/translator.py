"""Translates sentences and facts into the language of an edition; English where there is no
translation. Knows no page.

What a reader sees together is in one language. So that a piece can tell whether it is, a translator
that marks what is untranslated puts a mark on every sentence that is still English; the mark goes
wherever the sentence goes: through a layout, a template, a sum of sentences. Whoever finds it in
rendered markup throws that away and renders it in English (see `pieces.py`). Behind the mark stands
a character for the message, so that one can also tell which messages are missing.
"""

from __future__ import annotations

import re
from copy import copy
from decimal import Decimal
from gettext import NullTranslations

from babel.lists import format_list as join_list
from babel.numbers import format_decimal

from macros.facts.model import Facts, Role
from macros.facts.translatable import mapped
from macros.language.locales import ENGLISH, LATIN, direction_of, parse_language, script_of

UNTRANSLATED = "\ufdd0"  # no character: Unicode keeps it for use inside a program
FIRST_NUMBER = 0xF0000  # of private characters; a message is numbered by one of them
MARK = re.compile(f"{UNTRANSLATED}([\U000f0000-\U000ffffd])")

Asked = tuple[str | None, str]  # a message by its context and its English text, the singular one


def N_(text: str) -> str:
    """Marks a sentence for the catalogue and returns it as it is.

    For sentences that stand in a table; `Translator.gettext` translates them later.
    """
    return text


ROLES = {
    Role.CORE: N_("Core practitioner"),
    Role.ASSISTING: N_("Assisting practitioner"),
    Role.EITHER: N_("Core or assisting practitioner"),
    Role.LEADER: N_("Leader"),
    Role.FACILITATOR: N_("Facilitator"),
    Role.OTHER: N_("Other participant"),
}


class _Marked(NullTranslations):
    """Fallback of a catalogue: returns the English text with a mark in front."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: dict[Asked, int] = {}

    def _mark(self, context: str | None, message: str) -> str:
        number = self.numbers.setdefault((context, message), len(self.numbers))
        return UNTRANSLATED + chr(FIRST_NUMBER + number)

    def gettext(self, message: str) -> str:
        return self._mark(None, message) + message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._mark(None, msgid1) + super().ngettext(msgid1, msgid2, n)

    def pgettext(self, context: str, message: str) -> str:
        return self._mark(context, message) + message

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self._mark(context, msgid1) + super().npgettext(context, msgid1, msgid2, n)


class Translator:
    """Translates for one edition: sentences, plurals, names, numbers, lists.

    `language` is a BCP 47 code, `translations` the catalogue of its sentences (none: English).
    """

    def __init__(self, language: str = "en", translations: NullTranslations | None = None):
        self.language = language
        self.locale = parse_language(language)
        self.translations = translations or NullTranslations()
        self._marked = _Marked()

    def marking_untranslated(self) -> Translator:
        """A translator that puts a mark on every sentence and text that has no translation.

        English has nothing to translate and carries no marks.
        """
        if self.locale.language == ENGLISH.language:
            return self
        marking = Translator(self.language, copy(self.translations))
        marking.translations.add_fallback(marking._marked)
        return marking

    @staticmethod
    def has_untranslated(rendered: str) -> bool:
        """Whether text or markup holds a mark, that is: a sentence that is still English."""
        return UNTRANSLATED in rendered

    @staticmethod
    def strip_marks(rendered: str) -> str:
        """The text or markup without marks."""
        return MARK.sub("", rendered)

    def untranslated_in(self, rendered: str) -> list[Asked]:
        """The messages of text or markup that are still English, in their order, none twice.

        `rendered` was made with this translator, which marks what is untranslated.
        """
        asked = list(self._marked.numbers)
        numbers = dict.fromkeys(ord(mark) - FIRST_NUMBER for mark in MARK.findall(rendered))
        return [asked[number] for number in numbers]

    @property
    def right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return direction_of(self.language) == "rtl"

    @property
    def script(self) -> str:
        """The script that the language is written in (ISO 15924); Latin where CLDR names none."""
        return script_of(self.language)

    @property
    def fillable_fields_work(self) -> bool:
        """Whether a form field in a PDF shows what is typed in this script. Viewers do so for
        Latin only.
        """
        return self.script == LATIN

    def gettext(self, text: str) -> str:
        """The translation of a sentence, else the sentence."""
        return self.translations.gettext(text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The plural form that this language takes for a number.

        Where there is no translation: `one` for 1, else `many`, as in English.
        """
        return self.translations.ngettext(one, many, number)

    @property
    def plural_forms(self) -> dict[str, int]:
        """The plural forms of this language, each with the least number that takes it:
        `{"other": 0, "one": 1}`.
        """
        examples = {}
        for number in range(200, -1, -1):
            examples[self.locale.plural_form(number)] = number
        return examples

    def translate(self, facts: Facts) -> Facts:
        """A copy of the facts with every text translated; its path is its context (msgctxt)."""

        def translate_text(path: str, text: str, limit: int) -> str:
            """The translation of one text; limits do not matter here."""
            return self.translations.pgettext(path, text)

        return mapped(facts, translate_text)

    def role(self, role: Role) -> str:
        """Name of a role."""
        return self.gettext(ROLES[role])

    def country(self, code: str) -> str:
        """Name of a country (ISO 3166-1); the English one where CLDR has none in this language."""
        return self.locale.territories.get(code) or self.gettext(ENGLISH.territories[code])

    def language_name(self, code: str) -> str:
        """Name of a language (BCP 47); the English one where CLDR has none in this language."""
        return self.locale.languages.get(code) or self.gettext(ENGLISH.languages[code])

    def format_list(self, items: list[str]) -> str:
        """A list in a sentence: `a, b and c`, as this language joins them."""
        return join_list(items, style="standard", locale=self.locale)

    def number(self, value: Decimal | int) -> str:
        """A number with the separators and digits of this language."""
        return format_decimal(value, locale=self.locale)
