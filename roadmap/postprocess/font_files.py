"""Splits the font files of a built edition by the letters that its pages show (`unicode-range`).

A font file becomes two: `source-sans-3-bold.woff2` keeps the letters that pages show, and
`source-sans-3-bold-rare.woff2` holds all others. What a reader writes, such as a note in another
language, finds its letters there; a browser fetches the file only then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path

from macros.typesetting import subset
from macros.typesetting.fonts import ranges_of

# A `@font-face` rule of a minified style sheet, with the path of its file without `.woff2`
FACE = re.compile(r'@font-face\{[^}]*?url\("(fonts/[\w-]+)\.woff2"\)[^}]*\}')
# A letter that a style sheet writes by its number: `\2014`
ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})")
# Code points that every page needs: ASCII, the no-break space, general punctuation
ALWAYS = (*range(0x20, 0x7F), 0xA0, *range(0x2010, 0x2027))
RANGE = "unicode-range:"


def split_fonts(assets: Path, styles: str, pages: Iterable[str]) -> str:
    """Splits the files of the bundled font in two: the letters that pages show, and all others.

    `assets` is the folder that holds `fonts/`, `styles` the minified style sheet of the edition,
    `pages` its HTML. Returns the style sheet, with two faces for each of the bundled font.
    """
    shown = _code_points(styles)
    for page in pages:
        text = unescape(page)
        shown.update(map(ord, text))
    letters = set(subset.LETTERS)
    needed = letters.intersection(shown)
    common = sorted(needed.union(ALWAYS))
    rare = sorted(letters.difference(common))

    def two_faces(face: re.Match[str]) -> str:
        """The face for the common letters, whose file keeps its name, and that for the others."""
        rule = face[0]
        path = face[1]
        if RANGE in rule:  # the font of another script, which is split already
            return rule
        _split_file(assets / f"{path}.woff2", common, rare)
        return rule + _rare_face(rule, path, rare)

    return FACE.sub(two_faces, styles)


def _split_file(file: Path, common: list[int], rare: list[int]) -> None:
    """Keeps the common letters in a font file and writes the rare ones to a file beside it."""
    whole = file.read_bytes()
    rare_name = file.stem + subset.RARE
    rare_file = file.with_stem(rare_name)
    file.write_bytes(subset.fewer(whole, common))
    rare_file.write_bytes(subset.fewer(whole, rare))


def _rare_face(rule: str, path: str, rare: list[int]) -> str:
    """The `@font-face` rule for the file with the rare letters.

    `rule` is that of the whole font and `path` the file in it, without suffix.
    """
    rare_path = path + subset.RARE
    rare_rule = rule.replace(path, rare_path)
    unicode_range = subset.unicode_range(ranges_of(rare))
    return f"{rare_rule.removesuffix('}')};{RANGE}{unicode_range}}}"


def _code_points(styles: str) -> set[int]:
    """The letters in a style sheet, those written as an escape among them."""
    found = set(map(ord, styles))
    for code in ESCAPE.findall(styles):
        found.add(int(code, 16))
    return found
