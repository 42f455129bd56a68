"""What files look like from outside: names, sizes and times. Reads none of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

# What editions are made from, below a checkout
FOLDERS = ("content", "docs", "overrides")
FILES = ("mkdocs.yml", "pyproject.toml")

# Name, size and time of each file
State = tuple[tuple[str, int, int], ...]


def state_of(root: Path) -> State:
    """The state of all that the editions of a checkout are made from."""
    found = list(_entries(str(root), FILES))
    for folder in FOLDERS:
        found += state_below(root / folder)
    return tuple(sorted(found))


def state_below(folder: Path) -> State:
    """The state of every file in a folder. Another state, another content."""
    found: list[tuple[str, int, int]] = []
    for place, folders, names in os.walk(folder):
        if "__pycache__" in folders:
            folders.remove("__pycache__")
        found += _entries(place, names)
    return tuple(sorted(found))


def _entries(folder: str, names: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """The files with these names; `os` is five times as quick here as `Path`."""
    for name in names:
        path = os.path.join(folder, name)  # noqa: PTH118
        try:
            status = os.lstat(path)
        except OSError:  # removed meanwhile
            continue
        yield path, status.st_size, status.st_mtime_ns
