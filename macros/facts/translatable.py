"""Every text of the facts that is translated, each under a path that holds when facts around it
come and go.

A path is made of the file, then names of fields and ids:
`cases/belgium/pathways/anderlecht/approach/text`. What has no id has its place in the list, from 1.
Questions stand under their list: `stages/initiating/Q1/Q1.2a/text`. Translates nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from macros.facts.model import Facts, Item, Model

Shape = TypeVar("Shape", bound=Model)
Say = Callable[[str, str, int], str]  # path, text, most characters → what shall stand there

FILES = {"terms": "glossary"}  # a list of the facts → its file, where the names differ
NAMELESS = {"lists", "items", "questions"}  # the ids of what they hold say enough


@dataclass(frozen=True)
class Text:
    """A text to translate. `limit` is how many characters the English text may have."""

    path: str
    text: str
    limit: int


def texts(facts: Facts) -> tuple[Text, ...]:
    """Every text to translate, in the order of the facts. Names are none of them."""
    found: list[Text] = []

    def note(path: str, text: str, limit: int) -> str:
        found.append(Text(path, text, limit))
        return text

    mapped(facts, note)
    return tuple(found)


def mapped(facts: Facts, say: Say) -> Facts:
    """The facts, with what `say` answers in the place of each text."""
    said = {}
    for name, items in facts:
        said[name] = _said(items, FILES.get(name, name), say)
    return facts.model_copy(update=said)


def _said(value: Any, path: str, say: Say, limit: int | None = None) -> Any:
    if isinstance(value, Model):
        return _model(value, path, say)
    if isinstance(value, tuple):
        return tuple(
            _said(item, _item(path, item, n), say, limit) for n, item in enumerate(value, start=1)
        )
    return say(path, value, limit) if limit and value is not None else value


def _model(value: Shape, path: str, say: Say) -> Shape:
    limits = _limits(type(value))
    said = {
        name: _said(part, _field(path, value, name), say, limits.get(name)) for name, part in value
    }
    return value.model_copy(update=said)


def _field(path: str, owner: Model, name: str) -> str:
    if name in NAMELESS:
        return path
    if isinstance(owner, Item):  # has no id; its first question has one
        return f"{path}/{owner.questions[0].id}/{name}"
    return f"{path}/{name}"


def _item(path: str, item: object, place: int) -> str:
    return path if isinstance(item, Item) else f"{path}/{getattr(item, 'id', place)}"


@cache
def _limits(shape: type[Model]) -> dict[str, int]:
    """The translated fields of a model, and how many characters each text of them may have."""
    hints = get_type_hints(shape, include_extras=True)
    return {name: limit for name, hint in hints.items() if (limit := _limit(hint))}


def _limit(hint: Any) -> int | None:
    marks = hint.__metadata__ if get_origin(hint) is Annotated else ()
    if any((getattr(mark, "json_schema_extra", None) or {}).get("translate") for mark in marks):
        return next(mark.max_length for mark in marks if hasattr(mark, "max_length"))
    return next(filter(None, map(_limit, get_args(hint))), None)
