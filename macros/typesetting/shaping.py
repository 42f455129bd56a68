"""Shapes runs of letters that join: their glyphs, advance width and outlines. Breaks no lines and
knows no picture.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from macros.typesetting.fonts import UPRIGHT, Script

if TYPE_CHECKING:
    import uharfbuzz

PLAIN = {"kern": False, "liga": False}  # as pictures are set, see pictures.css
JOINED = {"kern": False}
Glyph = tuple[int, float, float]  # number in the font; offsets right and up, in font units


@cache
def _font(script: Script | None, weight: int) -> uharfbuzz.Font:
    """The font of a script (None: the bundled one) in one weight, loaded once."""
    import uharfbuzz  # here and below: a build that shapes nothing new does without

    file = script.file(weight) if script else UPRIGHT
    face = uharfbuzz.Face(file.read_bytes())
    font = uharfbuzz.Font(face)
    font.set_variations({"wght": weight})
    return font


@lru_cache(maxsize=10_000)
def _shaped(run: str, script: Script | None, weight: int) -> tuple[tuple[Glyph, ...], float]:
    """The glyphs of a run from left to right, and its advance width, in font units."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(run)
    buffer.direction = "rtl" if script else "ltr"
    buffer.script = script.code if script else "Latn"
    uharfbuzz.shape(_font(script, weight), buffer, JOINED if script else PLAIN)
    glyphs: list[Glyph] = []
    x = 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        right = x + position.x_offset
        up = float(position.y_offset)
        glyphs.append((info.codepoint, right, up))
        x += position.x_advance
    return tuple(glyphs), x


def advance(run: str, script: Script | None, weight: int) -> float:
    """Advance width of a run of letters of one font, in font sizes.

    Letters that join take the forms they have beside each other.
    """
    _, width = _shaped(run, script, weight)
    return width / _font(script, weight).face.upem


def outline(run: str, script: Script | None, weight: int, x: float, y: float, size: float) -> str:
    """SVG path of a run whose left end is at `x` on the baseline `y`.

    `size` is the font size, in the same units; coordinates have two decimals.
    """
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen

    font = _font(script, weight)
    scale = size / font.face.upem
    pen = SVGPathPen(None, ntos=_two_decimals)
    glyphs, _ = _shaped(run, script, weight)
    for glyph, right, up in glyphs:
        placed = (scale, 0, 0, -scale, x + right * scale, y - up * scale)
        font.draw_glyph_with_pen(glyph, TransformPen(pen, placed))
    return pen.getCommands()


def _two_decimals(number: float) -> str:
    """A coordinate with at most two decimals."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
