"""Writes a picture from top to bottom: collects its parts and remembers where the next one goes.
Knows no fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import hypot

from macros.layout.picture import (
    GAP,
    SIZE,
    WIDTH,
    Frame,
    Line,
    Mark,
    Picture,
    Shape,
    TextBlock,
    text_block,
)
from macros.typesetting.metrics import LINE, wrap

LEFT, RIGHT = GAP, WIDTH - GAP
WIDE = RIGHT - LEFT
HEAD = 12  # length of an arrow head

Point = tuple[float, float]


@dataclass
class Pen:
    """`y` is the top of what comes next, in units of the picture."""

    y: float = GAP
    shapes: list[Shape] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    text_blocks: list[TextBlock] = field(default_factory=list)

    def write(
        self,
        text: str,
        *,
        left: float = LEFT,
        limit: float = WIDE,
        bold: bool = False,
        style: str = "",
    ) -> None:
        """Lines that all begin at `left`; moves below them."""
        self._put(text_block(text, limit=limit, y=self.y, left=left, bold=bold, style=style))

    def write_at(
        self, text: str, middle: float, *, limit: float = WIDE, bold: bool = False
    ) -> None:
        """Lines around `middle`, or flush with the edge of the picture that they would cross; moves
        below them.
        """
        placed = text_block(text, limit=limit, y=self.y, middle=middle, bold=bold)
        if placed.box.x < LEFT:
            placed = text_block(text, limit=limit, y=self.y, left=LEFT, bold=bold)
        elif placed.box.right > RIGHT:
            placed = text_block(text, limit=limit, y=self.y, right=RIGHT, bold=bold)
        self._put(placed)

    def write_beside(self, texts: Iterable[tuple[str, float]]) -> None:
        """Texts side by side, each around its own middle; moves below the longest."""
        texts, top = list(texts), self.y
        limit = (WIDE - 2 * GAP * (len(texts) - 1)) / max(len(texts), 1)
        bottoms = [top]
        for text, middle in texts:
            self.y = top
            self.write_at(text, middle, limit=limit)
            bottoms.append(self.y)
        self.y = max(bottoms)

    def arrow(self, points: Sequence[Point], style: str, *, both: bool = False) -> None:
        """A line with a pointed head at its last point, or at both ends."""
        inner = list(points)
        for end, before in [(-1, -2)] + [(0, 1)] * both:
            inner[end] = _towards(points[end], points[before], HEAD - 1)
            self.shapes.append(head(points[end], points[before]))
        self.lines.append(Line(points=tuple(inner), style=style))

    def picture(self) -> Picture:
        """What was collected, as high as it became."""
        return Picture(
            height=self.y + GAP,
            shapes=tuple(self.shapes),
            frames=tuple(self.frames),
            lines=tuple(self.lines),
            marks=tuple(self.marks),
            text_blocks=tuple(self.text_blocks),
        )

    def _put(self, placed: TextBlock) -> None:
        self.text_blocks.append(placed)
        self.y = placed.box.bottom


def height(text: str, limit: float, *, bold: bool = False) -> float:
    """Of the lines of a text."""
    return len(wrap(text, limit, SIZE, bold=bold)) * SIZE * LINE


def in_middle(
    text: str, middle: Point, limit: float, *, size: float = SIZE, bold: bool = False
) -> TextBlock:
    """Words around a point."""
    lines = wrap(text, limit, size, bold=bold)
    high = len(lines) * size * LINE
    return TextBlock(lines=lines, x=middle[0], y=middle[1] - high / 2, size=size, bold=bold)


def head(tip: Point, before: Point, style: str = "head", *, length: float = HEAD) -> Shape:
    """A pointed arrow head that comes from `before`."""
    back = _towards(tip, before, length)
    u, v = (tip[0] - back[0]) * 0.45, (tip[1] - back[1]) * 0.45
    return Shape(points=(tip, (back[0] - v, back[1] + u), (back[0] + v, back[1] - u)), style=style)


def _towards(start: Point, end: Point, far: float) -> Point:
    """The point `far` units from `start` on the way to `end`."""
    part = far / (hypot(end[0] - start[0], end[1] - start[1]) or 1)
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
