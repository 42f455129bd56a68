"""Writes the font files of a site: the bundled font for all editions, the font of a script for
those that need it.
"""

from __future__ import annotations

import shutil
from functools import cache
from hashlib import sha256
from pathlib import Path

from macros.typesetting import subset
from macros.typesetting.fonts import (
    BOLD,
    FAMILY,
    ITALIC,
    LICENCE,
    REGULAR,
    UPRIGHT,
    Ranges,
    Script,
    each,
)

WEIGHTS = {"regular": REGULAR, "bold": BOLD}  # of the font of a script
CUTS = {"regular": (UPRIGHT, REGULAR), "bold": (UPRIGHT, BOLD), "italic": (ITALIC, REGULAR)}


def provide(folder: Path) -> None:
    """Puts the cuts and their licence into a folder, unless they are there."""
    mark = folder / "made-from.txt"
    made_by = sha256(Path(subset.__file__).read_bytes()).hexdigest()[:16]
    made_from = f"{UPRIGHT.parent.parent.name} {UPRIGHT.stat().st_size} {made_by}\n"
    if mark.exists() and mark.read_text(encoding="utf-8") == made_from:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, (source, weight) in CUTS.items():
        (folder / f"source-sans-3-{name}.woff2").write_bytes(
            subset.cut(source, weight, subset.LETTERS)
        )
    shutil.copyfile(LICENCE, folder / "OFL.txt")
    mark.write_text(made_from, encoding="utf-8")


# The letters of an edition that the bundled font lacks


def add(folder: Path, script: Script) -> str:
    """Puts the font of a script and a style sheet into the `assets` of an edition; returns the path
    of the style sheet.

    There the letters join the family of the bundled font, so that no other style need know of them.
    They have no slanted form: a slant is foreign to the script.
    """
    fonts = folder / "assets" / "fonts"
    styles = folder / "assets" / "styles" / "fonts" / f"{script.name}.css"
    for made in (fonts, styles.parent):
        made.mkdir(parents=True, exist_ok=True)
    for name, weight in WEIGHTS.items():
        for part, ranges in parts(script).items():
            (fonts / f"{script.name}{part}-{name}.woff2").write_bytes(
                _woff2(script, weight, ranges)
            )
    shutil.copyfile(script.licence, fonts / f"{script.name}-OFL.txt")
    faces = (
        ("regular", REGULAR, "normal"),
        ("regular", REGULAR, "italic"),
        ("bold", BOLD, "normal"),
    )
    written = (_face(script, part, *face) for face in faces for part in parts(script))
    styles.write_text("\n".join(written), encoding="utf-8")
    return styles.relative_to(folder).as_posix()


def needed(script: Script) -> list[str]:
    """Names of the font files that every page in a script needs."""
    return [f"{script.name}-{name}" for name in WEIGHTS]


def parts(script: Script) -> dict[str, Ranges]:
    """The letters of a script in two files: a browser fetches the second only where a page holds
    one of its letters.
    """
    return {"": script.common, subset.RARE: script.rare}


@cache
def _woff2(script: Script, weight: int, ranges: Ranges) -> bytes:
    return subset.own_cut(script, weight, each(ranges))


def _face(script: Script, part: str, name: str, weight: int, style: str) -> str:
    return (
        f'@font-face {{\n  font-family: "{FAMILY}";\n'
        f'  src: url("../../fonts/{script.name}{part}-{name}.woff2") format("woff2");\n'
        f"  font-weight: {weight};\n  font-style: {style};\n  font-display: swap;\n"
        f"  unicode-range: {subset.unicode_range(parts(script)[part])};\n}}\n"
    )
