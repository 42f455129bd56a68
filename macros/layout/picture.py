"""What every picture is made of: frames, marks of people, words, lines and shapes, placed by
numbers.

Units: 400 across, so that a label of 17 units is still 12 px on the narrowest phone. y grows
downwards. Words are anchored in the middle, so that a picture can be mirrored for languages that
run from right to left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, hypot, pi, sin

from macros.facts.model import Role
from macros.typesetting import metrics

WIDTH = 400
SIZE = 17  # of labels
SMALL = 17  # of counts and asides: no label is smaller than this
MARK = 22  # across one person
GAP = 8
HEAD = 8  # length of an arrow head


@dataclass(frozen=True, kw_only=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def holds(self, other: Box, slack: float = 0.01) -> bool:
        return (
            self.x - slack <= other.x
            and other.right <= self.right + slack
            and self.y - slack <= other.y
            and other.bottom <= self.bottom + slack
        )

    def apart(self, other: Box, slack: float = 0.01) -> bool:
        return (
            self.right <= other.x + slack
            or other.right <= self.x + slack
            or self.bottom <= other.y + slack
            or other.bottom <= self.y + slack
        )


@dataclass(frozen=True, kw_only=True)
class TextBlock:
    """Lines of text; `x` is the middle of the longest, `y` the top of the first."""

    lines: tuple[str, ...]
    x: float
    y: float
    size: float = SIZE
    bold: bool = False
    style: str = ""  # CSS class
    flush: int = (
        0  # shorter lines stand in the middle (0), at the left edge (-1), at the right edge (1)
    )

    @property
    def box(self) -> Box:
        wide = max((self._width(line) for line in self.lines), default=0)
        high = len(self.lines) * self.size * metrics.LINE
        return Box(x=self.x - wide / 2, y=self.y, width=wide, height=high)

    @property
    def placed(self) -> tuple[tuple[float, float, float | None, str], ...]:
        """Middle, baseline, width (where the font has every letter) and letters of every line."""
        step, first, wide = (
            self.size * metrics.LINE,
            self.y + self.size * metrics.ASCENT + 2,
            self.box.width,
        )
        return tuple(
            (
                self.x + self.flush * (wide - self._width(line)) / 2,
                first + i * step,
                self._width(line) if metrics.measured(line) else None,
                line,
            )
            for i, line in enumerate(self.lines)
        )

    def _width(self, line: str) -> float:
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
    """Text wrapped at `limit`, its middle at `middle`, or its lines flush with `left` or
    `right`.
    """
    lines = metrics.wrap(content, limit, size, bold=bold)
    placed = TextBlock(lines=lines, x=0, y=y, size=size, bold=bold, style=style)
    half = placed.box.width / 2
    if middle is not None:
        return replace(placed, x=middle)
    if right is not None:
        return replace(placed, x=right - half, flush=1)
    return replace(placed, x=(left or 0) + half, flush=-1)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One person, at the middle `x`, `y`. A ghost is there at times, or stands for a number nobody
    gives.
    """

    role: Role
    x: float
    y: float
    size: float = MARK
    ghost: bool = False

    @property
    def box(self) -> Box:
        return Box(
            x=self.x - self.size / 2, y=self.y - self.size / 2, width=self.size, height=self.size
        )

    @property
    def outline(self) -> str:
        return outline(self.role, self.x, self.y, self.size)


