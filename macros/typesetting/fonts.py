"""The bundled fonts: where their files lie and which letters each is for. Cuts nothing, measures
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
REGULAR, BOLD = 400, 700
ARABIC_FOLDER = Path(fontpkg_ibm_plex_sans_arabic.__file__).parent


Ranges = tuple[tuple[int, int], ...]  # of letters, first and last


def each(ranges: Ranges) -> tuple[int, ...]:
    return tuple(letter for first, last in ranges for letter in range(first, last + 1))


def ranges_of(letters: Collection[int]) -> Ranges:
    """What `each` takes apart, for letters in order."""
    starts = [letter for letter in letters if letter - 1 not in letters]
    return tuple(
        zip(starts, (letter for letter in letters if letter + 1 not in letters), strict=True)
    )


@dataclass(frozen=True)
class Script:
    """A script that the bundled font lacks, and its own font. Its letters join, from right to
    left.
    """

    code: str  # ISO 15924
    name: str  # in file names
    family: str  # of the cuts; the licence keeps the name of the font for the whole font
    upright: Path
    bold: Path
    licence: Path
    ranges: Ranges  # of all its letters
    common: Ranges  # those that Arabic and Persian are written with; a page seldom needs others

    def has(self, character: str) -> bool:
        return any(first <= ord(character) <= last for first, last in self.ranges)

    def file(self, weight: int) -> Path:
        return self.bold if weight == BOLD else self.upright

    @property
    def rare(self) -> Ranges:
        """The ranges between the common ones."""
        common = set(each(self.common))
        return ranges_of([letter for letter in each(self.ranges) if letter not in common])


# Each letter is one glyph here. In fonts that put letters together from strokes and dots, as Noto
# does, a PDF made by
# WeasyPrint loses what is written.
ARABIC = Script(
    code="Arab",
    name="arabic",
    family="Roadmap Arabic",
    upright=ARABIC_FOLDER / "files" / "IBMPlexSansArabic-Regular.ttf",
    bold=ARABIC_FOLDER / "files" / "IBMPlexSansArabic-Bold.ttf",
    licence=ARABIC_FOLDER / "LICENSE",
    ranges=(
        (0x600, 0x6FF),
        (0x750, 0x77F),
        (0x200C, 0x200D),
    ),  # Arabic, Persian, Urdu, Kurdish; joiners
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
    """The script that a character needs a font of its own for."""
    return next((script for script in SCRIPTS.values() if script.has(character)), None)


def runs(text: str) -> Iterator[tuple[str, Script | None]]:
    """The text in pieces, each in one font."""
    for script, characters in groupby(text, key=script_of):
        yield "".join(characters), script
