"""What rules share: the shape of a finding, and walks through the facts. Judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

from pydantic import BaseModel

from macros.facts.load import Content
from macros.facts.model import Facts, Identified
from macros.facts.problem import FactPath

Finding = tuple[FactPath, str, str]  # where, what was found, what was expected
Rule = Callable[[Content], Iterator[Finding]]
Kind = TypeVar("Kind", bound=BaseModel)


def walk(value: object, path: FactPath = ()) -> Iterator[tuple[FactPath, object]]:
    """Every value below a model, with its path, in the order of the fields.

    Yields the model itself first, then depth first what it holds.
    """
    yield path, value
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from walk(item, (*path, index))


def all_of(facts: Facts, kind: type[Kind]) -> Iterator[tuple[FactPath, Kind]]:
    """Every value of one class, with its path."""
    for path, value in walk(facts):
        if isinstance(value, kind):
            yield path, value


def unknown_ids(
    path: FactPath,
    ids: Iterable[str],
    known: Collection[str],
    kind: str,
) -> Iterator[Finding]:
    """A finding for each id that is not known; its message lists those that are."""
    for id in ids:
        if id not in known:
            yield path, f"the unknown {kind} `{id}`", "one of " + ", ".join(sorted(known))


def ids_of(items: Iterable[Identified]) -> set[str]:
    """The ids of some facts."""
    return {item.id for item in items}
