"""The arrows of a set-up diagram, between groups that are placed. Moves nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from macros.layout.geometry import Point
from macros.layout.picture import Line
from macros.layout.setup_diagram.group_frame import GroupFrame
from macros.layout.setup_diagram.links import Tie
from macros.layout.setup_diagram.people import Crowd
from macros.layout.setup_diagram.plan import LANE, PORT, STEM, Plan

BAR = 22  # above the first frames: where the arrows to both sides leave
CLEAR = 5  # between marks and the arrow below them

Frames = Mapping[str, GroupFrame]  # by the id of the group


def support(plan: Plan, helpers: Crowd, frames: Frames) -> Iterator[Line]:
    """The support of the facilitators: from them down to the first group, and along both sides to
    the others.
    """
    stem = helpers.middle, helpers.foot + CLEAR
    top = min(frame.front.y for frame in frames.values())
    for _ in plan.on_top:
        yield _support(stem, (stem[0], top))
    left = []
    for id in plan.on_left:
        front = frames[id].front
        left.append((front.x, front.y + PORT))
    right = []
    for id in plan.on_right:
        frame = frames[id]
        right.append((frame.right, frame.front.y + PORT))
    yield from _along(stem, top - BAR, plan.left_lane, left)
    yield from _along(stem, top - BAR, plan.lane(0), right)


def _along(stem: Point, bar: float, lane: float, ends: Sequence[Point]) -> Iterator[Line]:
    """From `stem` down, over at `bar`, down the lane; an arm to each of the ends."""
    if not ends:
        return
    for x, y in ends[:-1]:
        yield _support((lane, y), (x, y))
    x, y = ends[-1]
    yield _support(
        stem,
        (stem[0], bar),
        (lane, bar),
        (lane, y),
        (x, y),
    )


def _support(*points: Point) -> Line:
    """What the facilitators give: an arrow in one direction."""
    return Line(
        points=points,
        head=True,
        style="line support",
    )


def _exchange(*points: Point) -> Line:
    """What passes between two groups: an arrow in both directions."""
    return Line(
        points=points,
        head=True,
        tail=True,
    )


def _arm(*points: Point) -> Line:
    """From a way that several groups share to one of them."""
    return Line(points=points, head=True)


def straight(plan: Plan, frames: Frames) -> Iterator[Line]:
    """The links between a group and the one below it, straight down."""
    x = plan.left + STEM
    for tie in plan.ways.straight.values():
        first, second = tie.ends
        upper = frames[first]
        lower = frames[second]
        top = (x, upper.bottom)
        bottom = (x, lower.front.y)
        yield _exchange(top, bottom)


def combs(plan: Plan, frames: Frames) -> Iterator[Line]:
    """The links between groups far apart: along the right side, with arms to groups in between."""
    for comb in plan.ways.combs:
        x = plan.lane(comb.lane)
        ports = [_port(plan, id, frames[id], comb.lane) for id in comb.groups]
        first = ports[0]
        last = ports[-1]
        yield _exchange(first, (x, first[1]), (x, last[1]), last)
        for port in ports[1:-1]:
            yield _arm((x, port[1]), port)


def _port(plan: Plan, id: str, frame: GroupFrame, lane: int) -> Point:
    """The point at the right side of a group where the arrow from a lane comes in.

    Arrows from several lanes come in below each other, the innermost first.
    """
    lanes = sorted(comb.lane for comb in plan.ways.combs_at(id))
    return frame.right, frame.front.y + PORT + LANE * lanes.index(lane)


def fans(plan: Plan, frames: Frames) -> Iterator[Line]:
    """The links of a group to pairs of groups: down the middle between them, with arms to both
    sides.
    """
    for block, ties in plan.ways.fans.items():
        above = ties[0].ends[0]
        start = plan.middle, frames[above].bottom
        yield from _fan(start, _pairs(plan, block, ties, frames))


def _pairs(plan: Plan, block: int, ties: Sequence[Tie], frames: Frames) -> list[list[GroupFrame]]:
    """The groups of a block that the fan reaches, row by row."""
    tied = {tie.ends[1] for tie in ties}
    groups = plan.blocks[block]
    rows = []
    for start in range(0, len(groups), 2):
        pair = groups[start : start + 2]
        row = [frames[group.id] for group in pair if group.id in tied]
        if row:
            rows.append(row)
    return rows


def _fan(start: Point, rows: Sequence[Sequence[GroupFrame]]) -> Iterator[Line]:
    """The links down the middle from `start` to the groups of each row.

    The stem ends at the last row: at its side, or on top of a group in the middle.
    """
    x, _ = start
    for row in rows:
        y = row[0].front.y + PORT
        for frame in row:
            if frame.front.x > x:
                yield _arm((x, y), (frame.front.x, y))
            elif frame.right < x:
                yield _arm((x, y), (frame.right, y))
    last = rows[-1][0]
    is_below = last.front.x < x < last.right
    end = last.front.y if is_below else last.front.y + PORT
    yield Line(
        points=(start, (x, end)),
        head=is_below,
        tail=True,
    )
