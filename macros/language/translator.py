"""A sentence in this edition's language, else the English one. Knows no fact and no page.

What a reader sees together is in one language. So that a piece can tell whether it is, tracking
words put a mark on every sentence that is still English; the mark goes wherever the sentence goes:
through a layout, a template, a sum of sentences. Whoever finds it in what was made throws that away
and makes it in English (see `pieces.py`).
"""

from __future__ import annotations

from copy import copy
from decimal import Decimal
from gettext import NullTranslations

from babel import Locale
from babel.core import get_global, parse_locale
from babel.lists import format_list as join_list
from babel.numbers import format_decimal

from macros.facts.model import Facts, Role
from macros.facts.translatable import mapped

UNTRANSLATED = "\ufdd0"  # no character: Unicode keeps it for use inside a program
ENGLISH = Locale("en")
LATIN = "Latn"


def N_(text: str) -> str:
    """Marks a sentence for the catalogue; `Translator.say` says it later."""
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
    """Says everything in English, marked."""

    def gettext(self, message: str) -> str:
        return UNTRANSLATED + message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return UNTRANSLATED + super().ngettext(msgid1, msgid2, n)

    def pgettext(self, context: str, message: str) -> str:
        return UNTRANSLATED + message

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return UNTRANSLATED + super().npgettext(context, msgid1, msgid2, n)


class Translator:
    """The words of one edition. `language` is a BCP 47 code; `translations` holds its catalogue."""

    def __init__(self, language: str = "en", translations: NullTranslations | None = None):
        self.language = language
        self.locale = Locale.parse(language, sep="-")
        self.translations = translations or NullTranslations()

    def marking_untranslated(self) -> Translator:
        """The same words; what they say in English, for want of a translation, carries a mark.
        English has none.
        """
        if self.locale.language == ENGLISH.language:
            return self
        translations = copy(self.translations)
        translations.add_fallback(_Marked())
        return Translator(self.language, translations)

    @staticmethod
    def has_untranslated(made: str) -> bool:
        """Whether something made of tracked words holds a sentence that is still English."""
        return UNTRANSLATED in made

    @staticmethod
    def strip_marks(made: str) -> str:
        """The same without marks."""
        return made.replace(UNTRANSLATED, "")

    @property
    def right_to_left(self) -> bool:
        return self.locale.text_direction == "rtl"

    @property
    def script(self) -> str:
        """In which letters the language is written (ISO 15924)."""
        if self.locale.script:
            return self.locale.script
        likely = get_global("likely_subtags")
        known = likely.get(str(self.locale)) or likely.get(self.locale.language)
        return (known and parse_locale(known)[2]) or LATIN

    @property
    def fillable_fields_work(self) -> bool:
        """Whether a field in a PDF shows what is typed in these letters. Viewers do so for Latin
        letters only.
        """
        return self.script == LATIN

    def gettext(self, text: str) -> str:
        return self.translations.gettext(text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """`one` or `many`, as this language's plural rule wants it."""
        return self.translations.ngettext(one, many, number)

    @property
    def plural_forms(self) -> dict[str, int]:
        """The plural forms of this language, each with a number that takes it: `{"other": 0, "one":
        1}`.
        """
        return {self.locale.plural_form(n): n for n in range(200, -1, -1)}

    def translate(self, facts: Facts) -> Facts:
        """The facts in this edition's language, each text that has a translation under its path."""
        return mapped(facts, lambda path, text, _: self.translations.pgettext(path, text))

    def role(self, role: Role) -> str:
        return self.gettext(ROLES[role])

    def country(self, code: str) -> str:
        """Name of a country (ISO 3166-1)."""
        return self.locale.territories.get(code) or self.gettext(ENGLISH.territories[code])

    def language_name(self, code: str) -> str:
        """Name of a language (BCP 47)."""
        return self.locale.languages.get(code) or self.gettext(ENGLISH.languages[code])

    def format_list(self, items: list[str]) -> str:
        """`a, b and c`, as this language joins them."""
        return join_list(items, style="standard", locale=self.locale)

    def number(self, value: Decimal | int) -> str:
        return format_decimal(value, locale=self.locale)
