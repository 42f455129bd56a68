"""What a set-up diagram settles before anything is placed: which groups stand side by side, which
way arrows run, and how much room both sides need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from macros.facts.model import Arrangement, Group
from macros.language.translator import Translator
from macros.layout.picture import WIDTH
from macros.layout.setup_diagram.group_frame import PAD, group_frame
from macros.layout.setup_diagram.links import Block, Ways, blocks, ties, ways
from macros.layout.setup_diagram.people import PITCH

EDGE = 2  # half a stroke and a little: from the frames to the edge of the picture
INSET = 12  # from the outer frame to what is in it
SIDE = 18  # from a frame to the first lane beside it, with room for an arrow head
LANE = 12  # from one lane to the next, and from one arrow to the next at the side of a frame
PORT = 18  # from the top of a frame to the first arrow at its side
STEM = PAD + PITCH - 2  # from the left edge of a frame to the arrows above and below it
GUTTER = 16  # between frames side by side
GUTTER_WITH_ARROWS = 44  # the same with a fan of arrows between them
UNEVEN = 1.4  # how much higher than its neighbour a frame may be
SAVED = 0.9  # share of the height of two frames that a pair of them may take


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is settled before anything is placed.

    `left` and `right` are the x of the frames' sides; beside them run the lanes.
    """

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
        """Width of a frame that stands alone."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """The x halfway between both sides."""
        return (self.left + self.right) / 2

    def half(self, block: int) -> float:
        """Width of a frame of this block that has one beside it."""
        gutter = GUTTER_WITH_ARROWS if block in self.ways.fans else GUTTER
        return (self.width - gutter) / 2

    def lane(self, number: int) -> float:
        """The x of a lane on the right side, counted outwards from 0."""
        return self.right + SIDE - 1 + LANE * number

    @property
    def left_lane(self) -> float:
        """The x of the only lane on the left side."""
        return self.left - SIDE + 1


def plan_of(arrangement: Arrangement, translator: Translator) -> Plan:
    """The plan of an arrangement.

    The names in the language of the edition decide how wide groups are, and so which of them
    stand side by side.
    """
    inset = EDGE
    if arrangement.facilitators.kind == "internal":
        inset += INSET
    joined = ties(arrangement.groups, arrangement.links)
    width = WIDTH - 2 * inset - 2 * SIDE

    def fit_side_by_side(one: Group, other: Group) -> bool:
        """Whether two groups may be a pair within the width of this picture."""
        return _fit_side_by_side(one, other, width, translator)

    placed = blocks(arrangement.groups, joined, fit_side_by_side)
    on_top, on_left, on_right = _entries(arrangement, placed)
    run = ways(placed, joined, first_lane=1 if on_right else 0)
    lanes = max(run.lanes, 1 if on_right else 0)
    left_side = SIDE if on_left else 0
    right_side = SIDE + LANE * (lanes - 1) if lanes else 0
    return Plan(
        arrangement=arrangement,
        blocks=placed,
        ways=run,
        on_top=on_top,
        on_left=on_left,
        on_right=on_right,
        left=inset + left_side,
        right=WIDTH - inset - right_side,
    )


Ids = tuple[str, ...]


def _entries(arrangement: Arrangement, placed: Sequence[Block]) -> tuple[Ids, Ids, Ids]:
    """Supported groups that the arrow reaches from the top, from the left, from the right."""
    top = []
    if len(placed[0]) == 1:
        top.append(placed[0][0].id)
    right = []
    for block in placed:
        for group in block[1::2]:
            right.append(group.id)
    left = []
    for group in arrangement.groups:
        if group.id not in top and group.id not in right:
            left.append(group.id)
    supported = set(arrangement.facilitators.supports)
    return _among(top, supported), _among(left, supported), _among(right, supported)


def _among(ids: Sequence[str], supported: set[str]) -> Ids:
    """The ids that are supported, in their order."""
    return tuple(id for id in ids if id in supported)


def _fit_side_by_side(one: Group, other: Group, width: float, translator: Translator) -> bool:
    """Whether two groups look well side by side: short words, much the same height, and room
    saved.
    """
    half = (width - GUTTER_WITH_ARROWS) / 2
    narrow = [group_frame(group, translator, x=0, y=0, width=half) for group in (one, other)]
    low, high = sorted(frame.height for frame in narrow)
    if high > UNEVEN * low or not all(frame.calm for frame in narrow):
        return False
    height_below = 0.0
    for group in (one, other):
        height_below += group_frame(group, translator, x=0, y=0, width=width).height
    return high < SAVED * height_below
