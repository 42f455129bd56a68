"""The arrows of a set-up diagram, between groups that are placed. Moves nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from macros.layout.picture import Line
from macros.layout.setup_diagram.group_frame import Room
from macros.layout.setup_diagram.links import Tie
from macros.layout.setup_diagram.people import Crowd
from macros.layout.setup_diagram.plan import LANE, PORT, STEM, Plan

BAR = 22  # above the first frames: where the arrows to both sides leave
CLEAR = 5  # between marks and the arrow below them

Point = tuple[float, float]


def support(plan: Plan, helpers: Crowd, rooms: Mapping[str, Room]) -> Iterator[Line]:
    """From the facilitators down to the first group, and along both sides to the others."""
    stem = helpers.middle, helpers.foot + CLEAR
    top = min(each.front.y for each in rooms.values())
    for _ in plan.on_top:
        yield Line(points=(stem, (stem[0], top)), head=True, style="line support")
    left = [(rooms[id].front.x, rooms[id].front.y + PORT) for id in plan.on_left]
    right = [(rooms[id].right, rooms[id].front.y + PORT) for id in plan.on_right]
    yield from _along(stem, top - BAR, plan.left_lane, left)
    yield from _along(stem, top - BAR, plan.lane(0), right)


def _along(stem: Point, bar: float, lane: float, ends: Sequence[Point]) -> Iterator[Line]:
    """From `stem` down, over at `bar`, down the lane; an arm to each of the ends."""
    for x, y in ends[:-1]:
        yield Line(points=((lane, y), (x, y)), head=True, style="line support")
    for x, y in ends[-1:]:
        way = (stem, (stem[0], bar), (lane, bar), (lane, y), (x, y))
        yield Line(points=way, head=True, style="line support")


def straight(plan: Plan, rooms: Mapping[str, Room]) -> Iterator[Line]:
    """Between a group and the one below it."""
    x = plan.left + STEM
    for tie in plan.ways.straight.values():
        upper, lower = (rooms[id] for id in tie.ends)
        yield Line(points=((x, upper.bottom), (x, lower.front.y)), head=True, tail=True)


def combs(plan: Plan, rooms: Mapping[str, Room]) -> Iterator[Line]:
    """Along the right side, with arms to the groups in between."""
    for comb in plan.ways.combs:
        lane = plan.lane(comb.lane)
        first, *between, last = (_port(plan, id, rooms[id], comb.lane) for id in comb.groups)
        yield Line(points=(first, (lane, first[1]), (lane, last[1]), last), head=True, tail=True)
        for x, y in between:
            yield Line(points=((lane, y), (x, y)), head=True)


def _port(plan: Plan, id: str, at: Room, lane: int) -> Point:
    """Where an arrow from this lane comes in."""
    lanes = sorted(comb.lane for comb in plan.ways.combs_at(id))
    return at.right, at.front.y + PORT + LANE * lanes.index(lane)


def fans(plan: Plan, rooms: Mapping[str, Room]) -> Iterator[Line]:
    """Down the middle between pairs of groups, with arms to both sides."""
    for at, joined in plan.ways.fans.items():
        start = plan.middle, rooms[joined[0].ends[0]].bottom
        yield from _fan(start, _pairs(plan, at, joined, rooms))


def _pairs(
    plan: Plan, at: int, joined: Sequence[Tie], rooms: Mapping[str, Room]
) -> list[list[Room]]:
    """The groups of a block that the fan reaches, row by row."""
    tied, block = {tie.ends[1] for tie in joined}, plan.blocks[at]
    pairs = (block[start : start + 2] for start in range(0, len(block), 2))
    rows = [[rooms[group.id] for group in pair if group.id in tied] for pair in pairs]
    return [row for row in rows if row]


def _fan(start: Point, rows: Sequence[Sequence[Room]]) -> Iterator[Line]:
    x, _ = start
    for row in rows:
        y = row[0].front.y + PORT
        for each in row:
            if each.front.x > x or each.right < x:
                yield Line(
                    points=((x, y), (each.front.x if each.front.x > x else each.right, y)),
                    head=True,
                )
    last = rows[-1][0]
    below = last.front.x < x < last.right
    end = last.front.y + (0 if below else PORT)
    yield Line(points=(start, (x, end)), head=below, tail=True)
