"""The bundled fonts: where their files lie and which letters each is for. Subsets nothing, measures
nothing.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import fontpkg_ibm_plex_sans_arabic
import fontpkg_source_sans_3

FAMILY = "Source Sans 3"
FOLDER = Path(fontpkg_source_sans_3.__file__).parent
UPRIGHT = FOLDER / "files" / "SourceSans3[wght].ttf"
ITALIC = FOLDER / "files" / "SourceSans3-Italic[wght].ttf"
LICENCE = FOLDER / "LICENSE"
REGULAR = 400  # weights, as CSS counts them
BOLD = 700
ARABIC_FOLDER = Path(fontpkg_ibm_plex_sans_arabic.__file__).parent


@dataclass(frozen=True)
class Face:
    """A font in one weight."""

    file: Path
    weight: int
    family: str = ""  # that subsets go by; that of the font, if empty


# The bundled font by the names of its web fonts
BUNDLED = {
    "source-sans-3-regular": Face(UPRIGHT, REGULAR),
    "source-sans-3-bold": Face(UPRIGHT, BOLD),
    "source-sans-3-italic": Face(ITALIC, REGULAR),
}

Ranges = tuple[tuple[int, int], ...]  # of code points, first and last


def each(ranges: Ranges) -> tuple[int, ...]:
    """Every code point of some ranges, in order."""
    letters: list[int] = []
    for first, last in ranges:
        letters += range(first, last + 1)
    return tuple(letters)


def ranges_of(letters: Collection[int]) -> Ranges:
    """The ranges that hold these code points; the reverse of `each`.

    The code points are sorted, and none comes twice.
    """
    first = [letter for letter in letters if letter - 1 not in letters]
    last = [letter for letter in letters if letter + 1 not in letters]
    return tuple(zip(first, last, strict=True))


@dataclass(frozen=True)
class Script:
    """A script that the bundled font lacks, and its own font. Its letters join, and it runs from
    right to left.
    """

    code: str  # ISO 15924
    name: str  # in file names
    family: str  # of the subsets; the licence keeps the name of the font for the whole font
    upright: Path
    bold: Path
    licence: Path
    ranges: Ranges  # of all its letters
    common: Ranges  # those that Arabic and Persian are written with; a page seldom needs others

    def has(self, character: str) -> bool:
        """Whether a character belongs to the script."""
        code_point = ord(character)
        return any(first <= code_point <= last for first, last in self.ranges)

    def file(self, weight: int) -> Path:
        """The font file of a weight: 700 is bold, anything else regular."""
        return self.bold if weight == BOLD else self.upright

    def face(self, weight: int) -> Face:
        """The font in one weight, by the name that a subset may have."""
        return Face(self.file(weight), weight, self.family)

    @property
    def rare(self) -> Ranges:
        """The ranges between the common ones."""
        common = set(each(self.common))
        return ranges_of([letter for letter in each(self.ranges) if letter not in common])


# Each letter is one glyph here. In fonts that compose letters of strokes and dots, as Noto does, a
# PDF made by WeasyPrint loses what is written.
ARABIC = Script(
    code="Arab",
    name="arabic",
    family="Roadmap Arabic",
    upright=ARABIC_FOLDER / "files" / "IBMPlexSansArabic-Regular.ttf",
    bold=ARABIC_FOLDER / "files" / "IBMPlexSansArabic-Bold.ttf",
    licence=ARABIC_FOLDER / "LICENSE",
    ranges=(  # Arabic, Persian, Urdu, Kurdish; joiners
        (0x600, 0x6FF),
        (0x750, 0x77F),
        (0x200C, 0x200D),
    ),
    common=(
        (0x60C, 0x60C),
        (0x61B, 0x61F),
        (0x621, 0x652),
        (0x660, 0x66C),
        (0x670, 0x671),
        (0x67E, 0x67E),
        (0x686, 0x686),
        (0x698, 0x698),
        (0x6A9, 0x6A9),
        (0x6AF, 0x6AF),
        (0x6CC, 0x6CC),
        (0x6F0, 0x6F9),
        (0x200C, 0x200D),
    ),
)
SCRIPTS = {script.code: script for script in (ARABIC,)}


def script_of(character: str) -> Script | None:
    """The script of a character that needs a font of its own; None for the bundled font."""
    for script in SCRIPTS.values():
        if script.has(character):
            return script
    return None


def runs(text: str) -> Iterator[tuple[str, Script | None]]:
    """The text split into runs of one font, each with its script (None: the bundled font).

    In the order of the text, not in that of the line.
    """
    for script, characters in groupby(text, key=script_of):
        yield "".join(characters), script
