"""Turns validation errors of pydantic into problems in words, for somebody who keeps facts.

Reads no file.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from macros.facts.problem import FactPath, Problem, brief

EXAMPLE_DATE = "2026-11-30"

Error = Mapping[str, Any]  # one error of pydantic: type, loc, input, ctx, msg
Schema = Mapping[str, Any]  # a JSON schema, or a part of one


def causes(error: ValidationError, shape: type[BaseModel]) -> list[Error]:
    """The errors that somebody made, without those that follow from them.

    A misspelt key is also a missing key; a list whose items are broken is also too short. Only
    the first of each pair is returned. `shape` is the model that was validated against.
    """
    errors: list[Error] = [*error.errors(include_url=False)]
    paths = [_path_of(each) for each in errors]
    misspelt = _misspelt_keys(errors, shape)
    found = []
    for each, path in zip(errors, paths, strict=True):
        if each["type"] == "missing" and path in misspelt:
            continue
        if each["type"] == "too_short" and _has_path_below(path, paths):
            continue
        found.append(each)
    return found


def _path_of(error: Error) -> FactPath:
    """The path of the value that pydantic complains about."""
    return tuple(error["loc"])


def _misspelt_keys(errors: Sequence[Error], shape: type[BaseModel]) -> set[FactPath]:
    """Paths of the keys that were meant where an unknown key is close to a known one."""
    meant: set[FactPath] = set()
    for error in errors:
        if error["type"] != "extra_forbidden":
            continue
        path = _path_of(error)
        for key in _close_keys(shape, path):
            meant.add((*path[:-1], key))
    return meant


def _has_path_below(path: FactPath, paths: Sequence[FactPath]) -> bool:
    """Whether one of the paths leads to something within what `path` leads to."""
    return any(other != path and other[: len(path)] == path for other in paths)


def in_words(
    error: Error,
    shape: type[BaseModel],
    name: str,
    lines: Mapping[FactPath, int],
) -> Problem:
    """The problem that an error of pydantic stands for, at its line of the file `name`.

    `lines` holds the line of every path in the file; the path `()` is always one of them. The
    problem stands at the closest path around the error that has a line.
    """
    path = _path_in_file(_path_of(error), lines)
    found, expected = _sentence(error, shape, path)
    closest = path
    while closest not in lines:
        closest = closest[:-1]
    return Problem(name, lines[closest], found, expected)


def _path_in_file(path: FactPath, lines: Mapping[FactPath, int]) -> FactPath:
    """The path of an error as the file has it.

    Pydantic adds the `kind` of a block to the path, which is no step in the file.
    """
    kept: FactPath = ()
    last = len(path) - 1
    for index, step in enumerate(path):
        if (*kept, step) in lines or index == last:
            kept = (*kept, step)
    return kept


def _sentence(error: Error, shape: type[BaseModel], path: FactPath) -> tuple[str, str]:
    """What was found at a path of the file, and what was expected there."""
    key = _dotted(path)
    given = error["input"]
    context = error.get("ctx", {})
    value = f"`{key}: {brief(given)}`"
    match error["type"]:
        case "missing":
            holder = _dotted(path[:-1])
            missing = path[-1]
            return f"`{holder}` has no `{missing}`", f"a line `{missing}:` with its value"
        case "extra_forbidden":
            return f"the unknown key `{key}`", _known_keys(shape, _path_of(error))
        case "union_tag_not_found":
            return f"`{key}` has no `kind`", "a line `kind:` with one of the kinds of blocks"
        case "union_tag_invalid":
            return f"`{key}.kind: {context['tag']}`", f"one of {context['expected_tags']}"
        case "string_pattern_mismatch":
            return value, f"a value of the form {context['pattern']}"
        case "string_too_long":
            return f"`{key}` has {len(given)} characters", f"at most {context['max_length']}"
        case "string_too_short" | "too_short":
            return f"`{key}` is empty", "at least one value"
        case "too_long":
            entries = context["actual_length"]
            return f"`{key}` has {entries} entries", f"at most {context['max_length']}"
        case "tuple_type":
            return value, f"a list: `{path[-1]}: [{brief(given)}]`"
        case "model_type" | "model_attributes_type" | "dict_type":
            return value, "keys with values below it, two spaces further in"
        case "string_type":
            return _no_text(key, given)
        case (
            "date_type"
            | "date_parsing"
            | "date_from_datetime_parsing"
            | "date_from_datetime_inexact"
        ):
            return value, f"a date as year-month-day{_as_date(given)}"
        case "literal_error" | "enum":
            return value, f"one of {context['expected']}"
        case "decimal_parsing" | "decimal_type" | "int_parsing" | "int_type" | "int_from_float":
            return value, "a number"
        case "bool_parsing" | "bool_type":
            return value, "yes or no"
        case _:
            return value, error["msg"].lower()


def _no_text(key: str, given: object) -> tuple[str, str]:
    """A list or keys where one text belongs: a colon in the text makes a key of what is before."""
    if isinstance(given, dict) and len(given) == 1:
        [(word, rest)] = given.items()
        if isinstance(rest, str):
            text = brief(f"{word}: {rest}")
            found = f"`{text}`, whose colon makes a key of `{brief(word)}`"
            return found, f'the text in quotation marks: `"{text}"`'
    if isinstance(given, list | tuple) and all(isinstance(each, str) for each in given):
        return f"`{key}` holds a list", f"one text: `{brief(', '.join(given))}`"
    return f"`{key}` holds a list or keys", "a text"


def _as_date(given: object) -> str:
    """How a date is written, of one whose parts are clear; else of an example."""
    parts = re.fullmatch(r"(\d{1,4})[./ -]+(\d{1,2})[./ -]+(\d{1,4})\.?", str(given).strip())
    if parts:
        first, month, last = map(int, parts.groups())
        year, day = (first, last) if first > 31 else (last, first)
        is_clear = first > 31 or "." in str(given) or day > 12
        if 1 <= month <= 12 and 1 <= day <= 31 and year > 999 and is_clear:
            return f": `{year}-{month:02}-{day:02}`"
    return f", such as `{EXAMPLE_DATE}`"


def _dotted(path: FactPath) -> str:
    """A path as messages write it: `centres.0.children`."""
    return ".".join(map(str, path)) or "the file"


# Keys that a model allows


def _known_keys(shape: type[BaseModel], path: FactPath) -> str:
    """The key that was probably meant, else all that are allowed beside the one at `path`."""
    for key in _close_keys(shape, path):
        return f"`{key}`"
    return "one of " + ", ".join(_keys_at(shape, path[:-1]))


def _close_keys(shape: type[BaseModel], path: FactPath) -> list[str]:
    """The allowed key that is most like the last step of a path; empty where none is."""
    allowed = _keys_at(shape, path[:-1])
    return difflib.get_close_matches(str(path[-1]), allowed, n=1)


def _keys_at(shape: type[BaseModel], path: FactPath) -> list[str]:
    """Names of the keys that the model allows at a place, sorted."""
    root = _schema(shape)
    here = root
    for step in path:
        here = _step_into(_resolve(here, root), step)
    return sorted(_resolve(here, root).get("properties", {}))


@cache
def _schema(shape: type[BaseModel]) -> Schema:
    """The JSON schema of a model; to work it out takes longer than to read a file."""
    return shape.model_json_schema()


def _step_into(here: Schema, step: str | int) -> Schema:
    """The part of a schema below a key, an index, or the kind of a block."""
    if "discriminator" in here:
        return {"$ref": here["discriminator"]["mapping"][step]}
    if isinstance(step, int):
        return here.get("items", {})
    return here.get("properties", {}).get(step) or here.get("additionalProperties") or {}


def _resolve(here: Schema, root: Schema) -> Schema:
    """The schema that `here` stands for: past `null` as an alternative, along references."""
    for option in here.get("anyOf", ()):
        if option.get("type") != "null":
            here = option
            break
    while "$ref" in here:
        name = here["$ref"].rsplit("/", 1)[1]
        here = root["$defs"][name]
    return here
