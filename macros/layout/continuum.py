"""Guidance by the facilitator and responsibility of the participants: as one shrinks, the other
grows.
"""

from __future__ import annotations

from macros.facts.model import Method, Role
from macros.language.translator import Translator
from macros.layout.pen import LEFT, RIGHT, WIDE, Pen
from macros.layout.picture import GAP, Mark, Picture

HIGH = 120  # of the two wedges together
APART = 10  # between them
PERSON = 30  # across one mark
NUMBER = 24  # from the left edge of a number to its name


def place(method: Method, translator: Translator) -> Picture:
    """Two wedges, a line with its two ends, and below them what decides where one stands on it.

    The picture is 400 units wide and as high as its texts need. `method` is a continuum: its
    `ends` are the ends of the line, its steps are what decides.
    """
    pen = Pen()
    pen.write(translator.gettext("Guidance by the facilitator"), bold=True)
    pen.y += 4
    _wedges(pen)
    pen.y += 4
    pen.write_at(translator.gettext("Responsibility of the participants"), RIGHT, bold=True)
    pen.y += 2 * GAP
    pen.arrow(((LEFT, pen.y), (RIGHT, pen.y)), "line way", both=True)
    pen.y += GAP
    first, last = method.ends or ("", "")
    pen.write_beside([(first, LEFT), (last, RIGHT)])
    pen.y += 2 * GAP
    pen.write(translator.gettext("What decides where you stand"), bold=True)
    for number, step in enumerate(method.steps, 1):
        _factor(pen, translator.number(number), step.name)
    return pen.picture()


def _wedges(pen: Pen) -> None:
    """Guidance, which shrinks from left to right, above responsibility, which grows."""
    top = pen.y
    bottom = top + HIGH
    guidance = (
        (LEFT, top),
        (RIGHT, top),
        (LEFT, bottom - APART),
    )
    responsibility = (
        (RIGHT, top + APART),
        (RIGHT, bottom),
        (LEFT, bottom),
    )
    pen.shape(guidance, "wedge guidance")
    pen.shape(responsibility, "wedge")
    high = top + PERSON * 0.9
    low = bottom - PERSON * 0.9
    _person(pen, Role.FACILITATOR, LEFT + PERSON, high)
    _person(pen, Role.CORE, RIGHT - PERSON * 2.1, low)
    _person(pen, Role.ASSISTING, RIGHT - PERSON, low)
    pen.y = bottom


def _person(pen: Pen, role: Role, x: float, y: float) -> None:
    """A large mark of a role around a point."""
    pen.marks.append(
        Mark(
            role=role,
            x=x,
            y=y,
            size=PERSON,
        )
    )


def _factor(pen: Pen, number: str, name: str) -> None:
    """One line of the list: its number, and its name beside it."""
    pen.y += GAP
    top = pen.y
    pen.write(number, limit=NUMBER, bold=True, style="number")
    pen.y = top
    pen.write(name, left=LEFT + NUMBER, limit=WIDE - NUMBER)
