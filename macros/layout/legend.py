"""Draws the shapes of the roles with their names, for a worksheet on which people draw a set-up
themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from macros.facts.model import Role
from macros.language.translator import Translator
from macros.layout.picture import GAP, MARK, SIZE, WIDTH, Mark, Picture, text_block
from macros.typesetting.metrics import LINE

COLUMNS = 2
NAME = 8  # from a shape to its name


def place(roles: Sequence[Role], translator: Translator) -> Picture:
    """The shapes side by side, two in a row, each with the name of its role beside it.

    The picture is 400 units wide and as high as the names need.
    """
    column_width = (WIDTH - 2 * GAP) / COLUMNS
    limit = column_width - MARK - NAME - GAP
    marks = []
    names = []
    y = float(GAP)
    for first in range(0, len(roles), COLUMNS):
        bottom = y
        for column, role in enumerate(roles[first : first + COLUMNS]):
            left = GAP + column * column_width
            marks.append(
                Mark(
                    role=role,
                    x=left + MARK / 2,
                    y=y + SIZE * LINE / 2,
                )
            )
            text_left = left + MARK + NAME
            name = text_block(
                translator.role(role),
                limit=limit,
                y=y,
                left=text_left,
            )
            names.append(name)
            bottom = max(bottom, name.box.bottom)
        y = bottom + GAP
    return Picture(
        height=y,
        marks=tuple(marks),
        text_blocks=tuple(names),
    )
