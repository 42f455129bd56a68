"""Cuts the bundled fonts to the letters and weights that the site shows, as WOFF2. Measures nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from macros.fonts import BOLD, FAMILY, ITALIC, LICENCE, REGULAR, UPRIGHT, Ranges, Script, each

LETTERS = [  # Latin with all of Latin Extended-A, the signs of European languages, arrows
    *range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C), 0x2C6, 0x2C7, *range(0x2D8, 0x2DE),
    0x1E9E, *range(0x2010, 0x2028), 0x202F, 0x2030, *range(0x2039, 0x203B), 0x20AC, 0x2116, 0x2122,
    *range(0x2190, 0x2196), 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x2713,
]
SPACES = (0x20, 0xA0)
LAYOUT = ["kern", "mark", "mkmk", "ccmp", "locl", "liga"]
JOINING = ["init", "medi", "fina", "isol", "rlig", "calt", "curs"]  # forms of letters that join
WEIGHTS = {"regular": REGULAR, "bold": BOLD}  # of the font of a script
RARE = "-rare"  # in names of files with letters that a page seldom needs
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


def fewer(font: bytes, letters: Iterable[int]) -> bytes:
    """A font file with fewer letters than another has."""
    return _saved(_with_letters(TTFont(BytesIO(font), recalcTimestamp=False), letters), "woff2")


def own_cut(script: Script, weight: int, letters: Iterable[int], flavor: str | None = "woff2") -> bytes:
    """A font file with these letters of a script, under the name that a cut may have."""
    font = TTFont(script.file(weight), recalcTimestamp=False)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = script.family.replace(" ", "") if record.nameID == 6 else script.family
    return _saved(_with_letters(font, letters), flavor)


def _with_letters(font: TTFont, letters: Iterable[int]) -> TTFont:
    options = Options(layout_features=[*LAYOUT, *JOINING], notdef_outline=True, hinting=False)
    options.drop_tables = [*options.drop_tables, "meta"]
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
    made_by = sha256(Path(__file__).read_bytes()).hexdigest()[:16]
    made_from = f"{UPRIGHT.parent.parent.name} {UPRIGHT.stat().st_size} {made_by}\n"
    if mark.exists() and mark.read_text(encoding="utf-8") == made_from:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name, (source, weight) in CUTS.items():
        (folder / f"source-sans-3-{name}.woff2").write_bytes(cut(source, weight, LETTERS))
    shutil.copyfile(LICENCE, folder / "OFL.txt")
    mark.write_text(made_from, encoding="utf-8")


# The letters of an edition that the bundled font lacks


def add(folder: Path, script: Script) -> str:
    """Puts the font of a script and a style sheet into the `assets` of an edition; returns the path of the style sheet.

    There the letters join the family of the bundled font, so that no other style need know of them. They have no
    slanted form: a slant is foreign to the script.
    """
    fonts, styles = folder / "assets" / "fonts", folder / "assets" / "styles" / f"{script.name}.css"
    for made in (fonts, styles.parent):
        made.mkdir(parents=True, exist_ok=True)
    for name, weight in WEIGHTS.items():
        for part, ranges in parts(script).items():
            (fonts / f"{script.name}{part}-{name}.woff2").write_bytes(_woff2(script, weight, ranges))
    shutil.copyfile(script.licence, fonts / f"{script.name}-OFL.txt")
    faces = (("regular", REGULAR, "normal"), ("regular", REGULAR, "italic"), ("bold", BOLD, "normal"))
    written = (_face(script, part, *face) for face in faces for part in parts(script))
    styles.write_text("\n".join(written), encoding="utf-8")
    return styles.relative_to(folder).as_posix()


def needed(script: Script) -> list[str]:
    """Names of the font files that every page in a script needs."""
    return [f"{script.name}-{name}" for name in WEIGHTS]


def parts(script: Script) -> dict[str, Ranges]:
    """The letters of a script in two files: a browser fetches the second only where a page holds one of its letters."""
    return {"": script.common, RARE: script.rare}


@cache
def _woff2(script: Script, weight: int, ranges: Ranges) -> bytes:
    return own_cut(script, weight, each(ranges))


def _face(script: Script, part: str, name: str, weight: int, style: str) -> str:
    return (
        f'@font-face {{\n  font-family: "{FAMILY}";\n'
        f'  src: url("../fonts/{script.name}{part}-{name}.woff2") format("woff2");\n'
        f"  font-weight: {weight};\n  font-style: {style};\n  font-display: swap;\n"
        f"  unicode-range: {unicode_range(parts(script)[part])};\n}}\n"
    )


def unicode_range(ranges: Ranges) -> str:
    """Letters as a style sheet names them."""
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in ranges)
