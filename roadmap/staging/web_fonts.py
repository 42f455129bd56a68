"""Writes the web fonts of the site (WOFF2) and their `@font-face` rules.

The bundled font is for all editions, the font of a script for those that need it.
"""

from __future__ import annotations

import shutil
from functools import cache
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
from roadmap.project.cache import code_of, fingerprint, packages

# The weights of the font of a script
WEIGHTS = {"regular": REGULAR, "bold": BOLD}
# The faces for the letters of a script: the name of the file, weight, style. There are no slanted
# letters, so that italics show upright ones
FACES = (
    ("regular", REGULAR, "normal"),
    ("regular", REGULAR, "italic"),
    ("bold", BOLD, "normal"),
)
# The files of the bundled font: the font that each is cut from, and its weight
CUTS = {"regular": (UPRIGHT, REGULAR), "bold": (UPRIGHT, BOLD), "italic": (ITALIC, REGULAR)}


def provide(folder: Path) -> None:
    """Puts the cuts and their licence into a folder, unless they are there."""
    mark = folder / "made-from.txt"
    made_from = fingerprint(*_values()) + "\n"
    if mark.exists() and mark.read_text(encoding="utf-8") == made_from:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, (source, weight) in CUTS.items():
        (folder / f"source-sans-3-{name}.woff2").write_bytes(
            subset.cut(source, weight, subset.LETTERS)
        )
    shutil.copyfile(LICENCE, folder / "OFL.txt")
    mark.write_text(made_from, encoding="utf-8")


def _values() -> tuple[object, ...]:
    """All that decides how the bundled font is cut: files, letters, the library, our code."""
    cuts = [(name, source.read_bytes(), weight) for name, (source, weight) in CUTS.items()]
    return (cuts, subset.LETTERS, packages(), code_of("macros/typesetting"))


# The letters of an edition that the bundled font lacks


def add(folder: Path, script: Script) -> str:
    """Writes the font of a script and its style sheet into the `assets` of an edition.

    `folder` is that of the staged edition. Returns the path of the style sheet below it. There the
    letters join the family of the bundled font, so that no other style need know of them. They have
    no slanted form: a slant is foreign to the script.
    """
    fonts = folder / "assets" / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    for name, weight in WEIGHTS.items():
        for part, ranges in parts(script).items():
            file = fonts / f"{script.name}{part}-{name}.woff2"
            file.write_bytes(_woff2(script, weight, ranges))
    shutil.copyfile(script.licence, fonts / f"{script.name}-OFL.txt")
    return _write_style_sheet(folder, script)


def _write_style_sheet(folder: Path, script: Script) -> str:
    """Writes the `@font-face` rules of a script; returns the path of the file below the folder."""
    path = f"assets/styles/fonts/{script.name}.css"
    rules = []
    for name, weight, style in FACES:
        for part in parts(script):
            rules.append(_face(script, part, name, weight, style))
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(rules), encoding="utf-8")
    return path


def needed(script: Script) -> list[str]:
    """The font files that every page in a script needs, by their names without suffix."""
    return [f"{script.name}-{name}" for name in WEIGHTS]


def parts(script: Script) -> dict[str, Ranges]:
    """The letters of a script in two files: what the name of each ends in → its code points.

    A browser fetches the second only where a page holds one of its letters.
    """
    return {"": script.common, subset.RARE: script.rare}


@cache
def _woff2(script: Script, weight: int, ranges: Ranges) -> bytes:
    """The font of a script with these code points only."""
    return subset.own_cut(script, weight, each(ranges))


def _face(script: Script, part: str, name: str, weight: int, style: str) -> str:
    """The `@font-face` rule of a file."""
    unicode_range = subset.unicode_range(parts(script)[part])
    return (
        f'@font-face {{\n  font-family: "{FAMILY}";\n'
        f'  src: url("../../fonts/{script.name}{part}-{name}.woff2") format("woff2");\n'
        f"  font-weight: {weight};\n  font-style: {style};\n  font-display: swap;\n"
        f"  unicode-range: {unicode_range};\n}}\n"
    )
