"""What every picture is made of: frames, marks of people, text, lines and shapes, placed by
numbers.

Units: 400 across, so that a label of 17 units is still 12 px on the narrowest phone. y grows
downwards. Text is anchored in the middle, so that a picture can be mirrored for languages that
run from right to left.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import cos, pi, sin

from macros.facts.model import Role
from macros.layout.geometry import Point, arrow_head, n, svg_path, towards
from macros.typesetting import metrics

WIDTH = 400
SIZE = 17  # of labels, counts and asides: no text is smaller
MARK = 22  # across one person
GAP = 8
HEAD = 8  # length of an arrow head
HEAD_SLOPE = 0.5  # half the width of an arrow head, as a share of its length
BELOW_ASCENT = 2  # from the ascent of the first line to its baseline, beyond that of the font


@dataclass(frozen=True, kw_only=True)
class Box:
    """A bounding box in units of the picture; `x` and `y` are its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> Point:
        """The point in the middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, other: Box, slack: float = 0.01) -> bool:
        """Whether another box lies within this one, or sticks out by `slack` units at most."""
        return (
            self.x - slack <= other.x
            and other.right <= self.right + slack
            and self.y - slack <= other.y
            and other.bottom <= self.bottom + slack
        )

    def apart(self, other: Box, slack: float = 0.01) -> bool:
        """Whether two boxes overlap by `slack` units at most."""
        return (
            self.right <= other.x + slack
            or other.right <= self.x + slack
            or self.bottom <= other.y + slack
            or other.bottom <= self.y + slack
        )


PlacedLine = tuple[float, float, float | None, str]  # middle, baseline, width, text


@dataclass(frozen=True, kw_only=True)
class TextBlock:
    """Lines of text; `x` is the middle of the longest, `y` the top of the first.

    `flush` says where shorter lines stand: in the middle (0), at the left edge (-1), at the right
    edge (1). `size` is the font size, `style` a CSS class.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    size: float = SIZE
    bold: bool = False
    style: str = ""  # CSS class
    flush: int = 0

    @property
    def box(self) -> Box:
        """The bounding box: as wide as the widest line, by the advance widths of its letters."""
        width = self._widest()
        height = len(self.lines) * self.size * metrics.LINE
        return Box(
            x=self.x - width / 2,
            y=self.y,
            width=width,
            height=height,
        )

    @property
    def placed(self) -> tuple[PlacedLine, ...]:
        """Every line with its middle, its baseline, its width and its text.

        The width is None where the font lacks a letter: it would be a guess, and the browser knows.
        """
        line_height = self.size * metrics.LINE
        baseline = self.y + self.size * metrics.ASCENT + BELOW_ASCENT
        widest = self._widest()
        placed: list[PlacedLine] = []
        for index, line in enumerate(self.lines):
            width = self._width(line)
            x = self.x + self.flush * (widest - width) / 2
            known_width = width if metrics.measured(line) else None
            placed.append((x, baseline + index * line_height, known_width, line))
        return tuple(placed)

    def _widest(self) -> float:
        """Width of the widest line."""
        return max(map(self._width, self.lines), default=0)

    def _width(self, line: str) -> float:
        """Width of one line."""
        return metrics.width(line, self.size, bold=self.bold)


