"""Says in one line what the system has refused: no room, no permission, a file in the way."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Sequence
from pathlib import Path

from macros.facts.problem import Problem, Problems, shown

ERRNO = re.compile(r"\[Errno (\d+)\] ")
REASONS = {  # what was found, what is expected
    errno.ENOSPC: ("no room left on this disk", "room for the site, and for `.cache` beside it"),
    errno.EDQUOT: ("no room left for this user", "room for the site, and for `.cache` beside it"),
    errno.EACCES: ("no permission to read or write this", "what belongs to the user who builds"),
    errno.EPERM: ("no permission to read or write this", "what belongs to the user who builds"),
    errno.EROFS: ("a disk that cannot be written to", "a checkout on a disk that can"),
    errno.EEXIST: ("a file in the place of a folder", "a folder, or nothing"),
    errno.ENOTDIR: ("a file in the place of a folder", "a folder, or nothing"),
    errno.EMFILE: ("too many open files", "fewer programs at the same time; then again"),
}


def problems_of(error: Problems | OSError) -> Sequence[Problem]:
    """What is wrong where a command was stopped by this."""
    return error.problems if isinstance(error, Problems) else [refused(error, Path.cwd())]


def refused(error: OSError, root: Path) -> Problem:
    """What the system has refused, at the file that it names; at the checkout where it names none.

    Copying many files fails with many errors in one: the last one counts.
    """
    number, name = error.errno, error.filename2 or error.filename
    if number is None and error.args and isinstance(error.args[0], list):
        _, name, message = error.args[0][-1]
        match = ERRNO.search(str(message))
        number = int(match[1]) if match else None
    path = shown(Path(os.fsdecode(name)), root) if name else "."
    if number in REASONS:
        found, expected = REASONS[number]
    else:
        words = os.strerror(number) if number else str(error)
        found, expected = f"the system refuses: {words}", "a file or folder that builds can use"
    return Problem(path, 1, found, expected)
