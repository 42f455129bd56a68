"""A QR code as one SVG path, for paper. Knows no address by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

QUIET = 4  # empty modules around the code, as the standard wants


@dataclass(frozen=True)
class Code:
    """A square, `size` modules wide with its quiet border; `path` fills the dark modules."""

    size: int
    path: str


@cache
def place(address: str) -> Code:
    """The QR code of an address, with error correction M: a seventh of it may be dirty.

    One module is one unit; the template scales it.
    """
    import segno  # here: a build that draws no new code does without

    code = segno.make(address, error="m", boost_error=False, micro=False)
    rows = code.matrix
    path = "".join(_runs(rows))
    return Code(len(rows) + 2 * QUIET, path)


def _runs(rows: tuple[bytearray, ...]) -> Iterator[str]:
    """SVG paths of the dark modules, each run of them in a row as one rectangle."""
    for y, row in enumerate(rows, start=QUIET):
        x = QUIET
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield f"M{x} {y}h{length}v1h-{length}z"
            x += length
