"""Subsets the bundled fonts to the letters and weights that the site shows, with HarfBuzz. Measures
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from macros.typesetting.fonts import Face, Ranges

if TYPE_CHECKING:
    import uharfbuzz
    from fontTools.ttLib import TTFont

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
LAYOUT = ("kern", "mark", "mkmk", "ccmp", "locl", "liga")
JOINING = ("init", "medi", "fina", "isol", "rlig", "calt", "curs")  # forms of letters that join
DROPPED = ("meta", "STAT")  # tables: languages of the whole font, axes that a cut has no more
POSTSCRIPT_NAME = 6  # entries of the table `name` of a font
FAMILY_NAMES = (1, 3, 4)  # family, identifier, full name
RARE = "-rare"  # in names of files with letters that a page seldom needs


class Fonts(Protocol):
    """What cuts fonts: this module, or what keeps its answers."""

    def web_font(self, face: Face, letters: Iterable[int]) -> bytes: ...
    def picture_font(self, face: Face, letters: Iterable[int]) -> bytes: ...


def web_font(face: Face, letters: Iterable[int]) -> bytes:
    """A WOFF2 file with these code points; those that the font lacks are left out."""
    return _saved(_cut(face, letters, (*LAYOUT, *JOINING)), "woff2")


def picture_font(face: Face, letters: Iterable[int]) -> bytes:
    """A WOFF file with these code points, as pictures are set: letters join, nothing else.

    For few letters it is a quarter larger than WOFF2, and made in a tenth of the time.
    """
    return _saved(_cut(face, letters, JOINING), "woff")


def truetype(face: Face, letters: Iterable[int], features: Iterable[str]) -> bytes:
    """A TrueType file with these code points and layout features only."""
    return _saved(_cut(face, letters, features), None)


def _saved(font: TTFont, flavor: str | None) -> bytes:
    """The bytes of a font file; the same font gives the same bytes."""
    font.flavor = flavor
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def _cut(face: Face, letters: Iterable[int], features: Iterable[str]) -> TTFont:
    """A font in one weight, reduced to these code points and layout features.

    It goes by the name that a subset may have; the licence keeps the name of the font for the
    whole font.
    """
    import uharfbuzz  # here and below: a build that cuts no font does without
    from fontTools.ttLib import TTFont
    from uharfbuzz import SubsetFlags, SubsetInput

    source = _source(face.file)
    wanted = SubsetInput()
    wanted.unicode_set.update(letters)
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(map(_tag, features))
    wanted.drop_table_tag_set.update(map(_tag, DROPPED))
    wanted.flags = SubsetFlags.NO_HINTING | SubsetFlags.NOTDEF_OUTLINE
    wanted.pin_axis_location(source, "wght", face.weight)  # a font of one weight has no axis
    subset = uharfbuzz.subset(source, wanted)
    font = TTFont(BytesIO(subset.blob.data), recalcTimestamp=False)
    if face.family:
        _rename(font, face.family)
    return font


@cache
def _source(file: Path) -> uharfbuzz.Face:
    """A whole font, loaded once."""
    import uharfbuzz

    return uharfbuzz.Face(file.read_bytes())


def _tag(name: str) -> int:
    """The name of a table or a feature as HarfBuzz counts it."""
    return int.from_bytes(name.encode(), "big")


def _rename(font: TTFont, family: str) -> None:
    """Gives a font the name of another family."""
    for record in font["name"].names:
        if record.nameID == POSTSCRIPT_NAME:
            record.string = family.replace(" ", "")
        elif record.nameID in FAMILY_NAMES:
            record.string = family


def unicode_range(ranges: Ranges) -> str:
    """The value of the CSS descriptor `unicode-range`."""
    parts = []
    for first, last in ranges:
        if first == last:
            parts.append(f"U+{first:X}")
        else:
            parts.append(f"U+{first:X}-{last:X}")
    return ",".join(parts)
