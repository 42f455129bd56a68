"""Judges the values of a YAML file of an edition: plain text, not nested deeply. Reads no file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from macros.facts.problem import Problem, Problems, brief
from macros.language.messages import ADDRESS
from roadmap.check.safety.allowlist import FORBIDDEN_SIGN, Finding
from roadmap.check.safety.letters import find_letter
from roadmap.project.project import Edition

DEEPEST = 6  # values in values
OUT_OF_FOLDER = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\~]|^[A-Za-z]:[/\\]")

Place = tuple[str | int, ...]  # keys and numbers from the top of the file


def check_yaml(edition: Edition, path: str) -> Iterator[Problem]:
    """Plain values only: no tags, no anchors, no markup, no address but https, no way out of the
    folder.
    """
    try:
        data, lines = edition.yaml(path)
    except Problems as unreadable:
        yield from unreadable.problems
        return
    name = edition.file_name(path)
    for place, value in _texts(data, ()):
        line = lines.get(place, 1)
        if len(place) > DEEPEST:
            yield Problem(
                name,
                line,
                "values inside values",
                f"at most {DEEPEST} levels",
            )
            continue
        finding = find_letter(value, edition.code)  # one that is written as an escape
        finding = finding or _forbidden_value(value)
        if finding:
            yield Problem(name, line, *finding)


def _texts(data: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Every key and every text, with its place. Stops one level below the deepest."""
    if not isinstance(data, dict | list):
        yield place, str(data)
        return
    if len(place) > DEEPEST:
        yield place, ""
        return
    items: Iterable[tuple[str | int, Any]]
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items:
        if isinstance(key, str):
            yield (*place, key), key
        yield from _texts(value, (*place, key))


def _forbidden_value(value: str) -> Finding | None:
    if sign := FORBIDDEN_SIGN.search(value):
        return f"markup (`{brief(sign[0])}`)", "plain text"
    if OUT_OF_FOLDER.search(value):
        return "a path out of the folder", "a path below the edition, such as `how/index.md`"
    address = ADDRESS.search(value)
    if address and not address[0].startswith("https://"):
        return f"the address `{brief(address[0])}`", "an address that starts with `https://`"
    return None
