"""Reads the numbers of a text as its language writes them, and compares two texts that must have
the same. Knows no page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from macros.facts.problem import brief
from macros.language.messages import PLACEHOLDER
from roadmap.check.language.number_words import (
    HALVES,
    are_known,
    may_say,
    numbers_in_words,
)
from roadmap.project.edition_file import ENGLISH

SPACES = "\u00a0\u202f\u2009"
MANY = 12  # up to here, many languages write words
LONGEST = 15  # digits of a number; what has more is none
MOST_NAMED = 6  # numbers of one text
MONTHS = tuple(Locale(ENGLISH).months["format"]["wide"].values())
SHORT_YEAR = re.compile(r"\b((?:19|20)\d\d) ?([/–-]) ?(\d\d)(?!\d)")
CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))? ?[ap]\.?m\b", re.IGNORECASE)
DECADE = re.compile(r"\b(1[5-9]|20)(\d0)s\b")
ROMAN = re.compile(r"\b[IVXL]+(?=\b|e\b|\.)")
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}

Fault = tuple[str, str]  # what was found, what was expected


@dataclass
class Numbers:
    """The numbers of a text. `digits` are written in digits, `words` as words; `may_be` are those
    that a translation may write in digits, too: months, hours of a clock, decades.
    """

    text: str
    digits: Counter[Decimal] = field(default_factory=Counter)
    words: Counter[int] = field(default_factory=Counter)
    may_be: set[Decimal] = field(default_factory=set)


def numbers_of(text: str, code: str) -> Numbers:
    """The numbers of a text in a language."""
    plain = _with_latin_digits(PLACEHOLDER.sub(" ", text))
    plain = SHORT_YEAR.sub(_whole_years, plain)
    found = Numbers(plain, words=Counter(numbers_in_words(plain, code)))
    if code == ENGLISH:
        found.may_be = _other_forms(plain)
    if re.search(r"\d", plain):
        found.digits.update(_in_digits(plain, code))
    return found


def _with_latin_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(
        str(int(sign)) if sign.isdecimal() and not sign.isascii() else sign for sign in text
    )


def _whole_years(match: re.Match[str]) -> str:
    """`2020/21` as `2020/2021`."""
    year, sign, end = match.groups()
    return f"{year}{sign}{year[:2]}{end}"


def _other_forms(text: str) -> set[Decimal]:
    """What a translation may write in digits although English does not."""
    found = {Decimal(number) for number, name in enumerate(MONTHS, start=1) if name in text}
    for hour, _ in CLOCK.findall(text):
        found |= {Decimal(hour), Decimal(hour) + 12}
    for century, decade in DECADE.findall(text):
        found |= {Decimal(century + decade), Decimal(decade)}
    return found


@cache
def _symbols(code: str) -> tuple[str, str]:
    """The signs of a language: before decimals, between thousands."""
    locale = Locale.parse(code, sep="-")
    decimal = get_decimal_symbol(locale) + "٫"
    group = get_group_symbol(locale) + "٬’'" + SPACES
    return decimal, "".join(sign for sign in group if sign not in decimal)


@cache
def _pattern(code: str) -> re.Pattern[str]:
    decimal, group = (re.escape(signs) for signs in _symbols(code))
    return re.compile(
        rf"(?<!\d)\d{{1,3}}(?:[{group}]\d{{3}}(?!\d))+(?:[{decimal}]\d+)?|\d+(?:[{decimal}]\d+)?"
    )


def _in_digits(text: str, code: str) -> Iterator[Decimal]:
    decimal, _ = _symbols(code)
    for written in _pattern(code).findall(text):
        parts = re.split(f"[{re.escape(decimal)}]", written)
        whole = re.sub(r"\D", "", parts[0])
        if len(whole) <= LONGEST:
            yield Decimal(".".join([whole, *parts[1:]])).normalize()


# Comparing


def number_faults(english: str, translated: str, code: str) -> Iterator[Fault]:
    """Where a translation has other numbers than its English text."""
    if english == translated:
        return
    one = numbers_of(english, ENGLISH)
    other = numbers_of(translated, code)
    missing = _missing(one, other, code)
    extra = _extra(one, other)
    for value in list(missing):
        fault = _other_separator(value, other, code)
        if fault:
            missing.remove(value)
            extra = [each for each in extra if each not in _misread(value, code)]
            yield fault
    yield from _faults(missing, extra, lambda value: _written(value, other.text, code))
    yield from _faults(*_swapped_words(one, other, code), str)


def _faults(
    missing: list[Decimal], extra: list[Decimal], written: Callable[[Decimal], str]
) -> Iterator[Fault]:
    wanted = _listed(missing, _plain)
    found = _listed(extra, written)
    if extra and missing:
        yield f"the number {found}", f"{wanted}, as in English"
    elif extra:
        yield f"the number {found}, which the English text does not have", "the numbers of English"
    elif missing:
        yield f"no {wanted}", f"the number {wanted}, as in English"


def _listed(values: list[Decimal], written: Callable[[Decimal], str]) -> str:
    named = [f"`{written(value)}`" for value in values[:MOST_NAMED]]
    return ", ".join([*named, "…"] if len(values) > MOST_NAMED else named)


def _missing(one: Numbers, other: Numbers, code: str) -> list[Decimal]:
    """Numbers that English writes in digits and the translation does not have."""
    missing = []
    for value, times in one.digits.items():
        if other.digits[value] >= times or value in one.may_be:
            continue
        if _is_said(value, other, code):
            continue
        missing.append(value)
    return missing


def _is_said(value: Decimal, numbers: Numbers, code: str) -> bool:
    """Whether a text may have a number in another form than digits."""
    if not _is_whole(value):
        return bool(HALVES.search(numbers.text))
    number = int(value)
    if number in _romans(numbers.text):
        return True
    if number > MANY:
        return False
    if number < 2 or not are_known(code):
        return True
    return may_say(numbers.text, number, code)


def _extra(one: Numbers, other: Numbers) -> list[Decimal]:
    """Numbers that the translation writes in digits and English does not have."""
    extra = []
    for value, times in other.digits.items():
        if one.digits[value] >= times or value in one.may_be:
            continue
        if value <= 1:
            continue
        if _is_whole(value):
            is_said = may_say(one.text, int(value), ENGLISH)
        else:
            is_said = bool(HALVES.search(one.text))
        if is_said:
            continue
        extra.append(value)
    return extra


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _swapped_words(one: Numbers, other: Numbers, code: str) -> tuple[list[Decimal], list[Decimal]]:
    """Numbers in words: those that only English has, and those that only the translation has.

    Both or none: that one of them alone is said in other words is no fault.
    """
    if not are_known(code):
        return [], []
    missing = []
    for number in one.words:
        if not other.digits[Decimal(number)] and not may_say(other.text, number, code):
            missing.append(Decimal(number))
    extra = []
    for number in other.words:
        if not one.digits[Decimal(number)] and not may_say(one.text, number, ENGLISH):
            extra.append(Decimal(number))
    return (missing, extra) if missing and extra else ([], [])


def _romans(text: str) -> set[int]:
    return {_roman(each) for each in ROMAN.findall(text)}


def _roman(letters: str) -> int:
    values = [ROMAN_VALUES[letter] for letter in letters]
    total = 0
    for value, after in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < after else value
    return total


# Separators


def _other_separator(value: Decimal, other: Numbers, code: str) -> Fault | None:
    """A number that is written as English writes it, in a language that writes it otherwise."""
    as_english = format_decimal(value, locale=ENGLISH)
    right = format_decimal(value, locale=Locale.parse(code, sep="-"))
    if as_english == right or not re.search(rf"(?<!\d){re.escape(as_english)}(?!\d)", other.text):
        return None
    return f"`{as_english}`, as English writes it", f"`{right}`, as this language does"


def _misread(value: Decimal, code: str) -> set[Decimal]:
    """What a number reads like where its separator is not that of the language."""
    return set(_in_digits(format_decimal(value, locale=ENGLISH), code))


def _written(value: Decimal, text: str, code: str) -> str:
    """A number as a text has it."""
    for written in _pattern(code).findall(text):
        if value in set(_in_digits(written, code)):
            return brief(written)
    return _plain(value)


def _plain(value: Decimal) -> str:
    return format(value, "f")
