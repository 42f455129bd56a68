"""Three concepts of equal weight, each bound to the other two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from math import cos, hypot, pi, sin

from macros.facts.model import Method
from macros.language.translator import Translator
from macros.layout.geometry import Point
from macros.layout.pen import LEFT, RIGHT, Pen, in_middle
from macros.layout.picture import GAP, Picture, TextBlock

RADIUS = 76  # half the width of a concept
RIM = 6  # between text and rim
APART = 5  # between the end of a line and a rim
TEXT = 122  # width of the text
LARGE = 19  # size of the text
CORNERS = 72  # of an oval


def place(method: Method, translator: Translator) -> Picture:
    """The first concept on top, the others below it, an arrow between each two.

    All three are circles, or where names are long, equally tall ovals. The picture is 400 units
    wide.
    """
    pen = Pen()
    names = []
    for step in method.steps:
        names.append(in_middle(step.name, (0, 0), TEXT, size=LARGE, bold=True))
    half_height = max(RADIUS, *map(_half_height, names))
    middles = _middles(half_height)
    for name, middle in zip(names, middles, strict=True):
        x, y = middle
        pen.shape(_oval(middle, half_height), "concept")
        pen.text_blocks.append(replace(name, x=x, y=y + name.y))
    for one, other in combinations(middles, 2):
        pen.arrow(_bond(one, other, half_height), "line bond", both=True)
    pen.y = middles[-1][1] + half_height
    return pen.picture()


def _half_height(name: TextBlock) -> float:
    """Half the height of an oval that holds this text."""
    half_width = name.box.width / 2 / (RADIUS - RIM)
    return name.box.height / 2 / (1 - half_width**2) ** 0.5 + RIM


def _middles(half_height: float) -> Sequence[Point]:
    """The corners of a triangle with equal sides, stretched as the ovals are."""
    left = LEFT + RADIUS
    right = RIGHT - RADIUS
    top = GAP + half_height
    bottom = top + (right - left) * 3**0.5 / 2 * half_height / RADIUS
    return ((left + right) / 2, top), (left, bottom), (right, bottom)


def _oval(middle: Point, half_height: float) -> tuple[Point, ...]:
    """The corners of an oval around a point."""
    x, y = middle
    points = []
    for corner in range(CORNERS):
        angle = pi * corner / (CORNERS / 2)
        points.append((x + RADIUS * cos(angle), y + half_height * sin(angle)))
    return tuple(points)


def _bond(a: Point, b: Point, half_height: float) -> tuple[Point, Point]:
    """Both ends of the line between two ovals, from rim to rim with a gap."""
    dx = b[0] - a[0]
    dy = b[1] - a[1]
    rim = 1 / hypot(dx / RADIUS, dy / half_height)  # as a share of the way
    gap = APART / hypot(dx, dy)
    share = rim + gap
    start = (a[0] + dx * share, a[1] + dy * share)
    end = (b[0] - dx * share, b[1] - dy * share)
    return start, end
