"""Subsets the bundled fonts to the letters and weights that the site shows, as WOFF2. Measures
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
POSTSCRIPT_NAME = 6  # entries of the table `name` of a font
FAMILY_NAMES = (1, 3, 4, 16)  # family, identifier, full name, typographic family
RARE = "-rare"  # in names of files with letters that a page seldom needs


@cache
def _weighted(source: Path, weight: int) -> bytes:
    """The font in one weight, with every letter that it shows anywhere."""
    font = TTFont(source, recalcTimestamp=False)
    subset = _with_letters(font, LETTERS)
    instance = instantiateVariableFont(subset, {"wght": weight})
    return _saved(instance, None)


def cut(source: Path, weight: int, letters: Iterable[int], flavor: str | None = "woff2") -> bytes:
    """A font file with these code points in one weight; those outside LETTERS are left out.

    `flavor` is `woff2`, or None for TrueType.
    """
    weighted = BytesIO(_weighted(source, weight))
    font = TTFont(weighted, recalcTimestamp=False)
    return _saved(_with_letters(font, letters), flavor)


def fewer(font: bytes, letters: Iterable[int]) -> bytes:
    """A WOFF2 file with only these code points of another font file."""
    whole = TTFont(BytesIO(font), recalcTimestamp=False)
    return _saved(_with_letters(whole, letters), "woff2")


def own_cut(
    script: Script,
    weight: int,
    letters: Iterable[int],
    flavor: str | None = "woff2",
) -> bytes:
    """A font file with these code points of a script.

    It goes by the name that a subset may have; the licence keeps the name of the font for the
    whole font. `flavor` is `woff2`, or None for TrueType.
    """
    font = TTFont(script.file(weight), recalcTimestamp=False)
    for record in font["name"].names:
        if record.nameID == POSTSCRIPT_NAME:
            record.string = script.family.replace(" ", "")
        elif record.nameID in FAMILY_NAMES:
            record.string = script.family
    return _saved(_with_letters(font, letters), flavor)


def _with_letters(font: TTFont, letters: Iterable[int]) -> TTFont:
    """The same font, reduced to these code points."""
    options = Options(
        layout_features=[*LAYOUT, *JOINING],
        notdef_outline=True,
        hinting=False,
    )
    options.drop_tables = [*options.drop_tables, "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    return font


def _saved(font: TTFont, flavor: str | None) -> bytes:
    """The bytes of a font file; the same font gives the same bytes."""
    font.flavor = flavor
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def unicode_range(ranges: Ranges) -> str:
    """The value of the CSS descriptor `unicode-range`."""
    parts = []
    for first, last in ranges:
        if first == last:
            parts.append(f"U+{first:X}")
        else:
            parts.append(f"U+{first:X}-{last:X}")
    return ",".join(parts)
