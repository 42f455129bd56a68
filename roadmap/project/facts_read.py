"""Tells what of the facts a piece reads, so that only a change of those makes it anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, cast

from macros.facts.model import Case, Facts
from macros.pieces import Pieces
from roadmap.project.cache import Memo, fingerprint
from roadmap.project.once import once
from roadmap.project.project import Project


class _WatchedFacts:
    """Facts that write into `read` what is read of them: `cases`, or `cases/belgium`."""

    def __init__(self, facts: Facts, read: list[str]):
        self._facts = facts
        self._read = read

    def _note(self, name: str) -> None:
        if name not in self._read:
            self._read.append(name)

    def __getattr__(self, name: str) -> Any:
        self._note(name)
        return getattr(self._facts, name)

    def one(self, name: str, id: str) -> Any:
        """As that of Facts, which reads no more than this item."""
        self._note(f"{name}/{id}")
        return self._facts.one(name, id)

    def case_of(self, pathway: str) -> Case | None:
        """As that of Facts, which reads no more than this case."""
        case = self._facts.case_of(pathway)
        if case:
            self._note(f"cases/{case.id}")
        return case


@once
def facts_keys(project: Project) -> dict[str, str]:
    """A fingerprint of each list, `cases`, and of each item, `cases/belgium`. Raises Problems."""
    memo = project.memo("facts")
    return memo.get(lambda: _keys(project.content.facts), project.content_key)


def _keys(facts: Facts) -> dict[str, str]:
    keys: dict[str, str] = {}
    for name in Facts.model_fields:
        items = []
        for item in getattr(facts, name):
            key = fingerprint(item.model_dump_json())
            keys[f"{name}/{item.id}"] = key
            items.append(key)
        keys[name] = fingerprint(items)
    return keys


def watched(pieces: Pieces) -> tuple[Pieces, list[str]]:
    """Pieces, and what they have read of the facts so far, in order."""
    read: list[str] = []

    def watch(each: Pieces) -> Pieces:
        return replace(each, facts=cast(Facts, _WatchedFacts(each.facts, read)))

    english = watch(pieces.english) if pieces.english else None
    return replace(watch(pieces), english=english), read


def remembered_by_facts(
    memo: Memo,
    make: Callable[[], tuple[Any, list[str]]],
    keys: Mapping[str, str],
    *values: object,
) -> Any:
    """What was made from these values and from the same facts; else what `make` answers.

    `make` answers a value that JSON can write, and what of the facts it has read; `keys` has a
    fingerprint of each. As long as that is the same, the next that is read is the same, too: so
    each step is remembered by those before it.
    """
    made: list[tuple[Any, list[str]]] = []
    trail: list[tuple[str, str]] = []

    def step() -> dict[str, Any]:
        """What is read next; after the last, the value."""
        if not made:
            made.append(make())
        value, read = made[0]
        if len(trail) < len(read):
            return {"reads": read[len(trail)]}
        return {"value": value}

    while True:
        found = memo.get(step, *values, trail)
        if "value" in found:
            return found["value"]
        trail.append((found["reads"], keys.get(found["reads"], "")))
