"""Converts text in pictures into outlines where its letters join: WeasyPrint would draw them apart,
from left to right.

The text stays in the name of the picture for those who do not see it; only what is drawn changes.
"""

from __future__ import annotations

from lxml import etree

from macros.typesetting import shaping
from macros.typesetting.fonts import BOLD, REGULAR, Script, runs, script_of

OF_TEXT = (  # attributes that a path does not have
    "font-size",
    "font-weight",
    "font-family",
    "text-anchor",
    "textLength",
    "lengthAdjust",
    "x",
    "y",
)


def joins(text: etree._Element) -> bool:
    """Whether an SVG text element has letters that join."""
    return any(script_of(character) for character in text.text or "")


def outline(text: etree._Element) -> None:
    """Turns an SVG text element of one line into a path, in place.

    The element has `x` (the middle of the line), `y` (its baseline) and `font-size` as
    attributes.
    """
    x = float(text.get("x"))
    y = float(text.get("y"))
    size = float(text.get("font-size"))
    is_bold = text.get("font-weight") in ("bold", str(BOLD))
    drawn = path(text.text, x, y, size, BOLD if is_bold else REGULAR, before=0.5)
    text.tag = text.tag.removesuffix("text") + "path"
    text.text = None
    for name in OF_TEXT:
        text.attrib.pop(name, None)
    text.set("d", drawn)


def path(
    line: str,
    x: float,
    y: float,
    size: float,
    weight: int,
    *,
    before: float,
    base: str = "R",
) -> str:
    """SVG path of a line of text on the baseline `y`, in the units of `size`.

    `before` is the share of its width that lies to the left of `x`: 0 if it begins there, 0.5 if
    that is its middle. `base` is the direction of the paragraph: `L` or `R`.
    """
    visual = _visual_runs(line, base)
    widths = [shaping.advance(run, script, weight) * size for run, script in visual]
    left = x - sum(widths) * before
    paths = []
    for (run, script), width in zip(visual, widths, strict=True):
        paths.append(shaping.outline(run, script, weight, left, y, size))
        left += width
    return "".join(paths)


def _visual_runs(line: str, base: str) -> list[tuple[str, Script | None]]:
    """The runs of a line from left to right; within a run, letters in reading order."""
    from bidi.algorithm import get_display  # here: a build that outlines nothing does without

    visual = []
    for run, script in runs(get_display(line, base_dir=base)):
        letters = run[::-1] if script else run
        visual.append((letters, script))
    return visual
