"""Three concepts of equal weight, each bound to the other two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from math import cos, hypot, pi, sin

from macros.facts.model import Method
from macros.language.translator import Translator
from macros.layout.pen import LEFT, RIGHT, Pen, Point, in_middle
from macros.layout.picture import GAP, Picture, Shape, TextBlock

RADIUS = 76  # half the width of a concept
RIM = 6  # between words and rim
APART = 5  # between the end of a line and a rim
TEXT = 122  # width of the words
LARGE = 19  # size of the words


def place(method: Method, translator: Translator) -> Picture:
    """The first concept on top. All three are circles, or where names are long, equally tall
    ovals.
    """
    pen = Pen()
    names = [in_middle(step.name, (0, 0), TEXT, size=LARGE, bold=True) for step in method.steps]
    tall = max(RADIUS, *(_tall(name) for name in names))
    middles = _middles(tall)
    for name, (x, y) in zip(names, middles, strict=True):
        pen.shapes.append(Shape(points=_oval((x, y), tall), style="concept"))
        pen.text_blocks.append(replace(name, x=x, y=y + name.y))
    for one, other in combinations(middles, 2):
        pen.arrow(_bond(one, other, tall), "line bond", both=True)
    pen.y = middles[-1][1] + tall
    return pen.picture()


def _tall(name: TextBlock) -> float:
    """Half the height of an oval that holds these words."""
    half = name.box.width / 2 / (RADIUS - RIM)
    return name.box.height / 2 / (1 - half**2) ** 0.5 + RIM


def _middles(tall: float) -> Sequence[Point]:
    left, right, top = LEFT + RADIUS, RIGHT - RADIUS, GAP + tall
    bottom = top + (right - left) * 3**0.5 / 2 * tall / RADIUS
    return ((left + right) / 2, top), (left, bottom), (right, bottom)


def _oval(middle: Point, tall: float, wide: float = RADIUS) -> tuple[Point, ...]:
    angles = [pi * k / 36 for k in range(72)]
    return tuple((middle[0] + wide * cos(a), middle[1] + tall * sin(a)) for a in angles)


def _bond(a: Point, b: Point, tall: float) -> tuple[Point, Point]:
    """From rim to rim."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    rim = 1 / hypot(dx / RADIUS, dy / tall) + APART / hypot(dx, dy)  # as a part of the way
    return (a[0] + dx * rim, a[1] + dy * rim), (b[0] - dx * rim, b[1] - dy * rim)
