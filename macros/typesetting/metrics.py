"""Text metrics: advance widths in the bundled fonts, and where lines break. Knows no picture."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from macros.typesetting import shaping
from macros.typesetting.fonts import BOLD, REGULAR, UPRIGHT, Script, runs, script_of

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

LINE = 1.25  # height of a line, in font sizes
ASCENT = 0.75  # from the top of a line to its baseline, in font sizes
SOFT = "\u00ad"  # soft hyphen: a translator's hint where a long word may break
SPACE = re.compile(r"[ \t\r\n]+")  # a no-break space is none of these
MAY_BREAK = re.compile(rf"(?<=\w[-–/{SOFT}])(?=\w)")
STUB = 3  # letters that a cut leaves together, where it can


@cache
def _font() -> TTFont:
    """The bundled font, loaded once."""
    from fontTools.ttLib import TTFont  # here: a build that measures nothing new does without

    return TTFont(UPRIGHT)


@cache
def _glyph_names() -> dict[int, str]:
    """The character map of the bundled font: code point → name of the glyph."""
    return _font().getBestCmap()


@cache
def _glyphs(weight: int) -> Any:
    """The glyphs of the bundled font in one weight, by name."""
    return _font().getGlyphSet(location={"wght": weight})


@cache
def _advance(character: str, weight: int) -> float:
    """Advance width of one character, in font sizes; one em where the font lacks it."""
    name = _glyph_names().get(ord(character))
    if name is None:
        return 1.0
    return _glyphs(weight)[name].width / _font()["head"].unitsPerEm


@lru_cache(maxsize=10_000)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """Advance width of a line of text, in the units of `size`, the font size.

    Without kerning, as pictures are set. A character that the fonts lack counts as one em.
    """
    weight = BOLD if bold else REGULAR
    return size * sum(_run_advance(run, script, weight) for run, script in runs(text))


def _run_advance(run: str, script: Script | None, weight: int) -> float:
    """Advance width of a run in one font, in font sizes. Letters that join are shaped together."""
    if script:
        return shaping.advance(run, script, weight)
    return sum(_advance(character, weight) for character in run)


def measured(text: str) -> bool:
    """Whether the bundled fonts have every character.

    Otherwise the width of the text is a guess.
    """
    names = _glyph_names()
    return all(ord(character) in names or script_of(character) for character in text)


# Line breaks


def wrap(text: str, limit: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Lines no wider than `limit`, in the units of `size`; every word is kept.

    Lines break at spaces, not at no-break spaces. A word too long for a line is broken after a
    hyphen, a slash or a soft hyphen, else anywhere; see `_pieces`.
    """
    lines: list[str] = []
    for word in _words(text):
        extended = f"{lines[-1]} {word}" if lines else word
        if _fits(extended, limit, size, bold):
            lines[-1:] = [extended]
        else:
            lines += _pieces(word, limit, size, bold)
    return tuple(map(_without_soft_hyphens, lines))


def unbroken(text: str, limit: float, size: float, *, bold: bool = False) -> bool:
    """Whether every word fits whole on a line of `limit`, in the units of `size`."""
    return all(_fits(word, limit, size, bold) for word in _words(text))


def _words(text: str) -> list[str]:
    """The words of a text, without soft hyphens at their ends."""
    words = [word.strip(SOFT) for word in SPACE.split(text)]
    return [word for word in words if word]


def _fits(line: str, limit: float, size: float, bold: bool) -> bool:
    """Whether a line, as readers see it, is no wider than `limit`."""
    return width(_without_soft_hyphens(line), size, bold=bold) <= limit


def _without_soft_hyphens(line: str) -> str:
    """The line as readers see it: a soft hyphen is seen at the end only."""
    return line[:-1].replace(SOFT, "") + line[-1:].replace(SOFT, "-")


def _pieces(word: str, limit: float, size: float, bold: bool) -> list[str]:
    """The lines that a word takes.

    It stays whole where it fits, else it is broken after its hyphens and slashes, else it is cut
    where it must be.
    """
    if _fits(word, limit, size, bold):
        return [word]
    lines: list[str] = []
    for part in MAY_BREAK.split(word):
        if lines and _fits(lines[-1] + part, limit, size, bold):
            lines[-1] += part
        else:
            lines += _cut(part, limit, size, bold)
    return lines


def _cut(part: str, limit: float, size: float, bold: bool) -> list[str]:
    """Pieces of a word that fit, a hyphen after each but the last.

    The last has at least `STUB` letters where that is possible.
    """
    pieces: list[str] = []
    while len(part) > 1 and not _fits(part, limit, size, bold):
        length = _longest_start(part, limit, size, bold)
        length = min(length, max(len(part) - STUB, 1))
        pieces.append(part[:length] + "-")
        part = part[length:]
    return [*pieces, part]


def _longest_start(part: str, limit: float, size: float, bold: bool) -> int:
    """How many letters fit on a line with a hyphen behind them; at least one."""
    for length in range(len(part) - 1, 1, -1):
        if _fits(part[:length] + "-", limit, size, bold):
            return length
    return 1
