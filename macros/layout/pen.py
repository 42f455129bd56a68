"""Writes a picture from top to bottom: collects its parts and remembers where the next one goes.
Knows no fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from macros.layout.geometry import Point, arrow_head, towards
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

LEFT = GAP
RIGHT = WIDTH - GAP
WIDE = RIGHT - LEFT
HEAD = 12  # length of an arrow head
HEAD_SLOPE = 0.45  # half the width of an arrow head, as a share of its length


@dataclass
class Pen:
    """Collects the parts of a picture from top to bottom.

    `y` is the top of what comes next, in units of the picture; what writes text moves it down.
    """

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
        """Text wrapped at `limit` units, each line beginning at `left`; moves below it.

        `style` is a CSS class.
        """
        self._put(
            text_block(
                text,
                limit=limit,
                y=self.y,
                left=left,
                bold=bold,
                style=style,
            )
        )

    def write_at(
        self,
        text: str,
        middle: float,
        *,
        limit: float = WIDE,
        bold: bool = False,
    ) -> None:
        """Text wrapped at `limit` units around `middle`; moves below it.

        Where it would cross an edge of the picture, it stands flush with that edge.
        """
        block = text_block(
            text,
            limit=limit,
            y=self.y,
            middle=middle,
            bold=bold,
        )
        if block.box.x < LEFT:
            block = text_block(
                text,
                limit=limit,
                y=self.y,
                left=LEFT,
                bold=bold,
            )
        elif block.box.right > RIGHT:
            block = text_block(
                text,
                limit=limit,
                y=self.y,
                right=RIGHT,
                bold=bold,
            )
        self._put(block)

    def write_asides(self, texts: Iterable[str]) -> None:
        """Remarks below each other, each with a gap above it."""
        for text in texts:
            self.y += GAP
            self.write(text, style="aside")

    def write_beside(self, texts: Iterable[tuple[str, float]]) -> None:
        """Texts side by side, each around its own middle; moves below the longest.

        Every text has an equal share of the width.
        """
        columns = list(texts)
        gaps = 2 * GAP * (len(columns) - 1)
        limit = (WIDE - gaps) / max(len(columns), 1)
        top = self.y
        bottom = top
        for text, middle in columns:
            self.y = top
            self.write_at(text, middle, limit=limit)
            bottom = max(bottom, self.y)
        self.y = bottom

    def arrow(self, points: Sequence[Point], style: str, *, both: bool = False) -> None:
        """A line through points with an arrow head at its last point, or at both ends.

        The stroke ends within the heads, so that their tips stay sharp. `style` is the CSS class of
        the stroke.
        """
        stroke = list(points)
        stroke[-1] = self._head_at(points[-1], points[-2])
        if both:
            stroke[0] = self._head_at(points[0], points[1])
        self.lines.append(Line(points=tuple(stroke), style=style))

    def line(self, points: Iterable[Point], style: str) -> None:
        """A line through points, without arrow heads. `style` is its CSS class."""
        self.lines.append(Line(points=tuple(points), style=style))

    def shape(self, points: Iterable[Point], style: str) -> None:
        """A closed outline with straight corners. `style` is its CSS class."""
        self.shapes.append(Shape(points=tuple(points), style=style))

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

    def _put(self, block: TextBlock) -> None:
        """Adds placed text and moves below it."""
        self.text_blocks.append(block)
        self.y = block.box.bottom

    def _head_at(self, tip: Point, before: Point) -> Point:
        """Adds an arrow head; returns where the stroke ends, within the head."""
        self.shapes.append(head(tip, before))
        return towards(tip, before, HEAD - 1)


def height(text: str, limit: float, *, bold: bool = False) -> float:
    """Height of a text wrapped at `limit`, both in units of the picture."""
    lines = wrap(text, limit, SIZE, bold=bold)
    return len(lines) * SIZE * LINE


def in_middle(
    text: str,
    middle: Point,
    limit: float,
    *,
    size: float = SIZE,
    bold: bool = False,
) -> TextBlock:
    """Text of one size wrapped at `limit`, around a point."""
    lines = wrap(text, limit, size, bold=bold)
    high = len(lines) * size * LINE
    x, y = middle
    return TextBlock(
        lines=lines,
        x=x,
        y=y - high / 2,
        size=size,
        bold=bold,
    )


def head(tip: Point, before: Point, style: str = "head", *, length: float = HEAD) -> Shape:
    """An arrow head that comes from `before`, as a shape of its own. `style` is its CSS class."""
    corners = arrow_head(tip, before, length=length, slope=HEAD_SLOPE)
    return Shape(points=corners, style=style)
