"""Finds what git leaves in a file when nobody has chosen between two changes yet."""

from __future__ import annotations

import re
from collections.abc import Iterator

OURS = re.compile(r"(?<!<)<{7}(?: |$)")
MIDDLE = re.compile(r"={7}$|\|{7}(?: |$)")
THEIRS = re.compile(r"(?<!>)>{7}(?: |$)")


def unfinished_merges(text: str) -> Iterator[tuple[int, int]]:
    """The first and the last line of each place that a merge has left half done.

    A row of `=` alone is none: Markdown underlines a title with it.
    """
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    first = last = 0  # of the place that is open
    is_open = False
    for number, line in enumerate(text.split("\n"), start=1):
        row = line.rstrip()
        if OURS.search(row):
            if is_open:
                yield first, last
            first = last = number
            is_open = True
        elif MIDDLE.match(row):
            first = first or number
            last = number
        elif THEIRS.search(row):
            yield first or number, number
            first = last = 0
            is_open = False
    if is_open:
        yield first, last
