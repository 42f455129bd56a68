"""One group as a frame with its name and its people. Knows no link and no facilitator."""

from __future__ import annotations

from dataclasses import dataclass

from macros.facts.model import Group
from macros.language.translator import Translator
from macros.layout import picture
from macros.layout.picture import SIZE, Frame
from macros.layout.setup_diagram.people import Crowd, crowd, party
from macros.typesetting import metrics

PAD = 12  # from a frame to what is in it
NAME = 7  # from the name of a group to its people
STEP = 5  # between the outlines of several groups in one
OUTLINES = 2  # at most, behind a frame
LINES = 2  # at most, of a name or a label in a narrow room


@dataclass(frozen=True, kw_only=True)
class Room:
    """A group, placed. `behind` are the outlines of further groups of its kind, the farthest
    first.
    """

    front: Frame
    behind: tuple[Frame, ...]
    name: picture.TextBlock
    crowd: Crowd

    @property
    def right(self) -> float:
        return self.front.right + STEP * len(self.behind)

    @property
    def bottom(self) -> float:
        return self.front.bottom + STEP * len(self.behind)

    @property
    def height(self) -> float:
        return self.bottom - self.front.y

    @property
    def calm(self) -> bool:
        """Whether no word is broken and no label is long."""
        limit = self.front.width - 2 * PAD
        said = (self.name, *self.crowd.words)
        whole = (
            metrics.unbroken(" ".join(self.name.lines), limit, SIZE, bold=True) and self.crowd.whole
        )
        return whole and all(len(words.lines) <= LINES for words in said)


def room(
    group: Group, translator: Translator, *, x: float, y: float, width: float, height: float = 0
) -> Room:
    """A group within `width`, outlines included, and at least `height` high."""
    behind = min(group.times - 1, OUTLINES)
    wide = width - STEP * behind
    name = picture.text_block(
        _name(group, translator), limit=wide - 2 * PAD, y=y + PAD - 3, left=x + PAD, bold=True
    )
    parties = [party(people, translator) for people in group.people]
    people = crowd(parties, x=x + PAD, y=name.box.bottom + NAME, width=wide - 2 * PAD)
    bottom = people.bottom + PAD if parties else name.box.bottom + PAD - 3
    front = Frame(x=x, y=y, width=wide, height=max(bottom - y, height - STEP * behind))
    outlines = (_outline(front, STEP * at) for at in range(behind, 0, -1))
    return Room(front=front, behind=tuple(outlines), name=name, crowd=people)


def _name(group: Group, translator: Translator) -> str:
    if group.times == 1:
        return group.name
    return translator.gettext("%(number)s × %(title)s") % {
        "number": translator.number(group.times),
        "title": group.name,
    }


def _outline(front: Frame, by: float) -> Frame:
    return Frame(
        x=front.x + by, y=front.y + by, width=front.width, height=front.height, style="frame behind"
    )
