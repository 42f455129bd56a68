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
Translate = Callable[[str, str, int], str]  # path, text, most characters → its replacement

FILES = {"terms": "glossary"}  # a list of the facts → its file, where the names differ
NAMELESS = {"lists", "items", "questions"}  # the ids of what they hold say enough


@dataclass(frozen=True)
class Text:
    """A text to translate. `limit` is how many characters the English text may have."""

    path: str
    text: str
    limit: int


def texts(facts: Facts) -> tuple[Text, ...]:
    """Every text to translate with its path and its limit, in the order of the facts.

    Names, ids and references are not translated and are none of them.
    """
    found: list[Text] = []

    def collect(path: str, text: str, limit: int) -> str:
        """Notes a text and leaves it as it is."""
        found.append(
            Text(
                path=path,
                text=text,
                limit=limit,
            )
        )
        return text

    mapped(facts, collect)
    return tuple(found)


def mapped(facts: Facts, translate: Translate) -> Facts:
    """A copy of the facts, each text replaced by what `translate` returns for it.

    `translate` is called with the path of a text, the text, and its limit in characters, in the
    order of the facts.
    """
    replaced = {}
    for name, items in facts:
        replaced[name] = _map_value(items, FILES.get(name, name), translate)
    return facts.model_copy(update=replaced)


def _map_value(value: Any, path: str, translate: Translate, limit: int | None = None) -> Any:
    """A model, a tuple or a single value; `limit` is None where the field is not translated."""
    if isinstance(value, Model):
        return _map_model(value, path, translate)
    if isinstance(value, tuple):
        items = []
        for number, item in enumerate(value, start=1):
            item_path = _item_path(path, item, number)
            items.append(_map_value(item, item_path, translate, limit))
        return tuple(items)
    if limit is None or value is None:
        return value
    return translate(path, value, limit)


def _map_model(value: Shape, path: str, translate: Translate) -> Shape:
    """A copy of a model with its texts replaced; `path` is that of the model."""
    limits = _limits(type(value))
    replaced = {}
    for name, part in value:
        field_path = _field_path(path, value, name)
        replaced[name] = _map_value(part, field_path, translate, limits.get(name))
    return value.model_copy(update=replaced)


def _field_path(path: str, owner: Model, name: str) -> str:
    """The path of a field of the model `owner`, which stands at `path`."""
    if name in NAMELESS:
        return path
    if isinstance(owner, Item):  # has no id; its first question has one
        return f"{path}/{owner.questions[0].id}/{name}"
    return f"{path}/{name}"


def _item_path(path: str, item: object, number: int) -> str:
    """The path of an item of the list at `path`: by its id, else by its number from 1."""
    if isinstance(item, Item):
        return path
    return f"{path}/{getattr(item, 'id', number)}"


@cache
def _limits(shape: type[Model]) -> dict[str, int]:
    """The translated fields of a model, and how many characters each text of them may have."""
    limits = {}
    for name, hint in get_type_hints(shape, include_extras=True).items():
        limit = _limit(hint)
        if limit:
            limits[name] = limit
    return limits


def _limit(hint: Any) -> int | None:
    """The most characters of a type hint marked `translate`, however deep it stands; else None."""
    marks = hint.__metadata__ if get_origin(hint) is Annotated else ()
    if any(map(_is_translated, marks)):
        return next(mark.max_length for mark in marks if hasattr(mark, "max_length"))
    for argument in get_args(hint):
        limit = _limit(argument)
        if limit:
            return limit
    return None


def _is_translated(mark: Any) -> bool:
    """Whether metadata of a type hint marks the field as one to translate."""
    extra = getattr(mark, "json_schema_extra", None) or {}
    return bool(extra.get("translate"))
