"""The stages of a pathway: each begins before the one before has ended, and one may go back."""

from __future__ import annotations

from collections.abc import Sequence

from macros.facts.model import Stage
from macros.language.translator import Translator
from macros.layout.geometry import Point
from macros.layout.pen import LEFT, RIGHT, WIDE, Pen, height
from macros.layout.picture import GAP, Picture

BAND = 210  # width of a stage
TIP = 18  # of its arrow
PAD = 12
LIMIT = BAND - TIP - 2 * PAD  # width of the text in a stage
LOWEST = 56  # height of a stage
APART = 12  # between two stages
BACK = LEFT + 20  # where the way back runs


def place(stages: Sequence[Stage], marked: Stage | None, translator: Translator) -> Picture:
    """A band for each stage, one below the other, shifted by time; below them the way back.

    The picture is 400 units wide and as high as the names need. `marked` is the stage at which
    the reader is, or None.
    """
    pen = Pen()
    step = (WIDE - BAND) / max(len(stages) - 1, 1)
    bottoms = []
    for index, stage in enumerate(stages):
        _band(pen, stage, LEFT + index * step, stage == marked, translator)
        bottoms.append(pen.y)
        pen.y += APART
    if len(stages) > 1:
        _back(pen, bottoms, translator)
    return pen.picture()


def _band(pen: Pen, stage: Stage, left: float, here: bool, translator: Translator) -> None:
    """A band that ends in an arrow, with the name of the stage in it."""
    you_are_here = translator.gettext("You are here") if here else ""
    text_height = height(stage.short, LIMIT, bold=True) + height(you_are_here, LIMIT)
    top = pen.y
    band_height = max(text_height + 2 * PAD, LOWEST)
    middle = left + (BAND - TIP) / 2 + 4
    pen.y += (band_height - text_height) / 2
    pen.write_at(stage.short, middle, limit=LIMIT, bold=True)
    if here:
        pen.write_at(you_are_here, middle, limit=LIMIT)
    pen.y = top + band_height
    style = f"stage stage-{stage.id}"
    if here:
        style += " marked"
    pen.shape(_arrow(left, top, pen.y), style)


def _arrow(left: float, top: float, bottom: float) -> tuple[Point, ...]:
    """The corners of a band from its upper left one; the tip points to the right."""
    right = left + BAND
    middle = (top + bottom) / 2
    return (
        (left, top),
        (right - TIP, top),
        (right, middle),
        (right - TIP, bottom),
        (left, bottom),
    )


def _back(pen: Pen, bottoms: Sequence[float], translator: Translator) -> None:
    """From the last stage below the others to the first."""
    pen.y += GAP
    start = RIGHT - BAND / 2
    points = (
        (start, bottoms[-1] + 4),
        (start, pen.y),
        (BACK, pen.y),
        (BACK, bottoms[0] + 4),
    )
    pen.arrow(points, "line dashed back")
    pen.y += 4
    text = translator.gettext("You may go back to an earlier stage")
    pen.write_at(text, (start + BACK) / 2)
