"""The bundled fonts: where their files lie and which letters each is for. Cuts nothing, measures nothing."""

from collections.abc import Iterator
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


@dataclass(frozen=True)
class Script:
    """A script that the bundled font lacks, and its own font. Its letters join, from right to left."""

    code: str  # ISO 15924
    name: str  # in file names
    family: str  # of the cuts; the licence keeps the name of the font for the whole font
    upright: Path
    bold: Path
    licence: Path
    ranges: tuple[tuple[int, int], ...]  # of its letters, first and last

    def has(self, character: str) -> bool:
        return any(first <= ord(character) <= last for first, last in self.ranges)

    def file(self, weight: int) -> Path:
        return self.bold if weight == BOLD else self.upright

    @property
    def letters(self) -> tuple[int, ...]:
        return tuple(letter for first, last in self.ranges for letter in range(first, last + 1))


# Each letter is one glyph here. In fonts that put letters together from strokes and dots, as Noto does, a PDF made by
# WeasyPrint loses what is written.
ARABIC = Script(
    code="Arab", name="arabic", family="Roadmap Arabic",
    upright=ARABIC_FOLDER / "files" / "IBMPlexSansArabic-Regular.ttf",
    bold=ARABIC_FOLDER / "files" / "IBMPlexSansArabic-Bold.ttf",
    licence=ARABIC_FOLDER / "LICENSE",
    ranges=((0x600, 0x6FF), (0x750, 0x77F), (0x200C, 0x200D)),  # Arabic, Persian, Urdu, Kurdish; joiners
)
SCRIPTS = {script.code: script for script in (ARABIC,)}


def script_of(character: str) -> Script | None:
    """The script that a character needs a font of its own for."""
    return next((script for script in SCRIPTS.values() if script.has(character)), None)


def runs(text: str) -> Iterator[tuple[str, Script | None]]:
    """The text in pieces, each in one font."""
    for script, characters in groupby(text, key=script_of):
        yield "".join(characters), script
