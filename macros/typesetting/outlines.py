"""Turns words in pictures into outlines where their letters join: WeasyPrint would draw them apart,
from left to right.

The words stay what they are in the name of the picture; only what is drawn changes.
"""

from __future__ import annotations

from bidi.algorithm import get_display
from lxml import etree

from macros.typesetting import shaping
from macros.typesetting.fonts import BOLD, REGULAR, runs, script_of

OF_TEXT = (
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
    """Whether a text has letters that join."""
    return any(script_of(character) for character in text.text or "")


def outline(text: etree._Element) -> None:
    """Makes a path of a line of text whose place, `x`, is its middle."""
    x, y, size = (float(text.get(name)) for name in ("x", "y", "font-size"))
    weight = BOLD if text.get("font-weight") in ("bold", str(BOLD)) else REGULAR
    drawn = path(text.text, x, y, size, weight, before=0.5)
    text.tag = text.tag.removesuffix("text") + "path"
    text.text = None
    for name in OF_TEXT:
        text.attrib.pop(name, None)
    text.set("d", drawn)


def path(
    line: str, x: float, y: float, size: float, weight: int, *, before: float, base: str = "R"
) -> str:
    """SVG path of a line on the baseline `y`; `before` is the share of its width that lies to the
    left of `x`.

    `base` is the direction of what the line belongs to: `L` or `R`.
    """
    seen = [  # from left to right; within a run, in the order in which one reads it
        (run[::-1] if script else run, script)
        for run, script in runs(get_display(line, base_dir=base))
    ]
    wide = [shaping.advance(run, script, weight) * size for run, script in seen]
    left, paths = x - sum(wide) * before, []
    for (run, script), step in zip(seen, wide, strict=True):
        paths.append(shaping.outline(run, script, weight, left, y, size))
        left += step
    return "".join(paths)
