"""Draws the picture that other sites show beside a link to an edition: shapes of the roles, title,
what it is for.

Letters become outlines, so that the picture needs no font of the system; the same words make the
same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from macros.language.translator import N_, Translator
from macros.typesetting import outlines
from macros.typesetting.fonts import BOLD, REGULAR
from macros.typesetting.metrics import wrap
from roadmap.project.edition_file import EditionFile
from roadmap.project.templates import fill
from roadmap.publish.web_app import png
from roadmap.translation import catalogue

FOR = N_(
    "How core and assisting practitioners, leaders and facilitators in early childhood centres learn together."
)
WIDE, HIGH, EDGE = 1200, 630, 88  # pixels
TOP, SIZES = (
    285,
    (104, 84, 66, 52, 40),
)  # where words begin; of the title, the largest that leaves room
LINE = 1.18


def file(code: str) -> str:
    """Path of the picture of an edition, below the site."""
    return f"assets/social-{code}.png"


def write(root: Path, folder: Path, offered: dict[str, EditionFile]) -> None:
    """Writes the picture of each edition below a folder."""
    for code, edition in offered.items():
        path = folder / file(code)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(draw(edition.title, Translator(code, catalogue.read(root, code))))


def draw(title: str, translator: Translator) -> bytes:
    """The picture as PNG. What the edition has not translated is left out: no picture is in two
    languages.
    """
    said = translator.marking_untranslated().gettext(FOR)
    lines = _fitting(title, "" if translator.has_untranslated(said) else said)
    x, before, base = (WIDE - EDGE, 1, "R") if translator.right_to_left else (EDGE, 0, "L")
    paths = [
        outlines.path(line, x, y, size, weight, before=before, base=base)
        for line, y, size, weight in lines
    ]
    svg = fill(
        "social.svg.j2",
        wide=WIDE,
        high=HIGH,
        edge=EDGE,
        paths=paths,
        mirrored=translator.right_to_left,
    )
    return png(svg, WIDE)


def _fitting(title: str, said: str) -> list[tuple[str, float, float, int]]:
    """Lines of the largest size that leaves room for all of them: words, baseline, size, weight."""
    tries = [list(_set(title, said, size)) for size in SIZES]
    return next((lines for lines in tries if lines[-1][1] < HIGH - EDGE / 2), tries[-1])


def _set(title: str, said: str, size: float) -> Iterator[tuple[str, float, float, int]]:
    y = TOP + 0.0
    for line in wrap(title, WIDE - 2 * EDGE, size, bold=True):
        y += size * LINE
        yield line, y, size, BOLD
    small = min(44, size * 0.7)
    y += small * 0.5
    for line in wrap(said, WIDE - 2 * EDGE, small):
        y += small * LINE
        yield line, y, small, REGULAR
