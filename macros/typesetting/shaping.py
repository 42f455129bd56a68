"""Letters that join: how wide they are together, and their outlines. Breaks no lines and knows no
picture.
"""

from __future__ import annotations

from functools import cache, lru_cache

import uharfbuzz
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen

from macros.typesetting.fonts import UPRIGHT, Script

PLAIN = {"kern": False, "liga": False}  # as pictures are set, see pictures.css
Glyph = tuple[int, float, float]  # number in the font, place in font units


@cache
def _font(script: Script | None, weight: int) -> uharfbuzz.Font:
    font = uharfbuzz.Font(uharfbuzz.Face((script.file(weight) if script else UPRIGHT).read_bytes()))
    font.set_variations({"wght": weight})
    return font


@lru_cache(maxsize=10_000)
def _shaped(run: str, script: Script | None, weight: int) -> tuple[tuple[Glyph, ...], float]:
    """The glyphs of a run from left to right, and how far they go, in font units."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(run)
    buffer.direction, buffer.script = ("rtl", script.code) if script else ("ltr", "Latn")
    uharfbuzz.shape(_font(script, weight), buffer, {"kern": False} if script else PLAIN)
    glyphs, x = [], 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyphs.append((info.codepoint, x + position.x_offset, float(position.y_offset)))
        x += position.x_advance
    return tuple(glyphs), x


def advance(run: str, script: Script | None, weight: int) -> float:
    """Width of a run of letters of one font, in font sizes."""
    return _shaped(run, script, weight)[1] / _font(script, weight).face.upem


def outline(run: str, script: Script | None, weight: int, x: float, y: float, size: float) -> str:
    """SVG path of a run that begins, at the left, at `x` on the baseline `y`."""
    font = _font(script, weight)
    scale, pen = (
        size / font.face.upem,
        SVGPathPen(None, ntos=lambda number: f"{number:.2f}".rstrip("0").rstrip(".")),
    )
    for glyph, right, up in _shaped(run, script, weight)[0]:
        font.draw_glyph_with_pen(
            glyph, TransformPen(pen, (scale, 0, 0, -scale, x + right * scale, y - up * scale))
        )
    return pen.getCommands()
