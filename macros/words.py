"""A sentence in this edition's language, else the English one. Knows no fact and no page."""

from __future__ import annotations

from decimal import Decimal
from gettext import NullTranslations

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from macros.model import Role


def N_(text: str) -> str:
    """Marks a sentence for the catalogue; `Words.say` says it later."""
    return text


ROLES = {
    Role.CORE: N_("Core practitioner"),
    Role.ASSISTING: N_("Assisting practitioner"),
    Role.EITHER: N_("Core or assisting practitioner"),
    Role.LEADER: N_("Leader"),
    Role.FACILITATOR: N_("Facilitator"),
    Role.OTHER: N_("Other participant"),
}


class Words:
    """The words of one edition. `language` is a BCP 47 code; `translations` holds its catalogue."""

    def __init__(self, language: str = "en", translations: NullTranslations | None = None):
        self.language = language
        self.locale = Locale.parse(language, sep="-")
        self.translations = translations or NullTranslations()

    @property
    def right_to_left(self) -> bool:
        return self.locale.text_direction == "rtl"

    def say(self, text: str) -> str:
        return self.translations.gettext(text)

    def count(self, one: str, many: str, number: int) -> str:
        """`one` or `many`, as this language's plural rule wants it."""
        return self.translations.ngettext(one, many, number)

    def role(self, role: Role) -> str:
        return self.say(ROLES[role])

    def country(self, code: str) -> str:
        """Name of a country (ISO 3166-1)."""
        return self.locale.territories[code]

    def language_name(self, code: str) -> str:
        """Name of a language (BCP 47)."""
        return self.locale.languages[code]

    def listed(self, items: list[str]) -> str:
        """`a, b, c`, as this language joins them."""
        return format_list(items, style="unit", locale=self.locale)

    def number(self, value: Decimal | int) -> str:
        return format_decimal(value, locale=self.locale)
