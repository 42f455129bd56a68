"""Reads content/ into the model. The only file that opens YAML. Judges nothing beyond the shape of
the facts.

Scalars are read as text and converted by the declared type of their field, so `no`, `22:30` and
`012` need no quotes. Every problem names file and line; all are collected before anything stops.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from macros.facts import model
from macros.facts.problem import Problem, Problems, shown
from macros.facts.validation_errors import causes, in_words

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
    """One file in the shape of a model, named in messages by its path below `root`. Raises
    Problems.
    """
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
            self.problems += (in_words(e, shape, name, lines) for e in causes(error, shape))
            return None


# YAML, with lines


def read_yaml(path: Path, name: str) -> tuple[Any, dict[Path_, int]]:
    """Data of a YAML file, every scalar as text, and the line of each key and item. Raises
    Problems.
    """
    text = _decode(path, name)
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except _Refused as refused:
        raise Problems([Problem(name, refused.line, refused.found, refused.expected)]) from None
    except RecursionError:
        raise Problems(
            [Problem(name, 1, "values inside values without end", "at most a dozen levels")]
        ) from None
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
        raise Problems(
            [Problem(name, 1, "there is no such file", "a file with these facts")]
        ) from None
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
        self.line, self.found, self.expected = line, there, instead


class _Loader(yaml.SafeLoader):
    """Composes nodes only. Anchors, aliases and tags are refused: facts are written out."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _Refused(
                line, f"the anchor or alias `{event.anchor}`", "the value itself, written out"
            )
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
        return Problem(
            name, line, f"a control character (U+{ord(text[error.position]):04X})", "printable text"
        )
    what = getattr(error, "problem", None) or "this cannot be read as YAML"
    return Problem(
        name,
        line,
        f"YAML cannot be read here: {what}",
        "`key: value` lines, two spaces for each level",
    )


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
            problems.append(
                Problem(name, line, "a list or map as a key", "a plain word before the colon")
            )
        elif word in data:
            first = lines[(*at, word)]
            problems.append(
                Problem(
                    name, line, f"`{word}` a second time (first on line {first})", "each key once"
                )
            )
        else:
            lines[(*at, word)] = line
            data[word] = _plain(value, (*at, word), lines, problems, name)
    return data
