"""Says in words what does not fit the model, for somebody who keeps facts. Reads no file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from macros.facts.problem import Problem

Path_ = tuple[str | int, ...]  # of a fact in its file


def causes(error: ValidationError, shape: type[BaseModel]) -> list[Mapping[str, Any]]:
    """The errors that somebody made, without those that follow from them."""
    errors = error.errors(include_url=False)
    places = [tuple(e["loc"]) for e in errors]
    meant = {
        (*e["loc"][:-1], close[0])
        for e in errors
        if e["type"] == "extra_forbidden" and (close := _close_keys(shape, tuple(e["loc"])))
    }
    return [
        e
        for e, at in zip(errors, places, strict=True)
        if not (e["type"] == "missing" and at in meant)
        and not (e["type"] == "too_short" and any(p[: len(at)] == at and p != at for p in places))
    ]


def in_words(
    error: Mapping[str, Any], shape: type[BaseModel], name: str, lines: Mapping[Path_, int]
) -> Problem:
    at = _written(tuple(error["loc"]), lines)
    line = next(lines[at[:end]] for end in range(len(at), -1, -1) if at[:end] in lines)
    return Problem(name, line, *_sentence(error, shape, at))


def _written(at: Path_, lines: Mapping[Path_, int]) -> Path_:
    """The path as the file has it. Pydantic adds the `kind` of a block to it, which is no step in
    the file.
    """
    kept: Path_ = ()
    for i, step in enumerate(at):
        if (*kept, step) in lines or i == len(at) - 1:
            kept = (*kept, step)
    return kept


def _sentence(error: Mapping[str, Any], shape: type[BaseModel], at: Path_) -> tuple[str, str]:
    key = ".".join(map(str, at)) or "the file"
    given, context = error["input"], error.get("ctx", {})
    value = f"`{key}: {_brief(given)}`"
    match error["type"]:
        case "missing":
            holder = ".".join(map(str, at[:-1])) or "the file"
            return f"`{holder}` has no `{at[-1]}`", f"a line `{at[-1]}:` with its value"
        case "extra_forbidden":
            return f"the unknown key `{key}`", _known_keys(shape, tuple(error["loc"]))
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
            return (
                f"`{key}` has {context['actual_length']} entries",
                f"at most {context['max_length']}",
            )
        case "tuple_type":
            return value, f"a list: `{at[-1]}: [{_brief(given)}]`"
        case "model_type" | "model_attributes_type" | "dict_type":
            return value, "keys with values below it, two spaces further in"
        case "string_type":
            return f"`{key}` holds a list or keys", "a text"
        case "literal_error" | "enum":
            return value, f"one of {context['expected']}"
        case "decimal_parsing" | "decimal_type" | "int_parsing" | "int_type" | "int_from_float":
            return value, "a number"
        case "bool_parsing" | "bool_type":
            return value, "yes or no"
        case _:
            return value, error["msg"].lower()


def _brief(given: object) -> str:
    text = " ".join(str(given).split())
    return text if len(text) <= 40 else text[:39] + "…"


def _known_keys(shape: type[BaseModel], at: Path_) -> str:
    close = _close_keys(shape, at)
    return f"`{close[0]}`" if close else "one of " + ", ".join(sorted(_fields(shape, at[:-1])))


def _close_keys(shape: type[BaseModel], at: Path_) -> list[str]:
    return difflib.get_close_matches(str(at[-1]), sorted(_fields(shape, at[:-1])), n=1)


def _fields(shape: Any, at: Path_) -> Iterator[str]:
    """Names of the keys that the model allows at a place."""
    schema = shape.model_json_schema()
    here = schema
    for step in at:
        here = _resolve(here, schema)
        if "discriminator" in here:
            here = {"$ref": here["discriminator"]["mapping"][step]}
        else:
            here = (
                here.get("items", {})
                if isinstance(step, int)
                else here.get("properties", {}).get(step, {})
            )
    yield from _resolve(here, schema).get("properties", {})


def _resolve(here: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    for option in here.get("anyOf", ()):
        if option.get("type") != "null":
            here = option
            break
    while "$ref" in here:
        here = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
    return here
