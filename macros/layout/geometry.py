"""Points, straight ways between them, arrow heads, and how numbers stand in SVG. Knows no picture.

Units are those of a picture: 400 across, y grows downwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import hypot

Point = tuple[float, float]


def towards(start: Point, end: Point, distance: float) -> Point:
    """The point `distance` units from `start` on the straight way to `end`.

    It lies beyond `end` where that is closer, and is `start` where both are the same.
    """
    dx = end[0] - start[0]
    dy = end[1] - start[1]
    length = hypot(dx, dy) or 1
    share = distance / length
    return start[0] + dx * share, start[1] + dy * share


def arrow_head(tip: Point, before: Point, *, length: float, slope: float) -> tuple[Point, ...]:
    """The triangle of an arrow head that comes from `before`: its tip, then the ends of its base.

    `length` is from the tip to the base, in units; `slope` is half the width of the base as a
    share of the length.
    """
    base = towards(tip, before, length)
    u = (tip[0] - base[0]) * slope
    v = (tip[1] - base[1]) * slope
    left = (base[0] - v, base[1] + u)
    right = (base[0] + v, base[1] - u)
    return tip, left, right


def svg_path(points: Iterable[Point], *, closed: bool = False) -> str:
    """SVG path of straight lines through points, at one decimal; `closed` back to the first."""
    steps = [f"{n(x)} {n(y)}" for x, y in points]
    return "M" + "L".join(steps) + ("Z" if closed else "")


def n(value: float) -> str:
    """A coordinate for SVG: rounded to one decimal, without a trailing zero or a negative zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
