"""What a set-up diagram settles before anything is placed: who stands beside whom, which way arrows
run, both sides.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.facts.model import Arrangement, Group
from macros.language.translator import Translator
from macros.layout.picture import WIDTH
from macros.layout.setup_diagram.group_frame import PAD, room
from macros.layout.setup_diagram.links import Block, Ways, blocks, ties, ways
from macros.layout.setup_diagram.people import PITCH

EDGE = 2  # half a stroke and a little: from the frames to the edge of the picture
INSET = 12  # from the outer frame to what is in it
SIDE = 18  # from a frame to the first lane beside it, with room for an arrow head
LANE = 12  # from one lane to the next, and from one arrow to the next at the side of a frame
PORT = 18  # from the top of a frame to the first arrow at its side
STEM = PAD + PITCH - 2  # from the left edge of a frame to the arrows above and below it
GUTTER, GUTTER_WITH_ARROWS = 16, 44  # between frames side by side


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`left` and `right` are the x of the frames' sides; beside them run the lanes."""

    arrangement: Arrangement
    blocks: tuple[Block, ...]
    ways: Ways
    on_top: tuple[str, ...]  # supported groups, by where the arrow comes in
    on_left: tuple[str, ...]
    on_right: tuple[str, ...]
    left: float
    right: float

    @property
    def inside(self) -> bool:
        """Whether the facilitators belong to the centre, so that one frame holds all."""
        return self.arrangement.facilitators.kind == "internal"

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def half(self, block: int) -> float:
        """Width of a frame that has one beside it."""
        return (self.width - (GUTTER_WITH_ARROWS if block in self.ways.fans else GUTTER)) / 2

    def lane(self, at: int) -> float:
        """The x of a lane on the right side, counted outwards."""
        return self.right + SIDE - 1 + LANE * at

    @property
    def left_lane(self) -> float:
        return self.left - SIDE + 1


def plan_of(arrangement: Arrangement, translator: Translator) -> Plan:
    inset = EDGE + INSET * (arrangement.facilitators.kind == "internal")
    joined = ties(arrangement.groups, arrangement.links)
    width = WIDTH - 2 * inset - 2 * SIDE
    placed = blocks(
        arrangement.groups, joined, lambda one, other: _pair(one, other, width, translator)
    )
    on_top, on_left, on_right = _entries(arrangement, placed)
    run = ways(placed, joined, first_lane=bool(on_right))
    lanes = max(run.lanes, bool(on_right))
    return Plan(
        arrangement=arrangement,
        blocks=placed,
        ways=run,
        on_top=on_top,
        on_left=on_left,
        on_right=on_right,
        left=inset + SIDE * bool(on_left),
        right=WIDTH - inset - (SIDE + LANE * (lanes - 1)) * bool(lanes),
    )


def _entries(arrangement: Arrangement, placed: tuple[Block, ...]) -> tuple[tuple[str, ...], ...]:
    """Supported groups that the arrow reaches from the top, from the left, from the right."""
    first = [group.id for group in placed[0] if len(placed[0]) == 1]
    second = [group.id for block in placed for group in block[1::2]]
    left = [group.id for group in arrangement.groups if group.id not in (*first, *second)]
    supported = set(arrangement.facilitators.supports)
    top, left, right = (tuple(id for id in ids if id in supported) for ids in (first, left, second))
    return top, left, right


def _pair(one: Group, other: Group, width: float, translator: Translator) -> bool:
    """Whether two groups look well side by side: short words, much the same height, and room
    saved.
    """
    half = (width - GUTTER_WITH_ARROWS) / 2
    narrow = [room(group, translator, x=0, y=0, width=half) for group in (one, other)]
    low, high = sorted(each.height for each in narrow)
    if not all(each.calm for each in narrow) or high > 1.4 * low:
        return False
    return high < 0.9 * sum(
        room(group, translator, x=0, y=0, width=width).height for group in (one, other)
    )
