"""Reads content/ into the model. The only file that opens YAML. Judges nothing beyond the shape of the facts.

Scalars are read as text and converted by the declared type of their field, so `no`, `22:30` and `012` need no
quotes. Every problem names file and line; all are collected before anything stops.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from macros import model
from macros.problem import Problem, Problems, shown

Shape = TypeVar("Shape", bound=BaseModel)
Path_ = tuple[str | int, ...]  # of a fact: ("cases", 0, "centres", 1, "children")

LISTS = {  # file in content/ → its shape
    "stages": model.Stages,
    "setups": model.Setups,
    "methods": model.Methods,
    "voices": model.Voices,
    "worksheets": model.Worksheets,
    "glossary": model.Glossary,
    "sources": model.Sources,
}
PLAIN_TAGS = {"tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map", "!"}
LARGEST = 1_000_000  # bytes of one file of facts


@dataclass(frozen=True)
class Content:
    """The facts, and where each of them stands."""

    facts: model.Facts
    places: Mapping[Path_, tuple[str, int]] = field(repr=False)

    def problem(self, path: Path_, there: str, instead: str) -> Problem:
        """A problem at the line of the fact, or of the closest fact around it."""
        while path and path not in self.places:
            path = path[:-1]
        file, line = self.places.get(path, ("content", 1))
        return Problem(file, line, there, instead)


def load(folder: Path) -> Content:
    """The facts of a content folder. Raises Problems with everything that cannot be read."""
    reader = _Reader(folder)
    files = sorted((folder / "cases").glob("*.y*ml"))
    cases = [reader.read(path, model.Case, ("cases", i)) for i, path in enumerate(files)]
    lists = {name: reader.read(folder / f"{name}.yml", shape, ()) for name, shape in LISTS.items()}
    if reader.problems:
        raise Problems(reader.problems)
    inside = {name: value for holder in lists.values() for name, value in holder}
    return Content(model.Facts(cases=tuple(cases), **inside), reader.places)


def load_as(path: Path, shape: type[Shape], root: Path) -> Shape:
    """One file in the shape of a model, named in messages by its path below `root`. Raises Problems."""
    reader = _Reader(root / "content")
    found = reader.read(path, shape, ())
    if reader.problems:
        raise Problems(reader.problems)
    return found


class _Reader:
    """Reads one file after the other and remembers problems and places."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.problems: list[Problem] = []
        self.places: dict[Path_, tuple[str, int]] = {}

    def read(self, path: Path, shape: type[BaseModel], prefix: Path_) -> Any:
        name = shown(path, self.folder.parent)
        try:
            data, lines = read_yaml(path, name)
        except Problems as found:
            self.problems += found.problems
            return None
        self.places |= {prefix + key: (name, line) for key, line in lines.items()}
        try:
            return shape.model_validate(data)
        except ValidationError as error:
            self.problems += (_in_words(e, shape, name, lines) for e in _causes(error, shape))
            return None


# YAML, with lines


def read_yaml(path: Path, name: str) -> tuple[Any, dict[Path_, int]]:
    """Data of a YAML file, every scalar as text, and the line of each key and item. Raises Problems."""
    text = _decode(path, name)
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except _Refused as refused:
        raise Problems([Problem(name, refused.line, refused.there, refused.instead)]) from None
    except RecursionError:
        raise Problems([Problem(name, 1, "values inside values without end", "at most a dozen levels")]) from None
    except yaml.YAMLError as error:
        raise Problems([_yaml_problem(error, name, text)]) from None
    if node is None:
        there = "a file with comments only" if text.strip() else "an empty file"
        raise Problems([Problem(name, 1, there, "the facts it is named for")])
    lines: dict[Path_, int] = {(): 1}
    problems: list[Problem] = []
    data = _plain(node, (), lines, problems, name)
    if problems:
        raise Problems(problems)
    return data, lines