def text_block(
    content: str,
    *,
    limit: float,
    y: float,
    middle: float | None = None,
    left: float | None = None,
    right: float | None = None,
    size: float = SIZE,
    bold: bool = False,
    style: str = "",
) -> TextBlock:
    """Text wrapped at `limit` units and placed; `y` is the top of its first line.

    Exactly one of `middle`, `left` and `right` is given: the x of its middle, or the edge that
    its lines are flush with. `size` is the font size, `style` a CSS class.
    """
    lines = metrics.wrap(content, limit, size, bold=bold)
    block = TextBlock(
        lines=lines,
        x=0,
        y=y,
        size=size,
        bold=bold,
        style=style,
    )
    half = block.box.width / 2
    if middle is not None:
        return replace(block, x=middle)
    if right is not None:
        return replace(block, x=right - half, flush=1)
    return replace(block, x=(left or 0) + half, flush=-1)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One person, at the middle `x`, `y`; `size` units across.

    A ghost is there at times, or stands for a number that nobody gives.
    """

    role: Role
    x: float
    y: float
    size: float = MARK
    ghost: bool = False

    @property
    def box(self) -> Box:
        """The bounding box."""
        half = self.size / 2
        return Box(
            x=self.x - half,
            y=self.y - half,
            width=self.size,
            height=self.size,
        )

    @property
    def outline(self) -> str:
        """SVG path of the shape."""
        return outline(self.role, self.x, self.y, self.size)


def outline(role: Role, x: float, y: float, size: float) -> str:
    """SVG path of a role's shape around a middle, `size` units across.

    None looks smaller than another: each fills half a square of that size.
    """
    match role:
        case Role.CORE:
            return _circle(x, y, size / 2 * 0.84)
        case Role.ASSISTING:
            return _square(x, y, size / 2 * 0.75)
        case Role.EITHER:
            return _half_circle_half_square(x, y, size / 2 * 0.79)
    r = size / 2
    corners = [(x + across * r, y + down * r) for across, down in CORNERS[role]]
    return svg_path(corners, closed=True)


def _circle(x: float, y: float, r: float) -> str:
    """SVG path of a circle: two arcs, from the left and back."""
    left = n(x - r)
    radius = n(r)
    across = n(2 * r)
    back = n(-2 * r)
    arc = f"a{radius} {radius} 0 1 1"
    return f"M{left} {n(y)}{arc} {across} 0{arc} {back} 0Z"


def _square(x: float, y: float, r: float) -> str:
    """SVG path of a square with sides of twice `r`."""
    left = n(x - r)
    top = n(y - r)
    side = n(2 * r)
    back = n(-2 * r)
    return f"M{left} {top}h{side}v{side}h{back}Z"


def _half_circle_half_square(x: float, y: float, r: float) -> str:
    """SVG path of a shape that is round on the left and square on the right."""
    top = n(y - r)
    radius = n(r)
    side = n(2 * r)
    arc = f"a{radius} {radius} 0 0 1 0 {n(-2 * r)}"
    return f"M{n(x)} {top}h{radius}v{side}h{n(-r)}{arc}Z"


def _hexagon() -> tuple[Point, ...]:
    """The corners of a hexagon around (0, 0), the first on the right."""
    corners = []
    for sixth in range(6):
        angle = pi * sixth / 3
        corners.append((0.9 * cos(angle), 0.9 * sin(angle)))
    return tuple(corners)


CORNERS: dict[Role, tuple[Point, ...]] = {  # of shapes around (0, 0), in halves of their size
    Role.LEADER: ((0, -0.96), (1, 0.86), (-1, 0.86)),
    Role.FACILITATOR: ((0, -1), (1, 0), (0, 1), (-1, 0)),
    Role.OTHER: _hexagon(),
}


@dataclass(frozen=True, kw_only=True)
class Frame(Box):
    """A box that is drawn. `style` is its CSS class; the corners are round by `round` units."""

    style: str = "frame"
    round: float = 8


@dataclass(frozen=True, kw_only=True)
class Line:
    """A path through points, with arrow heads at its ends where asked.

    `style` is the CSS class of stroke and heads.
    """

    points: tuple[Point, ...]
    style: str = "line"
    head: bool = False  # at the last point
    tail: bool = False  # at the first point

    @property
    def path(self) -> str:
        """SVG path of the stroke; it ends inside the arrow heads, so that their tips stay sharp."""
        points = list(self.points)
        if self.head:
            points[-1] = towards(points[-1], points[-2], HEAD / 2)
        if self.tail:
            points[0] = towards(points[0], points[1], HEAD / 2)
        return svg_path(points)

    @property
    def heads(self) -> tuple[str, ...]:
        """SVG paths of the arrow heads: that of the last point first."""
        heads = []
        if self.head:
            heads.append(_head(self.points[-1], self.points[-2]))
        if self.tail:
            heads.append(_head(self.points[0], self.points[1]))
        return tuple(heads)


def _head(tip: Point, before: Point) -> str:
    """SVG path of an arrow head that comes from `before`."""
    corners = arrow_head(tip, before, length=HEAD, slope=HEAD_SLOPE)
    return svg_path(corners, closed=True)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A closed outline that belongs to one picture only: an arc, a bar, a circle.

    Its corners are straight; a round shape has many of them.
    """

    points: tuple[Point, ...]  # straight corners; a round shape has many
    style: str  # CSS class

    @property
    def path(self) -> str:
        """SVG path of the outline."""
        return svg_path(self.points, closed=True)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Everything to be drawn, from back to front: shapes, frames, lines, marks, text.

    Nothing in it needs computing: the template only writes it as SVG.
    """

    width: float = WIDTH
    height: float
    shapes: tuple[Shape, ...] = ()
    frames: tuple[Frame, ...] = ()
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    text_blocks: tuple[TextBlock, ...] = ()

    @property
    def box(self) -> Box:
        """The bounding box of the picture itself, at (0, 0)."""
        return Box(
            x=0,
            y=0,
            width=self.width,
            height=self.height,
        )

    def mirrored(self) -> Picture:
        """The same picture for a language that runs from right to left.

        Left and right change places; letters do not, since text is anchored in its middle.
        """
        width = self.width
        shapes = [replace(shape, points=_flip(shape.points, width)) for shape in self.shapes]
        frames = [replace(frame, x=width - frame.right) for frame in self.frames]
        lines = [replace(line, points=_flip(line.points, width)) for line in self.lines]
        marks = [replace(mark, x=width - mark.x) for mark in self.marks]
        text_blocks = []
        for block in self.text_blocks:
            text_blocks.append(replace(block, x=width - block.x, flush=-block.flush))
        return replace(
            self,
            shapes=tuple(shapes),
            frames=tuple(frames),
            lines=tuple(lines),
            marks=tuple(marks),
            text_blocks=tuple(text_blocks),
        )


def _flip(points: Iterable[Point], width: float) -> tuple[Point, ...]:
    """Points mirrored within a width."""
    return tuple((width - x, y) for x, y in points)
