"""Draws the social card of an edition (og:image): shapes of the roles, title, what it is for.

Other sites show it beside a link. Letters become outlines, so that the picture needs no font of the
system; the same words make the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from macros.language.translator import Translator
from macros.typesetting import outlines
from macros.typesetting.fonts import BOLD, REGULAR
from macros.typesetting.metrics import wrap
from roadmap.project import addresses
from roadmap.project.addresses import TAGLINE
from roadmap.project.project import Edition
from roadmap.project.templates import fill
from roadmap.publish.raster import png

# Width, height and margin of the card, in pixels
WIDE = 1200
HIGH = 630
EDGE = 88
# Where the words begin, in pixels from above
TOP = 285
# Sizes of the title, in pixels: the largest that leaves room counts
SIZES = (104, 84, 66, 52, 40)
# From one baseline to the next, as a part of the size
LINE = 1.18
# The tagline is smaller than the title; in pixels, it is this at most
LARGEST_TAGLINE = 44


class Line(NamedTuple):
    """A line of words. `y` is its baseline and `size` its font size, in pixels."""

    words: str
    y: float
    size: float
    weight: int


def write_card(site: Path, edition: Edition) -> None:
    """Writes the social card of an edition below the site. Raises Problems."""
    path = site / addresses.social_card(edition.code)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(_card(edition))


def _card(edition: Edition) -> bytes:
    """The card of an edition as PNG, `WIDE` pixels wide."""
    svg = edition.project.memo("edition", edition.code).get(
        lambda: draw(edition.file.title, edition.translator),
        "card",
        edition.file.title,
        edition.pieces_key,
    )
    return png(svg, WIDE, edition.project.root)


def draw(title: str, translator: Translator) -> str:
    """The picture as SVG.

    Without the tagline where the edition has not translated it: no picture is in two languages.
    """
    tagline = translator.marking_untranslated().gettext(TAGLINE)
    if translator.has_untranslated(tagline):
        tagline = ""
    paths = []
    for line in _fitting(title, tagline):
        paths.append(_outline(line, translator.right_to_left))
    return fill(
        "social.svg.j2",
        wide=WIDE,
        high=HIGH,
        edge=EDGE,
        paths=paths,
        mirrored=translator.right_to_left,
    )


def _outline(line: Line, right_to_left: bool) -> str:
    """A line as an SVG path, which begins at the edge where the language begins its lines."""
    x = EDGE
    before = 0
    base = "L"
    if right_to_left:
        x = WIDE - EDGE
        before = 1
        base = "R"
    return outlines.path(
        line.words,
        x,
        line.y,
        line.size,
        line.weight,
        before=before,
        base=base,
    )


def _fitting(title: str, tagline: str) -> list[Line]:
    """The lines in the largest size that leaves room for all of them, else in the smallest."""
    lines = []
    for size in SIZES:
        lines = list(_lines(title, tagline, size))
        if lines[-1].y < HIGH - EDGE / 2:
            break
    return lines


def _lines(title: str, tagline: str, size: float) -> Iterator[Line]:
    """The lines of the title in a size, and those of the tagline below it."""
    width = WIDE - 2 * EDGE
    y = float(TOP)
    for words in wrap(title, width, size, bold=True):
        y += size * LINE
        yield Line(words, y, size, BOLD)
    small = min(LARGEST_TAGLINE, size * 0.7)
    y += small * 0.5
    for words in wrap(tagline, width, small):
        y += small * LINE
        yield Line(words, y, small, REGULAR)
