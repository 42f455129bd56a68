"""Cuts the bundled font to the letters and weights that the site shows, as WOFF2. Measures nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from macros.fonts import BOLD, ITALIC, LICENCE, REGULAR, UPRIGHT

LETTERS = [  # Latin with all of Latin Extended-A, the signs of European languages, arrows
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C), 0x2C6, 0x2C7, *range(0x2D8, 0x2DE),
    0x1E9E, *range(0x2010, 0x2028), 0x202F, 0x2030, *range(0x2039, 0x203B), 0x20AC, 0x2116, 0x2122,
    *range(0x2190, 0x2196), 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x2713,
]
CUTS = {"regular": (UPRIGHT, REGULAR), "bold": (UPRIGHT, BOLD), "italic": (ITALIC, REGULAR)}


@cache
def _weighted(source: Path, weight: int) -> bytes:
    """The font in one weight, with every letter that it shows anywhere."""
    font = TTFont(source, recalcTimestamp=False)
    return _saved(instantiateVariableFont(_with_letters(font, LETTERS), {"wght": weight}), None)


def cut(source: Path, weight: int, letters: Iterable[int], flavor: str | None = "woff2") -> bytes:
    """A font file with these letters in one weight; letters outside LETTERS are left out."""
    font = TTFont(BytesIO(_weighted(source, weight)), recalcTimestamp=False)
    return _saved(_with_letters(font, letters), flavor)


def _with_letters(font: TTFont, letters: Iterable[int]) -> TTFont:
    options = Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl", "liga"], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    return font


def _saved(font: TTFont, flavor: str | None) -> bytes:
    font.flavor = flavor
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def provide(folder: Path) -> None:
    """Puts the cuts and their licence into a folder, unless they are there."""
    mark = folder / "made-from.txt"
    made_from = f"{UPRIGHT.parent.parent.name} {UPRIGHT.stat().st_size} {hash(tuple(LETTERS))}\n"
    if mark.exists() and mark.read_text(encoding="utf-8") == made_from:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, (source, weight) in CUTS.items():
        (folder / f"source-sans-3-{name}.woff2").write_bytes(cut(source, weight, LETTERS))
    shutil.copyfile(LICENCE, folder / "OFL.txt")
    mark.write_text(made_from, encoding="utf-8")
