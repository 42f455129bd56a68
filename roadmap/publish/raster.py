"""Rasterises SVG to PNG, each drawing once."""

from __future__ import annotations

from pathlib import Path

from roadmap.project.cache import ValueCache, packages

FOLDER = "rasters"  # below .cache/


def png(svg: str, width: int, root: Path) -> bytes:
    """A drawing as PNG, `width` pixels wide. Fonts of this machine are not used.

    The same drawing gives the same bytes. `root` is the checkout, whose cache keeps them.
    """
    cache = ValueCache(root / ".cache" / FOLDER, ".png")
    return cache.get(lambda: _rasterise(svg, width), svg, width, packages())


def _rasterise(svg: str, width: int) -> bytes:
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True))
