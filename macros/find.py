"""Looks up facts by the ids that pages and worksheets use. Renders nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from macros.facts.model import Identified

Found = TypeVar("Found", bound=Identified)


class Unknown(LookupError):
    """A page asks for something that is not there. `known` are the ids that it could ask for."""

    def __init__(self, kind: str, id: str, known: Iterable[str]):
        """`kind` is what messages call the things that have such ids."""
        self.kind = kind
        self.id = id
        self.known = tuple(known)
        super().__init__(f"the unknown {kind} `{id}`")


def find(kind: str, items: Iterable[Found], id: str) -> Found:
    """The item with this id.

    Raises Unknown, whose message calls the items by their `kind` and which lists their ids.
    """
    by_id = {item.id: item for item in items}
    if id not in by_id:
        raise Unknown(kind, id, by_id)
    return by_id[id]
