"""A row of labs with homework between them, and below it the phases that run through them all. No
phase belongs to a lab.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from macros.facts.model import Method, Step
from macros.language.translator import Translator
from macros.layout.geometry import towards
from macros.layout.pen import LEFT, RIGHT, WIDE, Pen, head, height, in_middle
from macros.layout.picture import GAP, Frame, Picture

LABS = 3  # boxes that stand for “several”: the way to the last one is dashed
LAB = 92  # width of a lab
TICK = 10  # height of the ends of the bracket below the labs
NUMBER = 26  # width for the number within a phase
PAD = 9
TEXT = WIDE - NUMBER - 2 * PAD  # width of a name
APART = 28  # from one phase to the next
HEAD = 17  # length of an arrow head
BEFORE_PHASE = 4  # from the tip of an arrow head to the phase it leads to
LONG = 30  # a mark of homework
THICK = 12


def place(method: Method, translator: Translator) -> Picture:
    """The labs side by side, what the homework is, and the phases from top to bottom.

    The picture is 400 units wide and as high as the names of the phases need. The steps of
    `method` are the phases, its `between` the homework.
    """
    pen = Pen()
    _labs(pen, translator.gettext("Lab"))
    _legend(pen, method.between, translator)
    pen.y += 2 * GAP
    frames = [_phase(pen, number, step, translator) for number, step in enumerate(method.steps, 1)]
    middle = (LEFT + RIGHT) / 2
    for above, below in pairwise(frames):
        start, end = (middle, above.y + above.height), (middle, below.y)
        tip = towards(end, start, BEFORE_PHASE)
        pen.shapes.append(head(tip, start, "cycle-head", length=HEAD))
    pen.y -= APART
    return pen.picture()


def _labs(pen: Pen, name: str) -> None:
    """Labs side by side, a mark of homework between two of them, a bracket below them all."""
    tall = height(name, LAB - 2 * PAD, bold=True) + 2 * PAD
    middle = pen.y + tall / 2
    way = (WIDE - LABS * LAB) / (LABS - 1)
    for index in range(LABS):
        x = LEFT + index * (LAB + way)
        pen.frames.append(Frame(x=x, y=pen.y, width=LAB, height=tall, style="frame"))
        label = in_middle(name, (x + LAB / 2, middle), LAB - 2 * PAD, bold=True)
        pen.text_blocks.append(label)
        if index < LABS - 1:
            is_last = index == LABS - 2
            style = "line dashed" if is_last else "line"
            half = (way - LONG) / 2
            for start in (x + LAB, x + LAB + half + LONG):
                pen.line(((start, middle), (start + half, middle)), style)
            _homework(pen, x + LAB + half, middle - THICK / 2)
    top = pen.y + tall + GAP
    pen.y = top + TICK
    pen.line(((LEFT, top), (LEFT, pen.y), (RIGHT, pen.y), (RIGHT, top)), "line bracket")


def _homework(pen: Pen, x: float, y: float) -> None:
    """A mark of homework, from its upper left corner."""
    frame = Frame(x=x, y=y, width=LONG, height=THICK, style="between", round=THICK / 2)
    pen.frames.append(frame)


def _legend(pen: Pen, homework: Sequence[Step], translator: Translator) -> None:
    """What the marks between the labs stand for."""
    pen.y += 2 * GAP
    _homework(pen, LEFT, pen.y + 6)
    left = LEFT + LONG + GAP
    limit = RIGHT - left
    pen.write(translator.gettext("Between two labs"), left=left, limit=limit, bold=True)
    for step in homework:
        pen.y += 3
        pen.write(step.name, left=left, limit=limit)


def _phase(pen: Pen, number: int, step: Step, translator: Translator) -> Frame:
    """A phase as a frame with its number and its name; moves to where the next one goes."""
    top = pen.y
    tall = height(step.name, TEXT) + 2 * PAD
    frame = Frame(x=LEFT, y=top, width=WIDE, height=tall, style="step", round=12)
    pen.frames.append(frame)
    beside_name = (LEFT + PAD + 8, top + tall / 2)
    pen.text_blocks.append(in_middle(translator.number(number), beside_name, NUMBER, bold=True))
    pen.y = top + PAD
    pen.write(step.name, left=LEFT + PAD + NUMBER, limit=TEXT)
    pen.y = top + tall + APART
    return frame
