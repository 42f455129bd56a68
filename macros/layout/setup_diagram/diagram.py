"""Draws who meets whom: groups as frames, people as marks, links and support as arrows. One picture
per set-up.

From top to bottom: the facilitators, the groups in their order, the legend. Support runs down the
left side, what passes between groups far apart runs down the right side, so no arrow meets text or
people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from macros.facts.model import Arrangement, Group, Role
from macros.language.figures import sign_legend
from macros.language.translator import Translator
from macros.layout.picture import (
    MARK,
    SIZE,
    WIDTH,
    Frame,
    Line,
    Mark,
    Picture,
    TextBlock,
    text_block,
)
from macros.layout.setup_diagram import arrows
from macros.layout.setup_diagram.group_frame import PAD, GroupFrame, group_frame
from macros.layout.setup_diagram.people import Crowd, crowd, facilitating_party
from macros.layout.setup_diagram.plan import EDGE, INSET, LANE, PORT, STEM, Plan, plan_of
from macros.typesetting import metrics

PLAIN = 16  # between frames
WITH_ARROW = 40  # between frames with an arrow from one to the other
AIR = 10  # above and below the text between frames
BESIDE = 14  # from an arrow to its text
LEGEND = 24  # from the frames to the legend
NAME = 7  # from a shape in the legend to its name
ITEM = 18  # from one role in the legend to the next


def place(arrangement: Arrangement, translator: Translator) -> Picture:
    """The picture of an arrangement, 400 units wide and as high as it needs.

    Everybody is drawn as a mark: facilitators, members of groups; the legend names the roles.
    """
    plan = plan_of(arrangement, translator)
    inset = INSET if plan.inside else 0
    helpers = _helpers(plan, EDGE + inset, translator)
    gap = WITH_ARROW if arrangement.facilitators.supports else PLAIN
    frames, labels = _group_frames(plan, helpers.bottom + gap, translator)
    bottom = max(frame.bottom for frame in frames.values()) + inset
    shapes, names = _legend(_roles(arrangement), bottom + LEGEND, translator)
    names += _signs(arrangement, _bottom_of_legend(shapes, names) + NAME, translator)
    marks = list(helpers.marks)
    text_blocks = list(helpers.text_blocks)
    for frame in frames.values():
        marks += frame.crowd.marks
        text_blocks += frame.crowd.text_blocks
    text_blocks += [frame.name for frame in frames.values()]
    return Picture(
        height=_bottom_of_legend(shapes, names) + EDGE,
        frames=tuple(_drawn_frames(plan, frames, bottom)),
        lines=tuple(_arrows(plan, helpers, frames)),
        marks=(*marks, *shapes),
        text_blocks=(*text_blocks, *labels, *names),
    )


def _helpers(plan: Plan, y: float, translator: Translator) -> Crowd:
    """The facilitators, above all groups."""
    facilitators = facilitating_party(plan.arrangement.facilitators, translator)
    return crowd(
        [facilitators],
        x=plan.left + PAD,
        y=y,
        width=plan.width - 2 * PAD,
    )


def _arrows(plan: Plan, helpers: Crowd, frames: arrows.Frames) -> Iterator[Line]:
    """All arrows: support, then what passes between groups."""
    yield from arrows.support(plan, helpers, frames)
    yield from arrows.straight(plan, frames)
    yield from arrows.fans(plan, frames)
    yield from arrows.combs(plan, frames)


def _drawn_frames(plan: Plan, frames: arrows.Frames, bottom: float) -> Iterator[Frame]:
    """The frames of the groups, from back to front; where the facilitators belong to the centre,
    one frame around everything.
    """
    if plan.inside:
        yield Frame(
            x=EDGE,
            y=EDGE,
            width=WIDTH - 2 * EDGE,
            height=bottom - EDGE,
            style="frame-outer",
            round=12,
        )
    for frame in frames.values():
        yield from frame.behind
        yield frame.front


# Groups


def _group_frames(
    plan: Plan,
    y: float,
    translator: Translator,
) -> tuple[dict[str, GroupFrame], list[TextBlock]]:
    """Every group by its id, from `y` down, and the labels of the links between them.

    Labels stand between the blocks; they move the block below them down.
    """
    frames: dict[str, GroupFrame] = {}
    labels: list[TextBlock] = []
    for index, block in enumerate(plan.blocks):
        if index > 0:
            between = _labels_above(plan, index, y)
            y = _top_of_block(plan, index, y, between)
            labels += between
        placed = _place_block(plan, index, y, translator)
        for group, frame in zip(block, placed, strict=True):
            frames[group.id] = frame
        y = max(frame.bottom for frame in placed)
    return frames, labels


def _labels_above(plan: Plan, block: int, y: float) -> list[TextBlock]:
    """The labels above a block, from `y` on, below each other.

    Those of the arrow that leads down to it stand to its right; those of arrows that pass on the
    right side stand flush with that side.
    """
    left = plan.left + PAD
    if plan.ways.leads_to(block):
        arrow = plan.middle if block in plan.ways.fans else plan.left + STEM
        left = arrow + BESIDE
    limit = plan.right - left
    top = y + AIR
    labels: list[TextBlock] = []
    for text in plan.ways.labels_beside(block):
        label = text_block(
            text,
            limit=limit,
            y=top,
            left=left,
            style="said",
        )
        labels.append(label)
        top = label.box.bottom
    for text in plan.ways.labels_aside(block):
        label = text_block(
            text,
            limit=limit,
            y=top,
            right=plan.right,
            style="said",
        )
        labels.append(label)
        top = label.box.bottom
    return labels


def _top_of_block(plan: Plan, block: int, y: float, labels: Sequence[TextBlock]) -> float:
    """Where a block begins below the labels above it."""
    gap = WITH_ARROW if plan.ways.leads_to(block) else PLAIN
    if not labels:
        return y + gap
    return max(y + gap, labels[-1].box.bottom + AIR)


def _place_block(plan: Plan, index: int, y: float, translator: Translator) -> list[GroupFrame]:
    """One group over the whole width, or groups in pairs, from `y` down.

    The last of an odd number stands in the middle.
    """
    block = plan.blocks[index]
    if len(block) == 1:
        group = block[0]
        height = PORT + LANE * len(plan.ways.combs_at(group.id))
        frame = group_frame(group, translator, x=plan.left, y=y, width=plan.width, height=height)
        return [frame]
    half = plan.half(index)
    placed: list[GroupFrame] = []
    for start in range(0, len(block), 2):
        pair = block[start : start + 2]
        placed += _place_pair(plan, pair, half, y, translator)
        y = placed[-1].bottom + PLAIN
    return placed


def _place_pair(
    plan: Plan,
    pair: Sequence[Group],
    half: float,
    y: float,
    translator: Translator,
) -> Iterator[GroupFrame]:
    """Two groups side by side, equally high; or one in the middle."""
    xs = [plan.left, plan.right - half]
    if len(pair) == 1:
        xs = [plan.middle - half / 2]
    height = 0.0
    for group in pair:
        trial = group_frame(group, translator, x=0, y=0, width=half)
        height = max(height, trial.height)
    for group, x in zip(pair, xs, strict=True):
        yield group_frame(group, translator, x=x, y=y, width=half, height=height)


# Legend


def _roles(arrangement: Arrangement) -> list[Role]:
    """The roles of all who take part, in the order of the legend."""
    present = {Role.FACILITATOR}
    for group in arrangement.groups:
        for people in group.people:
            present.add(people.role)
    return [role for role in Role if role in present]


def _legend(
    roles: list[Role],
    y: float,
    translator: Translator,
) -> tuple[list[Mark], list[TextBlock]]:
    """Every role with its shape and name, in as many columns as there is room for.

    `y` is the top of the legend.
    """
    columns = _fitting_columns(roles, translator)
    shapes: list[Mark] = []
    names: list[TextBlock] = []
    for index, column in enumerate(columns):
        x: float = EDGE
        if index > 0:
            x += _width(columns[:index], translator) + ITEM
        top = y
        for role in column:
            left = x + MARK + NAME
            limit = WIDTH - EDGE - left
            shape = Mark(
                role=role,
                x=x + MARK / 2,
                y=top + MARK / 2,
            )
            name = text_block(
                translator.role(role),
                limit=limit,
                y=top,
                left=left,
            )
            shapes.append(shape)
            names.append(name)
            top = max(name.box.bottom, shape.box.bottom) + NAME
    return shapes, names


def _signs(arrangement: Arrangement, y: float, translator: Translator) -> Iterator[TextBlock]:
    """What the signs beside people mean, below each other from `y` on."""
    people = [one for group in arrangement.groups for one in group.people]
    for text in sign_legend([arrangement.facilitators, *people], translator):
        block = text_block(text, limit=WIDTH - 2 * EDGE, y=y, left=EDGE, style="aside")
        yield block
        y = block.box.bottom


def _bottom_of_legend(shapes: Sequence[Mark], names: Sequence[TextBlock]) -> float:
    """The lowest y of the shapes and names."""
    bottom_of_shapes = max(shape.box.bottom for shape in shapes)
    bottom_of_names = max(name.box.bottom for name in names)
    return max(bottom_of_shapes, bottom_of_names)


def _fitting_columns(roles: list[Role], translator: Translator) -> list[list[Role]]:
    """The roles in three columns, or two, or one, whatever the picture has room for."""
    for count in (3, 2):
        columns = _columns(roles, count)
        if _width(columns, translator) <= WIDTH - 2 * EDGE:
            return columns
    return [roles]


def _columns(roles: list[Role], count: int) -> list[list[Role]]:
    """The roles in columns, from the first column down."""
    rows = ceil(len(roles) / count)
    columns = []
    for start in range(0, len(roles), rows):
        columns.append(roles[start : start + rows])
    return columns


def _width(columns: list[list[Role]], translator: Translator) -> float:
    """Width of columns of the legend, side by side."""
    width = 0.0
    for column in columns:
        widest = max(metrics.width(translator.role(role), SIZE) for role in column)
        width += MARK + NAME + widest + ITEM
    return width - ITEM if columns else width
