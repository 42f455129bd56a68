"""The whole Roadmap in one picture: a road with a station for each stage, the roles setting out on
it together, and a way back. Drawn wide for a desk, upright for a phone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, pi

from macros.facts.model import Role, Stage
from macros.language.translator import Translator
from macros.layout.geometry import Point
from macros.layout.pen import Pen, height, in_middle
from macros.layout.picture import GAP, SIZE, WIDTH, Frame, Mark, Picture, TextBlock, text_block
from macros.typesetting.metrics import LINE

WIDE = 1080  # width of the wide picture
RISE = 42  # how far the wide road rises and falls from its middle
HALF = 30  # half the width of the road
BEND = 46  # how far the upright road bends from its middle
FIRST, LAST = 0.34, 0.88  # parts of the wide road where the first and the last stage come
LEAST_APART = 120  # from one station to the next on the upright road
UNDER_WAY = 155  # height for the roles on the upright road
RADIUS = 26  # of a station
MARK = 30  # across the shape of a role
APART = 46  # from one role to the next, along the road
PARTS = 60  # straight parts of the road
BACK = 38  # how far the way back leaves the road
BESIDE = 12  # from a station or the way back to its words

Way = Callable[[float], Point]  # from 0, where the road begins, to 1, where it leaves the picture


@dataclass(frozen=True, kw_only=True)
class Ground:
    """How the road runs. `stations` are the parts of the way after which stages come; a name is at
    most `limit` wide.
    """

    way: Way
    stations: tuple[float, ...]
    width: float
    height: float
    upright: bool
    limit: float


def place_wide(stages: Sequence[Stage], roles: Sequence[Role], translator: Translator) -> Picture:
    """The road from left to right, 1,080 units wide."""
    apart = (LAST - FIRST) / max(len(stages) - 1, 1)
    limit = min(WIDE * apart, WIDE / 4) - 2 * GAP
    top = _highest_name(stages, limit) + BESIDE

    def way(part: float) -> Point:
        return WIDE * part, top + RISE + HALF + RISE * cos(pi * (0.9 + 2.6 * part))

    ground = Ground(
        way=way,
        stations=tuple(FIRST + apart * index for index in range(len(stages))),
        width=WIDE,
        height=top + 2 * RISE + 2 * HALF + BACK + SIZE * LINE + 2 * GAP,
        upright=False,
        limit=limit,
    )
    return _drawn(ground, stages, roles, translator)


def place_upright(
    stages: Sequence[Stage], roles: Sequence[Role], translator: Translator
) -> Picture:
    """The road from top to bottom, 400 units wide."""
    middle = WIDTH * 0.42
    limit = WIDTH - (middle + BEND + HALF + BESIDE) - GAP
    apart = max(LEAST_APART, _highest_name(stages, limit) + GAP)
    tall = UNDER_WAY + apart * len(stages)

    def way(part: float) -> Point:
        return middle - BEND * cos(pi * (0.2 + 2.6 * part)), tall * part

    ground = Ground(
        way=way,
        stations=tuple((UNDER_WAY + apart * (i + 0.5)) / tall for i in range(len(stages))),
        width=WIDTH,
        height=tall + 2 * SIZE * LINE + 2 * GAP,
        upright=True,
        limit=limit,
    )
    return _drawn(ground, stages, roles, translator)


def _highest_name(stages: Sequence[Stage], limit: float) -> float:
    """The height of the longest name of a stage."""
    return max(height(stage.short, limit, bold=True) for stage in stages)


def _drawn(
    ground: Ground, stages: Sequence[Stage], roles: Sequence[Role], translator: Translator
) -> Picture:
    pen = Pen()
    pen.shape(_band(ground), "surface")
    for stretch in _stretches(ground):
        pen.line(stretch, "line dashed lane")
    pen.marks += _travellers(ground, roles)
    for number, (stage, part) in enumerate(zip(stages, ground.stations, strict=True), 1):
        middle = ground.way(part)
        pen.frames.append(_circle(middle, f"station stage-{stage.id}"))
        digit = in_middle(translator.number(number), middle, RADIUS, bold=True)
        pen.text_blocks.append(replace(digit, style="on-station"))
        pen.text_blocks.append(_name(ground, stage, middle))
    if len(stages) > 1:
        _way_back(pen, ground, translator.gettext("You may go back to an earlier stage"))
    return Picture(
        width=ground.width,
        height=ground.height,
        shapes=tuple(pen.shapes),
        frames=tuple(pen.frames),
        lines=tuple(pen.lines),
        marks=tuple(pen.marks),
        text_blocks=tuple(pen.text_blocks),
    )


# The road


def _points(way: Way) -> list[Point]:
    return [way(part / PARTS) for part in range(PARTS + 1)]


def _stretches(ground: Ground) -> Iterator[list[Point]]:
    """The middle of the road between the stations, which stand on it."""
    stations = [ground.way(part) for part in ground.stations]
    stretch: list[Point] = []
    for x, y in _points(ground.way):
        if all(hypot(x - left, y - top) > RADIUS + GAP for left, top in stations):
            stretch.append((x, y))
        elif stretch:
            yield stretch
            stretch = []
    yield stretch


def _band(ground: Ground) -> Iterator[Point]:
    """The outline of the road: there on one side of its middle, and back on the other."""
    points = _points(ground.way)
    yield from (_beside(ground, point, -HALF) for point in points)
    yield from (_beside(ground, point, HALF) for point in reversed(points))


def _beside(ground: Ground, point: Point, far: float) -> Point:
    """A point beside the road, above or below it; beside an upright road, left or right."""
    x, y = point
    return (x + far, y) if ground.upright else (x, y + far)


def _travellers(ground: Ground, roles: Sequence[Role]) -> Iterator[Mark]:
    """The shapes of the roles one behind the other, where the road begins."""
    part = 0.0
    last = ground.way(0)
    walked = 0.0
    for role in roles:
        while walked < APART:
            part += 1 / (20 * PARTS)
            point = ground.way(part)
            walked += hypot(point[0] - last[0], point[1] - last[1])
            last = point
        walked = 0
        yield Mark(role=role, x=last[0], y=last[1], size=MARK)


# The stations


def _circle(middle: Point, style: str) -> Frame:
    x, y = middle
    size = 2 * RADIUS
    return Frame(x=x - RADIUS, y=y - RADIUS, width=size, height=size, style=style, round=RADIUS)


def _name(ground: Ground, stage: Stage, middle: Point) -> TextBlock:
    """The name of a stage above its station; right of an upright road, all in one column."""
    x, y = middle
    high = height(stage.short, ground.limit, bold=True)
    if ground.upright:
        return text_block(
            stage.short,
            limit=ground.limit,
            y=y - high / 2,
            left=ground.width - GAP - ground.limit,
            bold=True,
        )
    return text_block(
        stage.short,
        limit=ground.limit,
        y=y - HALF - BESIDE / 2 - high,
        middle=x,
        bold=True,
    )


def _way_back(pen: Pen, ground: Ground, words: str) -> None:
    """A dashed arc from below the last station to the first, and what it means."""
    first, last = ground.stations[0], ground.stations[-1]
    side = -1 if ground.upright else 1
    arc = []
    for index in range(PARTS + 1):
        part = last + (first - last) * index / PARTS
        bend = 1 - (2 * index / PARTS - 1) ** 2
        arc.append(_beside(ground, ground.way(part), side * (HALF + 4 + BACK * bend)))
    pen.arrow(arc, "line dashed back")
    if ground.upright:
        top = ground.way(1)[1] + GAP
        middle, limit = WIDTH / 2, WIDTH - 2.0 * GAP
    else:
        top = max(y for _, y in arc) + GAP
        middle, limit = ground.way((first + last) / 2)[0], WIDE
    pen.text_blocks.append(text_block(words, limit=limit, y=top, middle=middle, style="aside"))
