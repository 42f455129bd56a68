"""Looks up facts by the ids that pages and worksheets use. Renders nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from macros.facts.model import Facts, Identified, Method, Pathway, Setup, Stage

Found = TypeVar("Found", bound=Identified)
Subject = Method | Stage | Setup | Pathway  # what a worksheet can show as a picture


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


# In the facts: what is there is found without reading anything else


def find_in(facts: Facts, name: str, id: str) -> Any:
    """The item of a list of the facts, such as `cases`. Raises Unknown."""
    return facts.one(name, id) or find(name.removesuffix("s"), getattr(facts, name), id)


def find_pathway(facts: Facts, id: str) -> Pathway:
    """The pilot pathway with this id. Raises Unknown."""
    return _pathway(facts, id) or find("pathway", _pathways(facts), id)


def find_arranged(facts: Facts, id: str) -> Setup | Pathway:
    """What shows people in groups: a set-up, else a pilot pathway. Raises Unknown."""
    found = facts.one("setups", id) or _pathway(facts, id)
    return found or find("set-up or pathway", _arranged(facts), id)


def find_pictured(facts: Facts, id: str) -> Subject:
    """What a worksheet shows as a picture. Raises Unknown."""
    found = facts.one("methods", id) or facts.one("stages", id)
    found = found or facts.one("setups", id) or _pathway(facts, id)
    return found or find("picture", _pictured(facts), id)


def _pathway(facts: Facts, id: str) -> Pathway | None:
    case = facts.case_of(id)
    return find("pathway", case.pathways, id) if case else None


def _pathways(facts: Facts) -> Iterator[Pathway]:
    for case in facts.cases:
        yield from case.pathways


def _arranged(facts: Facts) -> Iterator[Setup | Pathway]:
    yield from facts.setups
    yield from _pathways(facts)


def _pictured(facts: Facts) -> Iterator[Subject]:
    yield from facts.methods
    yield from facts.stages
    yield from _arranged(facts)
