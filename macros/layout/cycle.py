"""Steps that follow each other round a track."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin

from macros.facts.model import Method, Step
from macros.language.translator import Translator
from macros.layout.geometry import Point, towards
from macros.layout.pen import LEFT, RIGHT, WIDE, Pen, head, height, in_middle
from macros.layout.picture import GAP, SIZE, Frame, Picture
from macros.typesetting.metrics import LINE

COLUMN = 170  # width of a step
MIDDLE = LEFT + WIDE / 2
UP = LEFT + COLUMN / 2  # x where the track goes up
DOWN = RIGHT - COLUMN / 2  # x where it goes down
NUMBER = 26  # width for the number within a step
PAD = 10
TEXT = COLUMN - NUMBER - 2 * PAD  # width of a name
CURVE = 38  # radius of a corner of the track
PARTS = 12  # straight parts of a corner
HEAD = 17  # length of an arrow head
APART = 36  # from one row to the next
BEFORE_STEP = 5  # from the tip of an arrow head to the step it leads to


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A step at its place on the track; `x` is its middle."""

    number: int
    step: Step
    x: float


@dataclass(frozen=True, kw_only=True)
class Row:
    """Stops side by side; `y` is their top."""

    stops: tuple[Stop, ...]
    y: float
    height: float

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The y of the middle."""
        return self.y + self.height / 2


def place(method: Method, translator: Translator) -> Picture:
    """The first step on top, the others clockwise, in two columns along a closed track.

    The picture is 400 units wide and as high as the names of the steps need.
    """
    pen = Pen()
    rows = list(_rows(method.steps))
    last = rows[-1]
    open_end = len(last.stops) == 2
    bottom = last.bottom + CURVE + 4 if open_end else last.bottom - last.height / 2
    _track(pen, rows[0].middle, bottom)
    for above, below in pairwise(rows):
        _way(pen, (DOWN, above.bottom), (DOWN, below.y))
        _way(pen, (UP, below.y), (UP, above.bottom))
    if open_end:
        _way(pen, (MIDDLE + APART / 2, bottom), (MIDDLE - APART / 2, bottom))
    for row in rows:
        for stop in row.stops:
            _step(pen, row, stop, translator)
    pen.y = max(bottom + HEAD, last.bottom)
    return pen.picture()


# Steps


def _rows(steps: Sequence[Step]) -> Iterator[Row]:
    """The steps in rows from top to bottom, each as high as its highest step."""
    y: float = GAP
    for stops in _arranged(steps):
        high = max(_height(stop.step) for stop in stops)
        yield Row(
            stops=stops,
            y=y,
            height=high,
        )
        y += high + APART


def _arranged(steps: Sequence[Step]) -> Iterator[tuple[Stop, ...]]:
    """The first step alone, then the one after it beside the last, and so on; one left over stands
    alone.
    """
    yield (_stop(steps, 0, MIDDLE),)
    first = 1
    last = len(steps) - 1
    while first < last:
        yield _stop(steps, first, DOWN), _stop(steps, last, UP)
        first += 1
        last -= 1
    if first == last:
        yield (_stop(steps, first, MIDDLE),)


def _stop(steps: Sequence[Step], index: int, x: float) -> Stop:
    """The step with this index, its middle at `x`."""
    return Stop(
        number=index + 1,
        step=steps[index],
        x=x,
    )


def _height(step: Step) -> float:
    """Height for at least two lines, so that steps look alike."""
    two_lines = 2 * SIZE * LINE
    return max(height(step.name, TEXT), two_lines) + 2 * PAD


def _step(pen: Pen, row: Row, stop: Stop, translator: Translator) -> None:
    """A step as a frame with its number and its name."""
    left = stop.x - COLUMN / 2
    frame = Frame(
        x=left,
        y=row.y,
        width=COLUMN,
        height=row.height,
        style="step",
        round=12,
    )
    pen.frames.append(frame)
    number = translator.number(stop.number)
    beside_name = (left + PAD + 8, row.middle)
    pen.text_blocks.append(in_middle(number, beside_name, NUMBER, bold=True))
    name = stop.step.name
    pen.y = row.middle - height(name, TEXT) / 2
    pen.write(name, left=left + PAD + NUMBER, limit=TEXT)


# The track


def _track(pen: Pen, top: float, bottom: float) -> None:
    """A closed way round through the middles of the steps, its corners rounded.

    `top` and `bottom` are the y of its straight parts.
    """
    radius = min(CURVE, (bottom - top) / 2)
    corners = [
        (DOWN - radius, bottom - radius),
        (UP + radius, bottom - radius),
        (UP + radius, top + radius),
        (DOWN - radius, top + radius),
    ]
    points: list[Point] = []
    for quarter, corner in enumerate(corners):
        points += _arc(corner, radius, quarter)
    pen.shape(points, "cycle-track")


def _arc(middle: Point, radius: float, quarter: int) -> Iterator[Point]:
    """A quarter of a circle, clockwise; quarter 0 begins on the right."""
    x, y = middle
    for part in range(PARTS + 1):
        angle = pi / 2 * (quarter + part / PARTS)
        yield x + radius * cos(angle), y + radius * sin(angle)


def _way(pen: Pen, start: Point, end: Point) -> None:
    """An arrow head before `end`, on the way from `start`, which is upright or level."""
    tip = towards(end, start, BEFORE_STEP)
    pen.shapes.append(head(tip, start, "cycle-head", length=HEAD))
