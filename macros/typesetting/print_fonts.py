"""Fonts for PDFs: one shape for each letter, as TrueType."""

from __future__ import annotations

from macros.typesetting import subset
from macros.typesetting.fonts import UPRIGHT, Face, Script, each

# Without ligatures: a field can type none, and PDF/UA allows none in its font. Letters that join
# keep the shapes that joining gives them
FEATURES = ("kern", "mark", "mkmk", *subset.JOINING)


def print_font(script: Script | None, weight: int) -> bytes:
    """The bundled font (None), or that of a script, in one weight."""
    if script is None:
        return subset.truetype(Face(UPRIGHT, weight), subset.LETTERS, FEATURES)
    # Pango takes the spaces between words from the font of the words
    letters = (*subset.SPACES, *each(script.ranges))
    return subset.truetype(script.face(weight), letters, FEATURES)
