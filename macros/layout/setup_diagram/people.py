"""People as rows of marks with their text beside or above them. Knows no group and no link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from macros.facts.model import Facilitators, People, Role
from macros.language.figures import signed
from macros.language.translator import Translator
from macros.layout.picture import MARK, SIZE, Mark, TextBlock, text_block
from macros.typesetting import metrics

PITCH = MARK + 4  # from one person to the next
APART = 10  # between marks and text, and between one kind of people and the next
BELOW_TEXT = 3  # from text to the marks below it
UNKNOWN = 3  # pale marks where no number is given
COUNTABLE = 10  # people in a row, where there are many
ACROSS = (8, 7, 6, 5, 4, 3, 2)  # people in a row with text beside them, in the order tried
NARROWEST = 3 * SIZE  # column of text


@dataclass(frozen=True, kw_only=True)
class Party:
    """People of one role and title.

    `marks` is how many marks stand for them and `ghosts` how many of these are pale; `label` and
    `asides` are written with them.
    """

    role: Role
    marks: int
    ghosts: int = 0
    label: str
    asides: tuple[str, ...] = ()


def party_of(people: People, translator: Translator) -> Party:
    """The marks and text of people in a group.

    Pale marks, ghosts, stand for a number that nobody gives, for people who are there at times, and
    for those who did not stay to the end.
    """
    label = signed(people.title, people)
    marks = ghosts = UNKNOWN
    if people.number:
        label = signed(numbered(people.number, people.title, translator), people)
        marks = people.number
        ghosts = 0 if people.completed is None else people.number - people.completed
    if people.presence == "at-times":
        ghosts = marks
    return Party(
        role=people.role,
        marks=marks,
        ghosts=ghosts,
        label=label,
        asides=tuple(asides(people, translator)),
    )


def asides(people: People, translator: Translator) -> Iterator[str]:
    """What must be known of the number: who is there at times only, who stayed to the end."""
    if people.presence == "at-times":
        yield translator.gettext("at times")
    if people.number is None:
        yield translator.gettext("number not given")
    if people.completed is not None:
        stayed = translator.ngettext(
            "%(number)s stayed to the end", "%(number)s stayed to the end", people.completed
        )
        yield stayed % {"number": translator.number(people.completed)}


def facilitating_party(facilitators: Facilitators, translator: Translator) -> Party:
    """The marks and text of the facilitators."""
    if facilitators.kind == "external":
        kind = translator.gettext("from outside the centre")
    else:
        kind = translator.gettext("from inside the centre")
    return Party(
        role=Role.FACILITATOR,
        marks=facilitators.number,
        label=signed(numbered(facilitators.number, facilitators.title, translator), facilitators),
        asides=(kind,),
    )


def numbered(number: int, title: str, translator: Translator) -> str:
    """So many people of one title."""
    values = {"number": translator.number(number), "title": title}
    return translator.gettext("%(number)s %(title)s") % values


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Parties, placed below each other.

    `bottom` is their lower edge; `whole` is false where a word had to be broken.
    """

    marks: tuple[Mark, ...]
    text_blocks: tuple[TextBlock, ...]
    bottom: float
    whole: bool

    @property
    def middle(self) -> float:
        """Middle of the rows of marks, which begin one below the other."""
        return (self.marks[0].x + max(mark.x for mark in self.marks)) / 2

    @property
    def foot(self) -> float:
        """Lower end of the marks."""
        return max(mark.box.bottom for mark in self.marks)

    @property
    def cost(self) -> tuple[bool, float]:
        """The smaller, the better: no word broken, then not high."""
        return not self.whole, self.bottom


def crowd(parties: Sequence[Party], *, x: float, y: float, width: float) -> Crowd:
    """The parties from `x`, `y` on, within `width`.

    Tries text beside the marks in rows of 8 to 2 people, and text above them; takes what breaks
    no word and is the least high.
    """
    if not parties:
        return Crowd(
            marks=(),
            text_blocks=(),
            bottom=y,
            whole=True,
        )
    choices = []
    for across in ACROSS:
        beside = _text_beside(parties, x, y, width, across)
        if beside is not None:
            choices.append(beside)
    choices.append(_text_above(parties, x, y, width))
    return min(choices, key=lambda choice: choice.cost)


def _text_beside(
    parties: Sequence[Party],
    x: float,
    y: float,
    width: float,
    across: int,
) -> Crowd | None:
    """Marks in a column that is `across` people wide, text in another.

    None where the text would have no room.
    """
    widest = max(_across(party, across) for party in parties)
    column = widest * PITCH - (PITCH - MARK) + APART
    limit = width - column
    if limit < NARROWEST:
        return None
    marks: list[Mark] = []
    text_blocks: list[TextBlock] = []
    top = y
    for party in parties:
        marks += _rows(party, x, top, across)
        text_blocks += _label_and_asides(party, x + column, top, limit)
        top = max(marks[-1].box.bottom, text_blocks[-1].box.bottom) + APART
    return Crowd(
        marks=tuple(marks),
        text_blocks=tuple(text_blocks),
        bottom=top - APART,
        whole=_is_whole(parties, limit),
    )


def _text_above(parties: Sequence[Party], x: float, y: float, width: float) -> Crowd:
    """Text over the whole width, marks below it."""
    across = max(int((width + PITCH - MARK) // PITCH), 1)
    marks: list[Mark] = []
    text_blocks: list[TextBlock] = []
    top = y
    for party in parties:
        text_blocks += _label_and_asides(party, x, top, width)
        marks += _rows(party, x, text_blocks[-1].box.bottom + BELOW_TEXT, across)
        top = marks[-1].box.bottom + APART
    return Crowd(
        marks=tuple(marks),
        text_blocks=tuple(text_blocks),
        bottom=top - APART,
        whole=_is_whole(parties, width),
    )


def _is_whole(parties: Sequence[Party], limit: float) -> bool:
    """Whether every word fits on a line."""
    for party in parties:
        for text in (party.label, *party.asides):
            if not metrics.unbroken(text, limit, SIZE):
                return False
    return True


def _across(party: Party, fit: int) -> int:
    """People in a row where `fit` have room.

    The rows are much the same, or of ten people where there are many, so that one can count.
    """
    if party.marks > 2 * COUNTABLE and fit >= COUNTABLE:
        return COUNTABLE
    rows = ceil(party.marks / fit)
    return ceil(party.marks / rows)


def _rows(party: Party, x: float, y: float, fit: int) -> list[Mark]:
    """The marks of a party in rows from the corner `x`, `y`; ghosts last."""
    across = _across(party, fit)
    first_ghost = party.marks - party.ghosts
    marks = []
    for index in range(party.marks):
        row, column = divmod(index, across)
        marks.append(
            Mark(
                role=party.role,
                ghost=index >= first_ghost,
                x=x + MARK / 2 + column * PITCH,
                y=y + MARK / 2 + row * PITCH,
            )
        )
    return marks


def _label_and_asides(party: Party, x: float, y: float, limit: float) -> list[TextBlock]:
    """The label and the asides below each other, from `x` on."""
    blocks = [
        text_block(
            party.label,
            limit=limit,
            y=y,
            left=x,
        )
    ]
    for aside in party.asides:
        top = blocks[-1].box.bottom
        blocks.append(
            text_block(
                aside,
                limit=limit,
                y=top,
                left=x,
                style="aside",
            )
        )
    return blocks
