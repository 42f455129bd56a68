"""Cuts the bundled fonts to the letters and weights that the site shows, as WOFF2. Measures
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from macros.typesetting.fonts import Ranges, Script

LETTERS = [  # Latin with all of Latin Extended-A, the signs of European languages, arrows
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x218, 0x21C),
    0x2C6,
    0x2C7,
    *range(0x2D8, 0x2DE),
    0x1E9E,
    *range(0x2010, 0x2028),
    0x202F,
    0x2030,
    *range(0x2039, 0x203B),
    0x20AC,
    0x2116,
    0x2122,
    *range(0x2190, 0x2196),
    0x2212,
    0x2248,
    0x2260,
    0x2264,
    0x2265,
    0x2713,
]
SPACES = (0x20, 0xA0)
LAYOUT = ["kern", "mark", "mkmk", "ccmp", "locl", "liga"]
JOINING = ["init", "medi", "fina", "isol", "rlig", "calt", "curs"]  # forms of letters that join
RARE = "-rare"  # in names of files with letters that a page seldom needs


@cache
def _weighted(source: Path, weight: int) -> bytes:
    """The font in one weight, with every letter that it shows anywhere."""
    font = TTFont(source, recalcTimestamp=False)
    return _saved(instantiateVariableFont(_with_letters(font, LETTERS), {"wght": weight}), None)


def cut(source: Path, weight: int, letters: Iterable[int], flavor: str | None = "woff2") -> bytes:
    """A font file with these letters in one weight; letters outside LETTERS are left out."""
    font = TTFont(BytesIO(_weighted(source, weight)), recalcTimestamp=False)
    return _saved(_with_letters(font, letters), flavor)


def fewer(font: bytes, letters: Iterable[int]) -> bytes:
    """A font file with fewer letters than another has."""
    return _saved(_with_letters(TTFont(BytesIO(font), recalcTimestamp=False), letters), "woff2")


def own_cut(
    script: Script, weight: int, letters: Iterable[int], flavor: str | None = "woff2"
) -> bytes:
    """A font file with these letters of a script, under the name that a cut may have."""
    font = TTFont(script.file(weight), recalcTimestamp=False)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = script.family.replace(" ", "") if record.nameID == 6 else script.family
    return _saved(_with_letters(font, letters), flavor)


def _with_letters(font: TTFont, letters: Iterable[int]) -> TTFont:
    options = Options(layout_features=[*LAYOUT, *JOINING], notdef_outline=True, hinting=False)
    options.drop_tables = [*options.drop_tables, "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    return font


def _saved(font: TTFont, flavor: str | None) -> bytes:
    font.flavor = flavor
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def unicode_range(ranges: Ranges) -> str:
    """Letters as a style sheet names them."""
    return ",".join(
        f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in ranges
    )
