"""Writes the web fonts of the site (WOFF2) and their `@font-face` rules.

The bundled font is for all editions, the font of a script for those that need it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from macros.typesetting import subset
from macros.typesetting.fonts import BOLD, BUNDLED, FAMILY, LICENCE, REGULAR, Ranges, Script, each
from macros.typesetting.subset import Fonts
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


def provide(folder: Path) -> None:
    """Puts the cuts and their licence into a folder, unless they are there."""
    mark = folder / "made-from.txt"
    made_from = fingerprint(*_values()) + "\n"
    if mark.exists() and mark.read_text(encoding="utf-8") == made_from:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, face in BUNDLED.items():
        font = subset.web_font(face, subset.LETTERS)
        (folder / f"{name}.woff2").write_bytes(font)
    shutil.copyfile(LICENCE, folder / "OFL.txt")
    mark.write_text(made_from, encoding="utf-8", newline="\n")


def _values() -> tuple[object, ...]:
    """All that decides how the bundled font is cut: files, letters, the library, our code."""
    cuts = [(name, face.file.read_bytes(), face.weight) for name, face in BUNDLED.items()]
    return (cuts, subset.LETTERS, packages(), code_of("macros/typesetting"))


# The letters of an edition that the bundled font lacks


def add(folder: Path, script: Script, fonts: Fonts = subset) -> None:
    """Writes the font of a script and its style sheet into the `assets` of an edition.

    `folder` is that of the built edition, `fonts` cuts fonts. There the letters join the family of
    the bundled font, so that no other style need know of them. They have no slanted form: a slant
    is foreign to the script.
    """
    out = folder / "assets" / "fonts"
    out.mkdir(parents=True, exist_ok=True)
    for name, weight in WEIGHTS.items():
        for part, ranges in parts(script).items():
            file = out / f"{script.name}{part}-{name}.woff2"
            file.write_bytes(fonts.web_font(script.face(weight), each(ranges)))
    shutil.copyfile(script.licence, out / f"{script.name}-OFL.txt")
    _write_style_sheet(folder, script)


def style_sheet(script: Script) -> str:
    """The path of the style sheet of a script below an edition."""
    return f"assets/styles/fonts/{script.name}.css"


def _write_style_sheet(folder: Path, script: Script) -> None:
    """Writes the `@font-face` rules of a script."""
    rules = []
    for name, weight, style in FACES:
        for part in parts(script):
            rules.append(_face(script, part, name, weight, style))
    file = folder / style_sheet(script)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(rules), encoding="utf-8", newline="\n")


def needed(script: Script) -> list[str]:
    """The font files that every page in a script needs, by their names without suffix."""
    return [f"{script.name}-{name}" for name in WEIGHTS]


def parts(script: Script) -> dict[str, Ranges]:
    """The letters of a script in two files: what the name of each ends in → its code points.

    A browser fetches the second only where a page holds one of its letters.
    """
    return {"": script.common, subset.RARE: script.rare}


def _face(script: Script, part: str, name: str, weight: int, style: str) -> str:
    """The `@font-face` rule of a file."""
    unicode_range = subset.unicode_range(parts(script)[part])
    return (
        f'@font-face {{\n  font-family: "{FAMILY}";\n'
        f'  src: url("../../fonts/{script.name}{part}-{name}.woff2") format("woff2");\n'
        f"  font-weight: {weight};\n  font-style: {style};\n  font-display: swap;\n"
        f"  unicode-range: {unicode_range};\n}}\n"
    )
