"""Fits the fonts of a built edition to the letters that its pages show.

What a reader writes beside, such as a note in another language, finds its letters in files that a
browser fetches only then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path

from macros.typesetting import subset
from macros.typesetting.fonts import ranges_of

FACE = re.compile(r'@font-face\{[^}]*?url\("(fonts/[\w-]+)\.woff2"\)[^}]*\}')
ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})")  # a letter in a style sheet
ALWAYS = (*range(0x20, 0x7F), 0xA0, *range(0x2010, 0x2027))
RANGE = "unicode-range:"


def fit(assets: Path, styles: str, pages: Iterable[str]) -> str:
    """The style sheet of an edition with two faces for each of the bundled font, whose files it
    cuts in two.
    """
    shown = {ord(letter) for page in pages for letter in unescape(page)} | _in(styles)
    first = sorted(shown.intersection(subset.LETTERS).union(ALWAYS))
    rest = sorted(set(subset.LETTERS).difference(first))

    def two(face: re.Match[str]) -> str:
        if RANGE in face[0]:  # of another script
            return face[0]
        whole = (assets / f"{face[1]}.woff2").read_bytes()
        for part, letters in (("", first), (subset.RARE, rest)):
            (assets / f"{face[1]}{part}.woff2").write_bytes(subset.fewer(whole, letters))
        rare = face[0].replace(face[1], face[1] + subset.RARE).removesuffix("}")
        return f"{face[0]}{rare};{RANGE}{subset.unicode_range(ranges_of(rest))}}}"

    return FACE.sub(two, styles)


def _in(styles: str) -> set[int]:
    return {ord(letter) for letter in styles} | {int(code, 16) for code in ESCAPE.findall(styles)}