def _decode(path: Path, name: str) -> str:
    try:
        raw = path.read_bytes()
    except OSError:
        raise Problems([Problem(name, 1, "there is no such file", "a file with these facts")]) from None
    if len(raw) > LARGEST:
        raise Problems([Problem(name, 1, f"{len(raw)} bytes", f"at most {LARGEST} bytes")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        there = f"a byte that is not UTF-8 (0x{raw[error.start]:02x})"
        raise Problems([Problem(name, line, there, "text saved as UTF-8")]) from None


class _Refused(Exception):
    def __init__(self, line: int, there: str, instead: str):
        self.line, self.there, self.instead = line, there, instead


class _Loader(yaml.SafeLoader):
    """Composes nodes only. Anchors, aliases and tags are refused: facts are written out."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _Refused(line, f"the anchor or alias `{event.anchor}`", "the value itself, written out")
        if getattr(event, "tag", None) not in {None, "!"}:
            raise _Refused(line, f"the tag `{event.tag}`", "a plain value without a tag")
        return super().compose_node(parent, index)


def _yaml_problem(error: yaml.YAMLError, name: str, text: str) -> Problem:
    began, met = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    mark = began if "quoted" in (getattr(error, "context", None) or "") else met or began
    line = mark.line + 1 if mark else 1
    row = (text.splitlines() or [""])[min(line, len(text.splitlines()) or 1) - 1]
    if "\t" in row[: len(row) - len(row.lstrip())] or "\\t" in str(error):
        return Problem(name, line, "a tab", "spaces (two for each level)")
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        return Problem(name, line, f"a control character (U+{ord(text[error.position]):04X})", "printable text")
    what = getattr(error, "problem", None) or "this cannot be read as YAML"
    return Problem(name, line, f"YAML cannot be read here: {what}", "`key: value` lines, two spaces for each level")


def _plain(
    node: yaml.Node, at: Path_, lines: dict[Path_, int], problems: list[Problem], name: str
) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        for i, item in enumerate(node.value):
            lines[(*at, i)] = item.start_mark.line + 1
        return [_plain(item, (*at, i), lines, problems, name) for i, item in enumerate(node.value)]
    data: dict[str, Any] = {}
    for key, value in node.value:
        line, word = key.start_mark.line + 1, str(key.value)
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem(name, line, "a list or map as a key", "a plain word before the colon"))
        elif word in data:
            first = lines[(*at, word)]
            problems.append(Problem(name, line, f"`{word}` a second time (first on line {first})", "each key once"))
        else:
            lines[(*at, word)] = line
            data[word] = _plain(value, (*at, word), lines, problems, name)
    return data


# What pydantic says, in words for somebody who keeps facts


def _causes(error: ValidationError, shape: type[BaseModel]) -> list[Mapping[str, Any]]:
    """The errors that somebody made, without those that follow from them."""
    errors = error.errors(include_url=False)
    places = [tuple(e["loc"]) for e in errors]
    meant = {
        (*e["loc"][:-1], close[0])
        for e in errors if e["type"] == "extra_forbidden" and (close := _close_keys(shape, tuple(e["loc"])))
    }
    return [
        e for e, at in zip(errors, places, strict=True)
        if not (e["type"] == "missing" and at in meant)
        and not (e["type"] == "too_short" and any(p[: len(at)] == at and p != at for p in places))
    ]


def _in_words(error: Mapping[str, Any], shape: type[BaseModel], name: str, lines: Mapping[Path_, int]) -> Problem:
    at = _written(tuple(error["loc"]), lines)
    line = next(lines[at[:end]] for end in range(len(at), -1, -1) if at[:end] in lines)
    return Problem(name, line, *_sentence(error, shape, at))


def _written(at: Path_, lines: Mapping[Path_, int]) -> Path_:
    """The path as the file has it. Pydantic adds the `kind` of a block to it, which is no step in the file."""
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
            return f"`{key}` has {context['actual_length']} entries", f"at most {context['max_length']}"
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
            here = here.get("items", {}) if isinstance(step, int) else here.get("properties", {}).get(step, {})
    yield from _resolve(here, schema).get("properties", {})


def _resolve(here: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    for option in here.get("anyOf", ()):
        if option.get("type") != "null":
            here = option
            break
    while "$ref" in here:
        here = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
    return here
