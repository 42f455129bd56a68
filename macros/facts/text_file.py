"""Reads one text file of a contribution: size limit, UTF-8, no merge left half done. Parses
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from macros.facts.merge_marks import unfinished_merges
from macros.facts.problem import Problem, Problems

ReadBytes = Callable[[Path], bytes]  # raises OSError where a file cannot be opened


def read_text(path: Path, name: str, largest: int, read_bytes: ReadBytes = Path.read_bytes) -> str:
    """The text of a UTF-8 file of at most `largest` bytes, without a byte order mark.

    Messages call the file `name`. Raises Problems where there is no such file, where it is too
    large, at the line of the first byte that is not UTF-8, or where a merge was left half done.
    """
    try:
        content = read_bytes(path)
    except OSError:
        raise _problem(name, 1, "there is no such file", "a file with these facts") from None
    return decode_text(content, name, largest)


def decode_text(content: bytes, name: str, largest: int) -> str:
    """The bytes of such a file as text. Raises Problems."""
    if len(content) > largest:
        raise _problem(name, 1, f"{len(content)} bytes", f"at most {largest} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"a byte that is not UTF-8 (0x{content[error.start]:02x})"
        raise _problem(name, line, found, "text saved as UTF-8") from None
    if merges := list(unfinished_merges(text)):
        raise Problems(_left_half_done(name, *lines) for lines in merges)
    return text


def _left_half_done(name: str, first: int, last: int) -> Problem:
    lines = f"from line {first} to {last}" if first < last else f"in line {first}"
    expected = "what is right of both sides, without the lines `<<<<<<<`, `=======` and `>>>>>>>`"
    return Problem(name, first, f"a merge that was left half done, {lines}", expected)


def _problem(name: str, line: int, found: str, expected: str) -> Problems:
    """One problem as an exception."""
    return Problems([Problem(name, line, found, expected)])
