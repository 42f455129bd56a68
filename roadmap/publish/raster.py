"""Rasterises SVG to PNG."""

from __future__ import annotations

import resvg_py


def png(svg: str, width: int) -> bytes:
    """A drawing as PNG, `width` pixels wide. Fonts of this machine are not used.

    The same drawing gives the same bytes.
    """
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True))
