"""Draws the shapes of the roles with their names, for a sheet on which people draw a set-up
themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from macros.facts.model import Role
from macros.language.translator import Translator
from macros.layout import picture
from macros.layout.picture import GAP, MARK, SIZE, WIDTH, Mark, Picture
from macros.typesetting.metrics import LINE

COLUMNS = 2
NAME = 8  # from a shape to its name


def place(roles: Sequence[Role], translator: Translator) -> Picture:
    """The shapes side by side, two in a row, 400 units wide."""
    wide = (WIDTH - 2 * GAP) / COLUMNS
    marks, names, y = [], [], float(GAP)
    for first in range(0, len(roles), COLUMNS):
        row = [
            picture.text_block(
                translator.role(role),
                limit=wide - MARK - NAME - GAP,
                y=y,
                left=_left(column, wide) + MARK + NAME,
            )
            for column, role in enumerate(roles[first : first + COLUMNS])
        ]
        marks += [
            Mark(role=role, x=_left(column, wide) + MARK / 2, y=y + SIZE * LINE / 2)
            for column, role in enumerate(roles[first : first + COLUMNS])
        ]
        names += row
        y = max(name.box.bottom for name in row) + GAP
    return Picture(height=y, marks=tuple(marks), text_blocks=tuple(names))


def _left(column: int, wide: float) -> float:
    return GAP + column * wide
