"""One group as a frame with its name and its people. Knows no link and no facilitator."""

from __future__ import annotations

from dataclasses import dataclass, replace

from macros.facts.model import Group
from macros.language.translator import Translator
from macros.layout.picture import SIZE, Frame, TextBlock, text_block
from macros.layout.setup_diagram.people import Crowd, Party, crowd, party_of
from macros.typesetting import metrics

PAD = 12  # from a frame to what is in it
NAME_PAD = PAD - 3  # from a frame to the name in it
NAME = 7  # from the name of a group to its people
STEP = 5  # between the outlines of several groups in one
OUTLINES = 2  # at most, behind a frame
LINES = 2  # at most, of a name or a label in a narrow frame


@dataclass(frozen=True, kw_only=True)
class GroupFrame:
    """A group, placed: its frame, its name and its people.

    `behind` are the outlines of further groups of its kind, the farthest first.
    """

    front: Frame
    behind: tuple[Frame, ...]
    name: TextBlock
    crowd: Crowd

    @property
    def right(self) -> float:
        """The right edge, outlines included."""
        return self.front.right + STEP * len(self.behind)

    @property
    def bottom(self) -> float:
        """The lower edge, outlines included."""
        return self.front.bottom + STEP * len(self.behind)

    @property
    def height(self) -> float:
        """The height, outlines included."""
        return self.bottom - self.front.y

    @property
    def calm(self) -> bool:
        """Whether no word is broken and no label is long."""
        limit = self.front.width - 2 * PAD
        name = " ".join(self.name.lines)
        if not self.crowd.whole or not metrics.unbroken(name, limit, SIZE, bold=True):
            return False
        labels = (self.name, *self.crowd.text_blocks)
        return all(len(label.lines) <= LINES for label in labels)


def group_frame(
    group: Group,
    translator: Translator,
    *,
    x: float,
    y: float,
    width: float,
    height: float = 0,
) -> GroupFrame:
    """A group within `width`, outlines included, and at least `height` high.

    `x` and `y` are its upper left corner. It is as high as its name and its people need.
    """
    outlines = min(group.times - 1, OUTLINES)
    front_width = width - STEP * outlines
    left = x + PAD
    limit = front_width - 2 * PAD
    title = _name(group, translator)
    name = text_block(
        title,
        limit=limit,
        y=y + NAME_PAD,
        left=left,
        bold=True,
    )
    parties = _parties(group, translator)
    people = crowd(
        parties,
        x=left,
        y=name.box.bottom + NAME,
        width=limit,
    )
    bottom = people.bottom + PAD if parties else name.box.bottom + NAME_PAD
    front_height = max(bottom - y, height - STEP * outlines)
    front = Frame(
        x=x,
        y=y,
        width=front_width,
        height=front_height,
        style="frame whole" if group.includes else "frame",
    )
    behind = [_outline(front, STEP * number) for number in range(outlines, 0, -1)]
    return GroupFrame(
        front=front,
        behind=tuple(behind),
        name=name,
        crowd=people,
    )


def _parties(group: Group, translator: Translator) -> list[Party]:
    """The people of the group; the first of them say who of another group is among them."""
    parties = [party_of(people, translator) for people in group.people]
    if group.includes:
        first, *others = parties
        parties = [replace(first, asides=(*first.asides, group.includes)), *others]
    return parties


def _name(group: Group, translator: Translator) -> str:
    """The name of the group, with how many such groups there are."""
    if group.times == 1:
        return group.name
    number = translator.number(group.times)
    return translator.gettext("%(number)s × %(title)s") % {"number": number, "title": group.name}


def _outline(front: Frame, offset: float) -> Frame:
    """The outline of one more group, so many units to the right and below."""
    return Frame(
        x=front.x + offset,
        y=front.y + offset,
        width=front.width,
        height=front.height,
        style="frame behind",
    )
