"""Draws who meets whom: groups as frames, people as marks, links and support as arrows. One picture
per set-up.

From top to bottom: the facilitators, the groups in their order, the legend. Support runs down the
left side, what passes between groups far apart runs down the right side, so no arrow meets words or
people.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from macros.facts.model import Arrangement, Role
from macros.language.translator import Translator
from macros.layout import picture
from macros.layout.picture import MARK, SIZE, WIDTH, Frame, Mark, Picture
from macros.layout.setup_diagram import arrows
from macros.layout.setup_diagram.group_frame import PAD, Room, room
from macros.layout.setup_diagram.people import Crowd, crowd, facilitating
from macros.layout.setup_diagram.plan import EDGE, INSET, LANE, PORT, STEM, Plan, plan_of
from macros.typesetting import metrics

PLAIN, WITH_ARROW = 16, 40  # between frames
AIR = 10  # above and below the words between frames
BESIDE = 14  # from an arrow to its words
LEGEND = 24  # from the frames to the legend
NAME = 7  # from a shape in the legend to its name
ITEM = 18  # from one role in the legend to the next

Said = list[picture.TextBlock]


def place(arrangement: Arrangement, translator: Translator) -> Picture:
    """The picture of an arrangement, 400 units wide and as high as it needs."""
    plan = plan_of(arrangement, translator)
    inset = INSET * plan.inside
    helpers = _helpers(plan, EDGE + inset, translator)
    gap = WITH_ARROW if arrangement.facilitators.supports else PLAIN
    rooms, said = _rooms(plan, helpers.bottom + gap, translator)
    bottom = max(each.bottom for each in rooms.values()) + inset
    shapes, names = _legend(_roles(arrangement), bottom + LEGEND, translator)
    crowds = (helpers, *(each.crowd for each in rooms.values()))
    return Picture(
        height=max(each.box.bottom for each in (*shapes, *names)) + EDGE,
        frames=(
            *_outer(plan, bottom),
            *(f for each in rooms.values() for f in (*each.behind, each.front)),
        ),
        lines=(
            *arrows.support(plan, helpers, rooms),
            *arrows.straight(plan, rooms),
            *arrows.fans(plan, rooms),
            *arrows.combs(plan, rooms),
        ),
        marks=(*(mark for one in crowds for mark in one.marks), *shapes),
        text_blocks=(
            *(w for one in crowds for w in one.words),
            *(each.name for each in rooms.values()),
            *said,
            *names,
        ),
    )


def _helpers(plan: Plan, y: float, translator: Translator) -> Crowd:
    who = facilitating(plan.arrangement.facilitators, translator)
    return crowd([who], x=plan.left + PAD, y=y, width=plan.width - 2 * PAD)


def _outer(plan: Plan, bottom: float) -> Iterator[Frame]:
    """The frame around everything, where the facilitators belong to the centre."""
    if plan.inside:
        yield Frame(
            x=EDGE,
            y=EDGE,
            width=WIDTH - 2 * EDGE,
            height=bottom - EDGE,
            style="frame-outer",
            round=12,
        )


# Groups


def _rooms(plan: Plan, y: float, translator: Translator) -> tuple[dict[str, Room], Said]:
    """Every group by its id, from `y` down, and the words between them."""
    rooms: dict[str, Room] = {}
    said: Said = []
    for at, block in enumerate(plan.blocks):
        if at:
            between = _between(plan, at, y)
            y = _below(plan, at, y, between)
            said += between
        placed = _block(plan, at, y, translator)
        rooms |= {group.id: each for group, each in zip(block, placed, strict=True)}
        y = max(each.bottom for each in placed)
    return rooms, said


def _between(plan: Plan, block: int, y: float) -> Said:
    """The words above a block, from `y` on: right of the arrow that leads down to it, or near the
    right side.
    """
    left = plan.left + PAD
    if plan.ways.leads_to(block):
        left = BESIDE + (plan.middle if block in plan.ways.fans else plan.left + STEM)
    said: Said = []
    for label in plan.ways.said_beside(block):
        top = said[-1].box.bottom if said else y + AIR
        said.append(
            picture.text_block(label, limit=plan.right - left, y=top, left=left, style="said")
        )
    for label in plan.ways.said_aside(block):
        top = said[-1].box.bottom if said else y + AIR
        said.append(
            picture.text_block(
                label, limit=plan.right - left, y=top, right=plan.right, style="said"
            )
        )
    return said


def _below(plan: Plan, block: int, y: float, said: Said) -> float:
    """Where a block begins below the words above it."""
    gap = WITH_ARROW if plan.ways.leads_to(block) else PLAIN
    return max(y + gap, said[-1].box.bottom + AIR if said else y)


def _block(plan: Plan, at: int, y: float, translator: Translator) -> list[Room]:
    """One group over the whole width; or groups in pairs, and the last of an odd number in the
    middle.
    """
    block = plan.blocks[at]
    if len(block) == 1:
        high = PORT + LANE * len(plan.ways.combs_at(block[0].id))
        return [room(block[0], translator, x=plan.left, y=y, width=plan.width, height=high)]
    half, placed = plan.half(at), []
    for start in range(0, len(block), 2):
        pair = block[start : start + 2]
        xs = (plan.left, plan.right - half) if len(pair) == 2 else (plan.middle - half / 2,)
        high = max(room(group, translator, x=0, y=0, width=half).height for group in pair)
        for group, x in zip(pair, xs, strict=True):
            placed.append(room(group, translator, x=x, y=y, width=half, height=high))
        y = placed[-1].bottom + PLAIN
    return placed


# Legend


def _roles(arrangement: Arrangement) -> list[Role]:
    present = {people.role for group in arrangement.groups for people in group.people} | {
        Role.FACILITATOR
    }
    return [role for role in Role if role in present]


def _legend(roles: list[Role], y: float, translator: Translator) -> tuple[list[Mark], Said]:
    """Every role with its shape and name, in as many columns as there is room for."""
    several = (
        columns
        for n in (3, 2)
        if _wide(columns := _columns(roles, n), translator) <= WIDTH - 2 * EDGE
    )
    columns = next(several, [roles])
    shapes: list[Mark] = []
    names: Said = []
    for at, column in enumerate(columns):
        x = EDGE + _wide(columns[:at], translator) + ITEM * bool(at)
        top = y
        for role in column:
            limit = WIDTH - EDGE - x - MARK - NAME
            shapes.append(Mark(role=role, x=x + MARK / 2, y=top + MARK / 2))
            names.append(
                picture.text_block(translator.role(role), limit=limit, y=top, left=x + MARK + NAME)
            )
            top = max(names[-1].box.bottom, shapes[-1].box.bottom) + NAME
    return shapes, names


def _columns(roles: list[Role], columns: int) -> list[list[Role]]:
    """The roles in columns, from the first column down."""
    rows = ceil(len(roles) / columns)
    return [roles[at : at + rows] for at in range(0, len(roles), rows)]


def _wide(columns: list[list[Role]], translator: Translator) -> float:
    """Width of columns of the legend, side by side."""
    items = (
        max(metrics.width(translator.role(role), SIZE) for role in column) for column in columns
    )
    return sum(MARK + NAME + item + ITEM for item in items) - ITEM * bool(columns)
