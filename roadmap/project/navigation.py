"""Walks the navigation of the site as mkdocs.yml has it. Reads no file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any


def nav_paths(entry: Any) -> Iterator[str]:
    """The path of every page in a part of the navigation, in order, each as often as it is there.

    A part is a path, a mapping from titles to parts, or a list of parts. Anything else holds none.
    """
    parts: Iterable[Any] = ()
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        parts = entry.values()
    elif isinstance(entry, list):
        parts = entry
    for part in parts:
        yield from nav_paths(part)


def in_nav_order(nav: Any, paths: Collection[str]) -> list[str]:
    """These paths in the order of the navigation, then those that it does not name."""
    return [path for path in dict.fromkeys([*nav_paths(nav), *paths]) if path in paths]
