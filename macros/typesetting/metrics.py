"""How wide words are in the bundled fonts, and where a line of them breaks. Knows no picture."""

import re
from functools import cache, lru_cache

from fontTools.ttLib import TTFont

from macros.typesetting import shaping
from macros.typesetting.fonts import BOLD, REGULAR, UPRIGHT, Script, runs, script_of

LINE = 1.25  # height of a line, in font sizes
ASCENT = 0.75  # from the top of a line to its baseline, in font sizes
SOFT = "\u00ad"  # soft hyphen: a translator's hint where a long word may break
SPACE = re.compile(r"[ \t\r\n]+")  # a no-break space is none of these
MAY_BREAK = re.compile(rf"(?<=\w[-–/{SOFT}])(?=\w)")
STUB = 3  # letters that a cut leaves together, where it can


@cache
def _font() -> TTFont:
    return TTFont(UPRIGHT)


@cache
def _letters(weight: int) -> tuple[dict[int, str], object, int]:
    return (
        _font().getBestCmap(),
        _font().getGlyphSet(location={"wght": weight}),
        _font()["head"].unitsPerEm,
    )


@cache
def _advance(character: str, weight: int) -> float:
    """Width of one character, in font sizes. A character the font lacks counts as one em."""
    names, glyphs, em = _letters(weight)
    name = names.get(ord(character))
    return 1.0 if name is None else glyphs[name].width / em  # type: ignore[index]


@lru_cache(maxsize=10_000)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a line of text, in the units of `size`."""
    weight = BOLD if bold else REGULAR
    return size * sum(_run(run, script, weight) for run, script in runs(text))


def _run(run: str, script: Script | None, weight: int) -> float:
    """Width of a run in one font, in font sizes. Letters that join are measured together."""
    return (
        shaping.advance(run, script, weight)
        if script
        else sum(_advance(character, weight) for character in run)
    )


def measured(text: str) -> bool:
    """Whether the bundled fonts have every character, so that its width is known and not
    guessed.
    """
    return all(ord(character) in _letters(REGULAR)[0] or script_of(character) for character in text)


def wrap(text: str, limit: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Lines no wider than `limit`, every word kept; a word too long for a line is broken, see
    `_pieces`.
    """
    lines: list[str] = []
    for word in _words(text):
        together = f"{lines[-1]} {word}" if lines else word
        if _fits(together, limit, size, bold):
            lines[-1:] = [together]
        else:
            lines += _pieces(word, limit, size, bold)
    return tuple(map(_shown, lines))


def unbroken(text: str, limit: float, size: float, *, bold: bool = False) -> bool:
    """Whether every word fits whole on a line."""
    return all(_fits(word, limit, size, bold) for word in _words(text))


def _words(text: str) -> list[str]:
    return [word for word in (word.strip(SOFT) for word in SPACE.split(text)) if word]


def _fits(line: str, limit: float, size: float, bold: bool) -> bool:
    return width(_shown(line), size, bold=bold) <= limit


def _shown(line: str) -> str:
    """A soft hyphen is seen at the end of a line only."""
    return line[:-1].replace(SOFT, "") + line[-1:].replace(SOFT, "-")


def _pieces(word: str, limit: float, size: float, bold: bool) -> list[str]:
    """The word whole where it fits, else broken after its hyphens and slashes, else cut where it
    must be.
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
    """Pieces that fit, a hyphen after each but the last."""
    cut: list[str] = []
    while not _fits(part, limit, size, bold) and len(part) > 1:
        fits = max(
            (n for n in range(1, len(part)) if _fits(part[:n] + "-", limit, size, bold)), default=1
        )
        fits = min(fits, max(len(part) - STUB, 1))
        cut.append(part[:fits] + "-")
        part = part[fits:]
    return [*cut, part]
