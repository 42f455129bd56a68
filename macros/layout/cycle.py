"""Steps that follow each other round a track, and what happens on the way from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin

from macros.facts.model import Method, Step
from macros.language.translator import Translator
from macros.layout.pen import LEFT, RIGHT, WIDE, Pen, Point, head, height, in_middle
from macros.layout.picture import GAP, SIZE, Frame, Picture, Shape
from macros.typesetting.metrics import LINE

COLUMN = 170  # width of a step
MIDDLE = LEFT + WIDE / 2
UP, DOWN = LEFT + COLUMN / 2, RIGHT - COLUMN / 2  # where the track goes up and where it goes down
NUMBER = 26  # room for the number within a step
PAD = 10
TEXT = COLUMN - NUMBER - 2 * PAD  # width of a name
CURVE = 38  # radius of a corner of the track
LONG, THICK = 30, 12  # a mark on the way, as it lies across the track

Stop = tuple[int, Step, float]  # number, step, x of its middle


@dataclass(frozen=True, kw_only=True)
class Row:
    """Stops side by side; `y` is their top."""

    stops: tuple[Stop, ...]
    y: float
    height: float

    @property
    def bottom(self) -> float:
        return self.y + self.height


def place(method: Method, translator: Translator) -> Picture:
    """The first step on top, the others clockwise."""
    pen, marked = Pen(), bool(method.between)
    gap = 52 if marked else 36
    rows = list(_rows(method.steps, gap))
    open_end = len(rows[-1].stops) == 2
    bottom = rows[-1].bottom + CURVE + 4 if open_end else rows[-1].bottom - rows[-1].height / 2
    _track(pen, rows[0].y + rows[0].height / 2, bottom)
    for at, (above, below) in enumerate(pairwise(rows)):
        _way(pen, (DOWN, above.bottom), (DOWN, below.y), marked)
        _way(pen, (UP, below.y), (UP, above.bottom), marked and at > 0)
    if open_end:
        _way(pen, (MIDDLE + gap / 2, bottom), (MIDDLE - gap / 2, bottom), marked)
    for row in rows:
        for stop in row.stops:
            _step(pen, row, stop, translator)
    pen.y = max(bottom + LONG / 2, rows[-1].bottom)
    if marked:
        _legend(pen, method.between, translator)
    return pen.picture()


# Steps


def _rows(steps: Sequence[Step], gap: float) -> Iterator[Row]:
    y: float = GAP
    for stops in _arranged(steps):
        high = max(_height(step) for _, step, _ in stops)
        yield Row(stops=stops, y=y, height=high)
        y += high + gap


def _arranged(steps: Sequence[Step]) -> Iterator[tuple[Stop, ...]]:
    """The first step alone, then the one after it beside the last, and so on; one left over stands
    alone.
    """
    yield ((1, steps[0], MIDDLE),)
    first, last = 1, len(steps) - 1
    while first < last:
        yield (first + 1, steps[first], DOWN), (last + 1, steps[last], UP)
        first, last = first + 1, last - 1
    if first == last:
        yield ((first + 1, steps[first], MIDDLE),)


def _height(step: Step) -> float:
    """Room for at least two lines, so that steps look alike."""
    return max(height(step.name, TEXT), 2 * SIZE * LINE) + 2 * PAD


def _step(pen: Pen, row: Row, stop: Stop, translator: Translator) -> None:
    number, step, x = stop
    left, middle = x - COLUMN / 2, row.y + row.height / 2
    pen.frames.append(
        Frame(x=left, y=row.y, width=COLUMN, height=row.height, style="step", round=12)
    )
    pen.text_blocks.append(
        in_middle(translator.number(number), (left + PAD + 8, middle), NUMBER, bold=True)
    )
    pen.y = middle - height(step.name, TEXT) / 2
    pen.write(step.name, left=left + PAD + NUMBER, limit=TEXT)


# The track


def _track(pen: Pen, top: float, bottom: float) -> None:
    """A closed way round through the middles of the steps, its corners rounded."""
    r = min(CURVE, (bottom - top) / 2)
    centres = [(DOWN - r, bottom - r), (UP + r, bottom - r), (UP + r, top + r), (DOWN - r, top + r)]
    points = [
        (x + r * cos(angle), y + r * sin(angle))
        for quarter, (x, y) in enumerate(centres)
        for angle in (pi / 2 * (quarter + part / 12) for part in range(13))
    ]
    pen.shapes.append(Shape(points=tuple(points), style="cycle-track"))


def _way(pen: Pen, start: Point, end: Point, marked: bool) -> None:
    """An arrow head shortly before `end`, and behind it the mark of what happens on the way."""
    (x, y), far = start, abs(end[0] - start[0]) + abs(end[1] - start[1])
    u, v = (end[0] - x) / far, (end[1] - y) / far
    pen.shapes.append(head((end[0] - 5 * u, end[1] - 5 * v), start, "cycle-head", length=17))
    if marked:
        across, along = (LONG, THICK) if v else (THICK, LONG)
        x, y = x + 20 * u - across / 2, y + 20 * v - along / 2
        pen.frames.append(
            Frame(x=x, y=y, width=across, height=along, style="between", round=THICK / 2)
        )


def _legend(pen: Pen, between: Sequence[Step], translator: Translator) -> None:
    """What the marks on the way stand for."""
    pen.y += 2 * GAP
    pen.frames.append(
        Frame(x=LEFT, y=pen.y + 6, width=LONG, height=THICK, style="between", round=THICK / 2)
    )
    left = LEFT + LONG + GAP
    pen.write(translator.gettext("Between two sessions"), left=left, limit=RIGHT - left, bold=True)
    for step in between:
        pen.y += 3
        pen.write(step.name, left=left, limit=RIGHT - left)
