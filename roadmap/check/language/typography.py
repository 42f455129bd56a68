"""Knows how a language sets quotation marks, spaces, dots and ranges; finds what is set otherwise.
Mends nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from macros.facts.problem import Problem
from macros.language.messages import Messages, forms, is_shown
from roadmap.check.safety.allowlist import brief
from roadmap.check.structure.outline import PIECE, Shape

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
NO_BREAK = "\u00a0\u202f"
SPACED = {"fr": ":;!?", "fr-CA": ":"}  # language → signs with a no-break space before them
MARKS = "“”„‟‘‚«»‹›"  # ’ is an apostrophe, too
BEFORE, AFTER = " ([{–—-/", " .,;:!?…)]}–—-/"  # an opening mark follows, a closing mark precedes
ASCII_SINGLE = re.compile(r"(?<!\d)'")
DOUBLE_SPACE = re.compile(rf"(?<=\S)[ {NO_BREAK}]{{2,}}(?=\S)")
DOTS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
RANGE = re.compile(r"(?<![\w.,–-])\d+(?:[.,]\d+)?(?:-| - )\d+(?:[.,]\d+)?(?!\w|-\d)")

Fault = tuple[str, str]  # what is there, what instead


def faults(text: str, code: str) -> Iterator[Fault]:
    """What a text sets otherwise than its language does; each kind of fault once. Knows no
    markup.
    """
    for rule in (_ascii, _marks, _double_space, _no_break, _dots, _ranges):
        yield from rule(text, code)


def on_pages(shapes: Iterable[Shape], code: str) -> Iterator[Problem]:
    """The words of pages, and their descriptions."""
    for shape in shapes:
        line, description = shape.front.get("description", (1, ""))
        lines = [(line, description.strip("\"'"))]
        lines += [
            words
            for section in shape.sections
            for part in section.of("text")
            for words in part.words
        ]
        yield from (
            shape.page.problem(line, *fault)
            for line, text in lines
            for fault in faults(text.strip(), code)
        )


def in_messages(found: Messages, file: str, code: str) -> Iterator[Problem]:
    """The messages that readers see."""
    for message in (each for each in found if is_shown(each, found.one)):
        for text in dict.fromkeys(forms(message.string)):
            yield from (Problem(file, message.lineno or 1, *fault) for fault in faults(text, code))


def _known(table: dict, code: str):
    """What a table says of a language: of its form in a country, else of the language."""
    return table.get(code, table.get(code.split("-")[0]))


def _around(text: str, at: int, to: int) -> str:
    """A fault among its neighbours."""
    return brief(" ".join(text[max(0, at - 15) : to + 15].replace(PIECE, "…").split()))


# Rules


def _ascii(text: str, code: str) -> Iterator[Fault]:
    """Quotation marks of a typewriter."""
    pairs = _known(QUOTES, code)
    if (at := text.find('"')) >= 0:
        instead = (
            f"{pairs[0][0]}…{pairs[0][1]}" if pairs else "the quotation marks of this language"
        )
        yield f'a straight `"` (`{_around(text, at, at + 1)}`)', instead
    if found := ASCII_SINGLE.search(text):
        yield f"a straight `'` (`{_around(text, *found.span())}`)", "’"


def _marks(text: str, code: str) -> Iterator[Fault]:
    """Quotation marks of another language, or the wrong way round."""
    pairs = _known(QUOTES, code)
    if not pairs:
        return
    tight = re.sub(f"[{NO_BREAK}]", "", text)
    for found in re.finditer(f"[{MARKS}]", tight):
        before, after = (
            tight[found.start() - 1 : found.start()],
            tight[found.end() : found.end() + 1],
        )
        opens, closes = before in f"{BEFORE}{MARKS}", after in f"{AFTER}{MARKS}’"
        side = 0 if opens and not closes else 1 if closes and not opens else None
        if side is not None and found[0] not in {pair[side] for pair in pairs}:
            instead = ", ".join(f"{pair[0]}…{pair[1]}" for pair in pairs)
            yield (
                f"`{found[0]}` {('before', 'after')[side]} words (`{_around(tight, *found.span())}`)",
                instead,
            )
            return


def _double_space(text: str, _: str) -> Iterator[Fault]:
    if found := DOUBLE_SPACE.search(text):
        yield (
            f"two spaces (`{brief(text[max(0, found.start() - 12) : found.end() + 12])}`)",
            "one space",
        )


def _no_break(text: str, code: str) -> Iterator[Fault]:
    """Where French has a space that keeps a sign with its word."""
    signs = _known(SPACED, code)
    if not signs:
        return
    found = re.search(
        rf"[^{NO_BREAK}\s({signs}…][{signs}](?=\s|$|[»”)])|[^{NO_BREAK}\S][{signs}]", text
    )
    found = found or re.search(rf"«(?![{NO_BREAK}])|(?<![{NO_BREAK}])»", text)
    if found:
        yield (
            f"no no-break space in `{_around(text, *found.span())}`",
            "U+00A0 or U+202F between sign and word",
        )


def _dots(text: str, _: str) -> Iterator[Fault]:
    if found := DOTS.search(text):
        yield f"three dots (`{_around(text, *found.span())}`)", "…"


def _ranges(text: str, _: str) -> Iterator[Fault]:
    if found := RANGE.search(text):
        yield f"`{found[0]}`", f"`{re.sub(' ?- ?', '–', found[0])}`, with an en dash"
