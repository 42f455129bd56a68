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
from macros.typesetting.fonts import BUNDLED, ranges_of
from macros.typesetting.subset import Fonts
from roadmap.postprocess.built_edition import BuiltPage

# A `@font-face` rule of a minified style sheet, with the path of its file without `.woff2`
FACE = re.compile(r'@font-face\{[^}]*?url\("(fonts/[\w-]+)\.woff2"\)[^}]*\}')
# A letter that a style sheet writes by its number: `\2014`
ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})")
# Code points that every page needs: ASCII, the no-break space, general punctuation
ALWAYS = (*range(0x20, 0x7F), 0xA0, *range(0x2010, 0x2027))
RANGE = "unicode-range:"


def split_fonts(assets: Path, styles: str, letters: Iterable[str], fonts: Fonts = subset) -> str:
    """Splits the files of the bundled font in two: the letters that pages show, and all others.

    `assets` is the folder that holds `fonts/`, `styles` the minified style sheet of the edition,
    `letters` those of its pages, `fonts` cuts them. Returns the style sheet, with two faces for
    each of the bundled font.
    """
    shown = _code_points(styles)
    for text in letters:
        shown.update(map(ord, text))
    all_letters = set(subset.LETTERS)
    needed = all_letters.intersection(shown)
    common = sorted(needed.union(ALWAYS))
    rare = sorted(all_letters.difference(common))

    def two_faces(face: re.Match[str]) -> str:
        """The face for the common letters, whose file keeps its name, and that for the others."""
        rule = face[0]
        path = face[1]
        if RANGE in rule:  # the font of another script, which is split already
            return rule
        _write_files(assets / f"{path}.woff2", common, rare, fonts)
        return rule + _rare_face(rule, path, rare)

    return FACE.sub(two_faces, styles)


def _write_files(file: Path, common: list[int], rare: list[int], fonts: Fonts) -> None:
    """Writes the common letters to a font file and the rare ones to a file beside it."""
    face = BUNDLED[file.stem]
    rare_name = file.stem + subset.RARE
    rare_file = file.with_stem(rare_name)
    file.write_bytes(fonts.web_font(face, common))
    rare_file.write_bytes(fonts.web_font(face, rare))


def _rare_face(rule: str, path: str, rare: list[int]) -> str:
    """The `@font-face` rule for the file with the rare letters.

    `rule` is that of the whole font and `path` the file in it, without suffix.
    """
    rare_path = path + subset.RARE
    rare_rule = rule.replace(path, rare_path)
    unicode_range = subset.unicode_range(ranges_of(rare))
    return f"{rare_rule.removesuffix('}')};{RANGE}{unicode_range}}}"


def letters_of(page: BuiltPage) -> str:
    """The letters that a page shows, sorted; markup counts as text."""
    return "".join(sorted(set(unescape(page.html))))


def _code_points(styles: str) -> set[int]:
    """The letters in a style sheet, those written as an escape among them."""
    found = set(map(ord, styles))
    for code in ESCAPE.findall(styles):
        found.add(int(code, 16))
    return found