def outline(role: Role, x: float, y: float, size: float) -> str:
    """SVG path of a role's shape. None looks smaller than another: each fills half a square of
    `size`.
    """
    r = size / 2
    if role is Role.CORE:
        r *= 0.84
        return f"M{n(x - r)} {n(y)}a{n(r)} {n(r)} 0 1 1 {n(2 * r)} 0a{n(r)} {n(r)} 0 1 1 {n(-2 * r)} 0Z"
    if role is Role.ASSISTING:
        r *= 0.75
        return f"M{n(x - r)} {n(y - r)}h{n(2 * r)}v{n(2 * r)}h{n(-2 * r)}Z"
    if role is Role.EITHER:  # half circle, half square
        r *= 0.79
        return f"M{n(x)} {n(y - r)}h{n(r)}v{n(2 * r)}h{n(-r)}a{n(r)} {n(r)} 0 0 1 0 {n(-2 * r)}Z"
    corners = {
        Role.LEADER: [(0, -0.96), (1, 0.86), (-1, 0.86)],
        Role.FACILITATOR: [(0, -1), (1, 0), (0, 1), (-1, 0)],
        Role.OTHER: [(0.9 * cos(pi * k / 3), 0.9 * sin(pi * k / 3)) for k in range(6)],
    }[role]
    return "M" + "L".join(f"{n(x + a * r)} {n(y + b * r)}" for a, b in corners) + "Z"


@dataclass(frozen=True, kw_only=True)
class Frame(Box):
    """A box that is drawn. `style` is its CSS class; the corners are round by `round` units."""

    style: str = "frame"
    round: float = 8


@dataclass(frozen=True, kw_only=True)
class Line:
    """A path through points. Arrow heads at its ends where asked."""

    points: tuple[tuple[float, float], ...]
    style: str = "line"
    head: bool = False  # at the last point
    tail: bool = False  # at the first point

    @property
    def path(self) -> str:
        """The stroke; it ends inside the arrow heads, so that their tips stay sharp."""
        points = list(self.points)
        if self.head:
            points[-1] = _back(points[-1], points[-2], HEAD / 2)
        if self.tail:
            points[0] = _back(points[0], points[1], HEAD / 2)
        return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points)

    @property
    def heads(self) -> tuple[str, ...]:
        """Outlines of the arrow heads."""
        first, second, *_ = self.points
        *_, before, last = self.points
        ends = [(last, before)] * self.head + [(first, second)] * self.tail
        return tuple(_arrow_head(tip, before) for tip, before in ends)


def _back(tip: tuple[float, float], before: tuple[float, float], by: float) -> tuple[float, float]:
    """The point `by` units before the tip."""
    (x, y), (a, b) = tip, before
    length = hypot(x - a, y - b) or 1
    return x - (x - a) / length * by, y - (y - b) / length * by


def _arrow_head(tip: tuple[float, float], before: tuple[float, float]) -> str:
    (x, y), (a, b) = tip, _back(tip, before, HEAD)
    u, v = (x - a) / 2, (y - b) / 2
    return f"M{n(x)} {n(y)}L{n(a - v)} {n(b + u)}L{n(a + v)} {n(b - u)}Z"


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A closed outline that belongs to one picture only: an arc, a bar, a circle."""

    points: tuple[tuple[float, float], ...]  # straight corners; a round shape has many
    style: str

    @property
    def path(self) -> str:
        return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in self.points) + "Z"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """Everything to be drawn, from back to front: shapes, frames, lines, marks, words."""

    width: float = WIDTH
    height: float
    shapes: tuple[Shape, ...] = ()
    frames: tuple[Frame, ...] = ()
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    text_blocks: tuple[TextBlock, ...] = ()

    @property
    def box(self) -> Box:
        return Box(x=0, y=0, width=self.width, height=self.height)

    def mirrored(self) -> Picture:
        """The same picture for a language that runs from right to left."""

        def flip(points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
            return tuple((self.width - x, y) for x, y in points)

        return replace(
            self,
            shapes=tuple(replace(s, points=flip(s.points)) for s in self.shapes),
            frames=tuple(replace(f, x=self.width - f.right) for f in self.frames),
            lines=tuple(replace(line, points=flip(line.points)) for line in self.lines),
            marks=tuple(replace(m, x=self.width - m.x) for m in self.marks),
            text_blocks=tuple(
                replace(t, x=self.width - t.x, flush=-t.flush) for t in self.text_blocks
            ),
        )


def n(value: float) -> str:
    """A coordinate as SVG wants it: at most one decimal, no trailing zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
