"""Reads content/ into the model. The only file that opens YAML. Validates nothing beyond the shape
of the facts.

Scalars are read as text and converted by the declared type of their field, so `no`, `22:30` and
`012` need no quotes. Every problem names file and line; all are collected before anything stops.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from macros.facts import model
from macros.facts.problem import FactPath, Problem, Problems, brief, shown
from macros.facts.text_file import ReadBytes, read_text
from macros.facts.validation_errors import causes, in_words

Shape = TypeVar("Shape", bound=BaseModel)

LISTS: dict[str, type[BaseModel]] = {  # file in content/ → its shape
    "stages": model.Stages,
    "setups": model.Setups,
    "methods": model.Methods,
    "voices": model.Voices,
    "worksheets": model.Worksheets,
    "glossary": model.Glossary,
    "sources": model.Sources,
}
NO_BREAK = "\u00a0\u202f"
BEFORE_VALUE = re.compile(  # with a no-break space in it
    rf"[ \t]*[{NO_BREAK}][ \t{NO_BREAK}]*\S.*|[ \t]*(?:-|[\w./-]+:)[ \t]*[{NO_BREAK}].*"
)
LARGEST = 1_000_000  # bytes of one file of facts
DEEPEST = 12  # values inside values
FASTEST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # where PyYAML was built with libyaml


@dataclass(frozen=True)
class Content:
    """The facts, and the file and line of each of them."""

    facts: model.Facts
    places: Mapping[FactPath, tuple[str, int]] = field(repr=False)

    def problem(self, path: FactPath, found: str, expected: str) -> Problem:
        """A problem at the line of the fact, or of the closest fact around it.

        `path` is that of the fact in the model: `("cases", 0, "centres", 1, "children")`.
        """
        while path and path not in self.places:
            path = path[:-1]
        file, line = self.places.get(path, ("content", 1))
        return Problem(file, line, found, expected)


def load(folder: Path, read_bytes: ReadBytes = Path.read_bytes) -> Content:
    """The facts of a content folder, each validated against its model.

    A case is a file in `cases/`, in the order of the file names; every other list has a file of
    its own, see `LISTS`. Raises Problems with everything that cannot be read or has another shape.
    """
    reader = _Reader(folder, read_bytes)
    cases = []
    for index, path in enumerate(sorted((folder / "cases").glob("*.y*ml"))):
        case = reader.read(path, model.Case, ("cases", index))
        if case is not None:
            cases.append(case)
    lists: dict[str, Any] = {}
    for name, shape in LISTS.items():
        holder = reader.read(folder / f"{name}.yml", shape, ())
        if holder is not None:
            lists |= dict(holder)
    if reader.problems:
        raise Problems(reader.problems)
    return Content(model.Facts(cases=tuple(cases), **lists), reader.places)


def load_as(path: Path, shape: type[Shape], root: Path) -> Shape:
    """One file, validated against a model; messages name it by its path below `root`.

    Raises Problems where it cannot be read or has another shape.
    """
    reader = _Reader(root / "content", Path.read_bytes)
    found = reader.read(path, shape, ())
    if found is None:
        raise Problems(reader.problems)
    return found


class _Reader:
    """Reads one file after the other and remembers problems and places."""

    def __init__(self, folder: Path, read_bytes: ReadBytes):
        """`folder` is the content folder; messages name files from the folder around it."""
        self.folder = folder
        self.read_bytes = read_bytes
        self.problems: list[Problem] = []
        self.places: dict[FactPath, tuple[str, int]] = {}

    def read(self, path: Path, shape: type[Shape], prefix: FactPath) -> Shape | None:
        """The file as a model, its facts placed below `prefix`.

        Returns None where it has problems; these are then among `problems`.
        """
        name = shown(path, self.folder.parent)
        try:
            data, lines = read_yaml(path, name, self.read_bytes)
        except Problems as found:
            self.problems += found.problems
            return None
        for key, line in lines.items():
            self.places[prefix + key] = (name, line)
        try:
            return validate(data, lines, shape, name)
        except Problems as found:
            self.problems += found.problems
            return None


def validate(data: Any, lines: Mapping[FactPath, int], shape: type[Shape], name: str) -> Shape:
    """Data of a YAML file in the shape of a model. `lines` as from `read_yaml`. Raises Problems."""
    try:
        return shape.model_validate(data)
    except ValidationError as failure:
        problems = []
        for error in causes(failure, shape):
            problems.append(in_words(error, shape, name, lines))
        raise Problems(problems) from None


# YAML, with lines


def read_yaml(
    path: Path, name: str, read_bytes: ReadBytes = Path.read_bytes
) -> tuple[Any, dict[FactPath, int]]:
    """Data of a YAML file, every scalar as text, and the line of each key and item.

    Raises Problems, in which the file is called `name`: a syntax error, an anchor, an alias, a
    tag, a repeated key, an empty file, or one that `read_text` refuses.
    """
    text = read_text(path, name, LARGEST, read_bytes)
    if odd := list(_misplaced_spaces(text, name)):
        raise Problems(odd)
    node = _compose(text, name)
    if node is None:
        found = "a file with comments only" if text.strip() else "an empty file"
        raise Problems([Problem(name, 1, found, "the facts it is named for")])
    converter = _Converter(name)
    data = converter.as_python(node, ())
    if converter.problems:
        raise Problems(converter.problems)
    return data, converter.lines


def read_front_matter(text: str, name: str) -> dict[str, Any]:
    """The YAML between the marks of a page, which begins on its second line; empty where it is no
    mapping. Scalars are what YAML takes them for.

    Raises Problems, in which the page is called `name`.
    """
    try:
        found = yaml.load(text, Loader=FASTEST)  # a safe one
    except (RecursionError, ValueError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        problem = Problem(name, line, "YAML that cannot be read", "`key: value` lines")
        raise Problems([problem]) from None
    return found if isinstance(found, dict) else {}


def _misplaced_spaces(text: str, name: str) -> Iterator[Problem]:
    """No-break spaces where YAML wants plain ones. They look alike."""
    if not any(space in text for space in NO_BREAK):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if match := BEFORE_VALUE.match(line):
            found = f"a no-break space in `{brief(match[0])}`"
            yield Problem(name, number, found, "a plain space")


def _compose(text: str, name: str) -> yaml.Node | None:
    """The tree of nodes of a YAML text; None where there are none. Raises Problems."""
    try:
        return _FastLoader(text).get_single_node()
    except (_Refused, yaml.YAMLError):
        return _compose_or_explain(text, name)


def _compose_or_explain(text: str, name: str) -> yaml.Node | None:
    """The same, read in Python, which tells more of what is wrong."""
    try:
        return _Loader(text).get_single_node()
    except _Refused as refused:
        problem = Problem(name, refused.line, refused.found, refused.expected)
    except yaml.YAMLError as error:
        problem = _yaml_problem(error, name, text)
    raise Problems([problem])


class _Refused(Exception):
    """YAML that is well formed and not allowed here."""

    def __init__(self, line: int, found: str, expected: str):
        self.line = line
        self.found = found
        self.expected = expected


class _WrittenOut(yaml.composer.Composer):  # beside a parser
    """Composes nodes. Anchors, aliases and tags are refused: facts are written out."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """One node of the tree; called by PyYAML for each. Raises _Refused."""
        event = self.peek_event()  # type: ignore[attr-defined]  # of the parser
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            found = f"the anchor or alias `{event.anchor}`"
            raise _Refused(line, found, "the value itself, written out")
        if getattr(event, "tag", None) not in {None, "!"}:
            raise _Refused(line, f"the tag `{event.tag}`", "a plain value without a tag")
        if self.depth > DEEPEST:
            found = "values inside values without end"
            raise _Refused(line, found, "at most a dozen levels")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _Loader(_WrittenOut, yaml.SafeLoader):
    """Parses in Python."""


class _FastLoader(_WrittenOut, FASTEST):
    """Parses with libyaml, where PyYAML was built with it."""

    def __init__(self, text: str):
        super().__init__()
        FASTEST.__init__(self, text)


def _yaml_problem(error: yaml.YAMLError, name: str, text: str) -> Problem:
    """What PyYAML says, in words for somebody who keeps facts."""
    line = _error_line(error)
    if _begins_with_tab(text, line) or "\\t" in str(error):
        return Problem(name, line, "a tab", "spaces (two for each level)")
    if isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        code_point = ord(text[error.position])
        return Problem(name, line, f"a control character (U+{code_point:04X})", "printable text")
    reason = getattr(error, "problem", None) or "this cannot be read as YAML"
    if (
        reason == "mapping values are not allowed here"
        and text.splitlines()[line - 1].count(": ") > 1
    ):
        expected = 'the value in quotation marks: `key: "a: b"`'
        return Problem(name, line, "YAML cannot be read here: a colon within a value", expected)
    found = f"YAML cannot be read here: {reason}"
    return Problem(name, line, found, "`key: value` lines, two spaces for each level")


def _error_line(error: yaml.YAMLError) -> int:
    """The line of an error; for a quotation mark that is never closed, the line it stands on."""
    began = getattr(error, "context_mark", None)
    met = getattr(error, "problem_mark", None)
    context = getattr(error, "context", None) or ""
    mark = began if "quoted" in context else met or began
    return mark.line + 1 if mark else 1


def _begins_with_tab(text: str, line: int) -> bool:
    """Whether a tab stands in the indent of a line, or of the last one where there are fewer."""
    rows = text.splitlines() or [""]
    row = rows[min(line, len(rows)) - 1]
    indent = row[: len(row) - len(row.lstrip())]
    return "\t" in indent


class _Converter:
    """Turns the nodes of a YAML file into lists, dictionaries and texts; notes lines."""

    def __init__(self, name: str):
        """`name` is what messages call the file."""
        self.name = name
        self.lines: dict[FactPath, int] = {(): 1}
        self.problems: list[Problem] = []

    def as_python(self, node: yaml.Node, path: FactPath) -> Any:
        """The data of a node at a path of the file."""
        if isinstance(node, yaml.SequenceNode):
            return self._as_list(node, path)
        if isinstance(node, yaml.MappingNode):
            return self._as_dict(node, path)
        return node.value

    def _as_list(self, node: yaml.SequenceNode, path: FactPath) -> list[Any]:
        """The items of a sequence; the path of each ends with its index."""
        items = []
        for index, item in enumerate(node.value):
            item_path = (*path, index)
            self.lines[item_path] = item.start_mark.line + 1
            items.append(self.as_python(item, item_path))
        return items

    def _as_dict(self, node: yaml.MappingNode, path: FactPath) -> dict[str, Any]:
        """The values of a mapping; the path of each ends with its key. Keys are unique texts."""
        data: dict[str, Any] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            word = str(key.value)
            key_path = (*path, word)
            if not isinstance(key, yaml.ScalarNode):
                self._report(line, "a list or map as a key", "a plain word before the colon")
            elif word in data:
                first = self.lines[key_path]
                found = f"`{word}` a second time (first on line {first})"
                self._report(line, found, "each key once")
            else:
                self.lines[key_path] = line
                data[word] = self.as_python(value, key_path)
        return data

    def _report(self, line: int, found: str, expected: str) -> None:
        """Notes a problem of the file."""
        self.problems.append(Problem(self.name, line, found, expected))
