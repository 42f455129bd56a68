"""The words of numbers, in the languages that the project and its neighbours have. Judges nothing.

Babel carries no spelled-out numbers. Where a language is not here, its words are not compared. A
number has all of its forms; `one` is an article or a pronoun too often, and left out.
"""

from __future__ import annotations

import re
from functools import cache

FIRST = 2  # the number of the first word in each list of units
UNITS = {  # language → 2 … 12, forms of one number joined by `/`
    "en": "two three four five six seven eight nine ten eleven twelve",
    "da": "to tre fire fem seks syv otte ni ti elleve tolv",
    "nl": "twee/tweeën drie/drieën vier/vieren vijf zes zeven acht negen tien elf twaalf",
    "de": "zwei/zwo/zweien/zweier drei/dreien/dreier vier/vieren fünf sechs sieben acht neun zehn "
    "elf zwölf",
    "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "pt": "dois/duas três quatro cinco seis sete oito nove dez onze doze",
    "it": "due tre quattro cinque sei sette otto nove dieci undici dodici",
    "sl": "dva/dve/dveh/dvema/obe/oba trije/tri/treh/trem/tremi/trema "
    "štirje/štiri/štirih/štirim/štirimi pet/petih/petim/petimi šest/šestih/šestim/šestimi "
    "sedem/sedmih/sedmim/sedmimi osem/osmih/osmim/osmimi devet/devetih/devetim/devetimi "
    "deset/desetih/desetim/desetimi enajst/enajstih dvanajst/dvanajstih",
    "sv": "två tre fyra fem sex sju åtta nio tio elva tolv",
    "nb": "to tre fire fem seks sju/syv åtte ni ti elleve tolv",
    "no": "to tre fire fem seks sju/syv åtte ni ti elleve tolv",
}
FALSE_FRIENDS: dict[str, set[str]] = {  # words that mean something else more often
    "da": {"to"},
    "nb": {"to"},
    "no": {"to"},
    "de": {"acht"},
    "it": {"sei"},
    "sv": {"sex"},
}
HALVES = re.compile(  # of decimals such as 1.5, where a language has a word for that
    r"\b(?:half|halv|halb|anderthalb|eineinhalb|zweieinhalb|dreieinhalb|demi|media|medio|meia|meio"
    r"|mezz|pol\b|poldrug)|\banderhalf|\bhalvanden|نصف",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]+")


def language_of(code: str) -> str:
    return code.split("-")[0]


def are_known(code: str) -> bool:
    """Whether the words of a language for numbers are known."""
    return language_of(code) in UNITS


@cache
def _table(code: str) -> dict[str, int]:
    language = language_of(code)
    table = {}
    for number, forms in enumerate(UNITS.get(language, "").split(), start=FIRST):
        for form in forms.split("/"):
            table[form] = number
    return table


@cache
def _beginnings(code: str) -> dict[int, re.Pattern[str]]:
    """A pattern for each number: a word that begins like it, such as `dreimal` or `sixth`."""
    forms: dict[int, list[str]] = {}
    for form, number in _table(code).items():
        forms.setdefault(number, []).append(form[: max(3, len(form) - 1)])
    return {
        number: re.compile(rf"\b(?:{'|'.join(map(re.escape, each))})", re.IGNORECASE)
        for number, each in forms.items()
    }


def numbers_in_words(text: str, code: str) -> list[int]:
    """The numbers that a text writes as words of their own."""
    table = _table(code)
    unclear = FALSE_FRIENDS.get(language_of(code), set())
    found = []
    for word in WORD.findall(text.casefold()):
        if word in table and word not in unclear:
            found.append(table[word])
    return found


def may_say(text: str, number: int, code: str) -> bool:
    """Whether any word of a text begins like a number: `dreimal` says 3."""
    pattern = _beginnings(code).get(number)
    return bool(pattern and pattern.search(text))
