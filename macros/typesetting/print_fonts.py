"""Fonts for PDFs: one shape for each letter, as TrueType."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from macros.typesetting import subset
from macros.typesetting.fonts import UPRIGHT, Script, each

LAYOUT_FEATURES = ["kern", "mark", "mkmk", *subset.JOINING]


def print_font(script: Script | None, weight: int) -> bytes:
    """The bundled font (None), or that of a script, in one weight."""
    if script is None:
        font = subset.cut(UPRIGHT, weight, subset.LETTERS, flavor=None)
        return _without_ligatures(font, subset.LETTERS)
    # Pango takes the spaces between words from the font of the words
    letters = (*subset.SPACES, *each(script.ranges))
    font = subset.own_cut(script, weight, letters, flavor=None)
    return _without_ligatures(font, letters)


def _without_ligatures(font: bytes, letters: Iterable[int]) -> bytes:
    """The font with one shape for each letter.

    A field can type no other, and PDF/UA allows no other in its font. Letters that join keep the
    shapes that joining gives them.
    """
    cut = TTFont(BytesIO(font), recalcTimestamp=False)
    subsetter = Subsetter(Options(layout_features=LAYOUT_FEATURES, notdef_outline=True))
    subsetter.populate(unicodes=letters)
    subsetter.subset(cut)
    out = BytesIO()
    cut.save(out)
    return out.getvalue()
