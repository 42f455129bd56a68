"""The locale of a language by its BCP 47 code, and what CLDR knows of it: names, script, direction.

CLDR names languages for which it has no rules, such as Romani: those get the neutral rules of its
root, and two plural forms as gettext supposes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from babel import Locale, UnknownLocaleError
from babel.core import get_global, parse_locale
from babel.languages import get_official_languages
from babel.messages.catalog import Catalog
from babel.messages.plurals import PLURALS
from babel.plural import to_gettext

ENGLISH = Locale("en")
LATIN = "Latn"
RIGHT_TO_LEFT = {"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"}  # scripts, ISO 15924
ROOT = "root"  # as CLDR calls what all languages share


def parse_language(code: str) -> Locale:
    """The locale of a language. Raises ValueError or UnknownLocaleError where there is none."""
    try:
        return Locale.parse(code, sep="-")
    except UnknownLocaleError:
        language = _language(code)
        is_old_name = language in get_global("language_aliases")
        is_country = get_official_languages(code.upper(), de_facto=True)
        if language not in ENGLISH.languages or is_old_name or is_country:
            raise
        return Locale.parse(ROOT)


def script_of(code: str) -> str:
    """The script that a language is written in (ISO 15924); Latin where CLDR names none."""
    written = parse_locale(code, sep="-")[2] or parse_language(code).script
    if written:
        return written
    likely = get_global("likely_subtags")
    identifier = likely.get(code.replace("-", "_")) or likely.get(_language(code))
    if not identifier:
        return LATIN
    return parse_locale(identifier)[2] or LATIN


def direction_of(code: str) -> str:
    """`rtl` where the language is written from right to left, else `ltr`."""
    return "rtl" if script_of(code) in RIGHT_TO_LEFT else "ltr"


def english_name(code: str) -> str:
    """The name of a language in English."""
    return _name(code, ENGLISH) or code


def own_name(code: str) -> str:
    """The name of a language in itself; in English where CLDR does not have it."""
    name = _name(code, parse_language(code)) or english_name(code)
    return name[:1].upper() + name[1:]


def _name(code: str, display: Locale) -> str:
    """The name that CLDR has for the most of a code, the rest in brackets; empty without one."""
    language, *rest = code.split("-")
    aliases = get_global("language_aliases")
    language = aliases.get(language, language)
    for count in range(len(rest), -1, -1):
        for kept in combinations(rest, count):
            name = display.languages.get("_".join([language, *kept]))
            if name:
                others = [_part(subtag, display) for subtag in rest if subtag not in kept]
                return f"{name} ({', '.join(others)})" if others else name
    return ""


def _part(subtag: str, display: Locale) -> str:
    """The name of a script or a region."""
    names = display.scripts if len(subtag) == 4 else display.territories
    key = subtag.title() if len(subtag) == 4 else subtag.upper()
    return names.get(key, subtag)


def set_plural_forms(catalogue: Catalog, code: str) -> None:
    """Gives a catalogue the plural forms of CLDR where Babel has no customary ones of gettext."""
    locale = parse_language(code)
    if locale.language in PLURALS or locale.language == ROOT:
        return
    count, _, expression = to_gettext(locale.plural_form).rstrip(";").partition(";")
    vars(catalogue)["_num_plurals"] = int(count.removeprefix("nplurals="))
    vars(catalogue)["_plural_expr"] = expression.strip().removeprefix("plural=")


def same_written_language(code: str) -> Iterator[str]:
    """Codes whose words serve for this one, the nearest first: `de-CH`, `de`. All are written in
    the same script.
    """
    aliases = get_global("language_aliases")
    locale = parse_language(code)
    language = _language(code) if locale.language == ROOT else locale.language
    script = script_of(code)
    yield code
    candidates = [f"{language}-{script}", language]
    for other, meant in aliases.items():
        if meant in (language, f"{language}_{script}"):
            candidates.append(other)
    if language == "no":
        candidates.append("nb")  # most of what is called Norwegian
    for candidate in candidates:
        if _script_named(candidate) == script:
            yield candidate


def _script_named(code: str) -> str:
    """The script of a code, which may be an old name of a language."""
    alias = get_global("language_aliases").get(code, code)
    return script_of(alias.replace("_", "-"))


def _language(code: str) -> str:
    return code.split("-")[0]
