"""Knows the quotation marks of languages. Judges nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Entry = TypeVar("Entry")

# Language → its pairs of quotation marks; the first is the one to advise. Those of CLDR 45
# (`delimiters`) come first.
# Beside them stands what is as usual in print: da, Retskrivningsordbogen § 58; sl, Slovenski
# pravopis 2001 § 460;
# nl, pt, fr, Publications Office of the European Union, use of quotation marks in the different
# languages.
QUOTES = {
    "en": ("“”", "‘’"),
    "da": ("“”", "‘’", "»«", "›‹", "””", "„“"),
    "nl": ("‘’", "“”", "„”"),
    "pt": ("“”", "‘’", "«»"),
    "pt-PT": ("«»", "“”", "‘’"),
    "sl": ("„“", "‚‘", "»«", "›‹", "‘’"),
    "fr": ("«»", "“”", "‘’"),
    "de": ("„“", "‚‘", "»«", "›‹"),
    "ar": ("”“", "’‘", "«»", "“”"),
}


def of_language(table: Mapping[str, Entry], code: str) -> Entry | None:
    """What a table says of a language: of its form in a country, else of the language."""
    language = code.split("-")[0]
    return table.get(code, table.get(language))


def advised_marks(code: str) -> str:
    """The quotation marks to write in a language, in words."""
    pairs = of_language(QUOTES, code)
    if pairs:
        return f"the quotation marks of this language, {pairs[0][0]}…{pairs[0][1]}"
    return "the quotation marks of this language"
