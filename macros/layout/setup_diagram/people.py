"""People as rows of marks with their words beside or above them. Knows no group and no link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil

from macros.facts.model import Facilitators, People, Role
from macros.language.translator import Translator
from macros.layout import picture
from macros.layout.picture import MARK, SIZE, Mark
from macros.typesetting import metrics

PITCH = MARK + 4  # from one person to the next
APART = 10  # between marks and words, and between one kind of people and the next
UNKNOWN = 3  # marks where no number is given: one and two ghosts
COUNTABLE = 10  # people in a row, where there are many


@dataclass(frozen=True, kw_only=True)
class Party:
    """People of one role and title: how many marks, how many of these are ghosts, and what is
    written with them.
    """

    role: Role
    marks: int
    ghosts: int = 0
    label: str
    asides: tuple[str, ...] = ()


def party(people: People, translator: Translator) -> Party:
    """The marks and words of people in a group."""
    marks = people.number or UNKNOWN
    ghosts = marks if people.presence == "at-times" else 0 if people.number else UNKNOWN - 1
    label = numbered(people.number, people.title, translator) if people.number else people.title
    return Party(
        role=people.role,
        marks=marks,
        ghosts=ghosts,
        label=label,
        asides=tuple(asides(people, translator)),
    )


def asides(people: People, translator: Translator) -> Iterator[str]:
    """What must be known of the number: who is there at times only, who stayed."""
    if people.presence == "at-times":
        yield translator.gettext("at times")
    if people.number is None:
        yield translator.gettext("number not given")
    if people.completed is not None:
        stayed = translator.ngettext(
            "%(number)s stayed to the end", "%(number)s stayed to the end", people.completed
        )
        yield stayed % {"number": translator.number(people.completed)}


def facilitating(facilitators: Facilitators, translator: Translator) -> Party:
    """The marks and words of the facilitators."""
    label = numbered(facilitators.number, facilitators.title, translator)
    external = facilitators.kind == "external"
    kind = (
        translator.gettext("from outside the centre")
        if external
        else translator.gettext("from inside the centre")
    )
    return Party(role=Role.FACILITATOR, marks=facilitators.number, label=label, asides=(kind,))


def numbered(number: int, title: str, translator: Translator) -> str:
    """So many people of one title."""
    return translator.gettext("%(number)s %(title)s") % {
        "number": translator.number(number),
        "title": title,
    }


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Parties, placed below each other. `whole` unless a word had to be broken."""

    marks: tuple[Mark, ...]
    words: tuple[picture.TextBlock, ...]
    bottom: float
    whole: bool

    @property
    def middle(self) -> float:
        """Middle of the first row of marks."""
        return (self.marks[0].x + max(mark.x for mark in self.marks)) / 2

    @property
    def foot(self) -> float:
        """Lower end of the marks."""
        return max(mark.box.bottom for mark in self.marks)

    @property
    def cost(self) -> tuple[bool, float]:
        return not self.whole, self.bottom


def crowd(parties: Sequence[Party], *, x: float, y: float, width: float) -> Crowd:
    """The parties within `width`, in whichever way breaks no word and is the least high."""
    if not parties:
        return Crowd(marks=(), words=(), bottom=y, whole=True)
    ways = [_beside(parties, x, y, width, across) for across in (8, 7, 6, 5, 4, 3, 2)]
    return min((*filter(None, ways), _below(parties, x, y, width)), key=lambda way: way.cost)


def _beside(
    parties: Sequence[Party], x: float, y: float, width: float, across: int
) -> Crowd | None:
    """Marks in a column that is `across` people wide, words in another; None where they have no
    room.
    """
    column = max(_across(one, across) for one in parties) * PITCH - (PITCH - MARK) + APART
    limit = width - column
    if limit < 3 * SIZE:
        return None
    placed, top = [], y
    for one in parties:
        marks = _rows(one, x, top, across)
        words = _written(one, x + column, top, limit)
        placed.append((marks, words))
        top = max(marks[-1].box.bottom, words[-1].box.bottom) + APART
    return _crowd(parties, placed, top - APART, limit)


def _below(parties: Sequence[Party], x: float, y: float, width: float) -> Crowd:
    """Words over the whole width, marks below them."""
    placed, top = [], y
    for one in parties:
        words = _written(one, x, top, width)
        marks = _rows(
            one, x, words[-1].box.bottom + 3, max(int((width + PITCH - MARK) // PITCH), 1)
        )
        placed.append((marks, words))
        top = marks[-1].box.bottom + APART
    return _crowd(parties, placed, top - APART, width)


def _crowd(
    parties: Sequence[Party],
    placed: Sequence[tuple[list[Mark], list[picture.TextBlock]]],
    bottom: float,
    limit: float,
) -> Crowd:
    said = chain.from_iterable((one.label, *one.asides) for one in parties)
    return Crowd(
        marks=tuple(mark for marks, _ in placed for mark in marks),
        words=tuple(line for _, words in placed for line in words),
        bottom=bottom,
        whole=all(metrics.unbroken(words, limit, SIZE) for words in said),
    )


def _across(one: Party, fit: int) -> int:
    """People in a row where `fit` have room: rows much the same, or rows of ten where there are
    many.
    """
    if one.marks > 2 * COUNTABLE and fit >= COUNTABLE:
        return COUNTABLE
    return ceil(one.marks / ceil(one.marks / fit))


def _rows(one: Party, x: float, y: float, fit: int) -> list[Mark]:
    across = _across(one, fit)
    return [
        Mark(
            role=one.role,
            ghost=at >= one.marks - one.ghosts,
            x=x + MARK / 2 + at % across * PITCH,
            y=y + MARK / 2 + at // across * PITCH,
        )
        for at in range(one.marks)
    ]


def _written(one: Party, x: float, y: float, limit: float) -> list[picture.TextBlock]:
    """The label and the asides below each other, from `x` on."""
    lines = [picture.text_block(one.label, limit=limit, y=y, left=x)]
    for aside in one.asides:
        lines.append(
            picture.text_block(aside, limit=limit, y=lines[-1].box.bottom, left=x, style="aside")
        )
    return lines
