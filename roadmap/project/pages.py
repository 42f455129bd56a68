"""Reads the pages of an edition: their calls of pieces, headings, links, ids, each with its line.
Writes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.facts.problem import Problem, shown
from macros.pieces import NAMES, Pieces, Unknown

HEADING = re.compile(r"^(#{1,6}) +(.*?)(?: *\{ (.*?) \})? *$")
ID = re.compile(r"#([\w-]+)")
FENCE = re.compile(r"^ *(```|~~~)")
COMMENT = re.compile(r"\{#\S")
JINJA = Environment()  # parses only; nothing is run


@dataclass(frozen=True)
class Call:
    line: int
    name: str
    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.arguments)})"


@dataclass(frozen=True)
class Heading:
    line: int
    level: int
    text: str
    id: str | None


@dataclass(frozen=True)
class Page:
    """A page as written. `path` is below the edition, `file` is what messages say."""

    path: str
    file: str
    text: str

    @property
    def body_lines(self) -> Iterator[tuple[int, str]]:
        """Lines of prose with their numbers: no front matter, no code."""
        inside_front = self.text.startswith("---\n")
        inside_code = False
        for number, line in enumerate(self.text.splitlines(), start=1):
            if inside_front:
                inside_front = number == 1 or line.rstrip() != "---"
            elif FENCE.match(line):
                inside_code = not inside_code
            elif not inside_code:
                yield number, line

    @property
    def headings(self) -> tuple[Heading, ...]:
        found = ((number, HEADING.match(line)) for number, line in self.body_lines)
        return tuple(
            Heading(number, len(m[1]), m[2], id[1] if m[3] and (id := ID.search(m[3])) else None)
            for number, m in found
            if m
        )

    def line_of(self, text: str) -> int:
        """The first line that holds a text, else the first line."""
        return next(
            (i for i, line in enumerate(self.text.splitlines(), start=1) if text in line), 1
        )

    def problem(self, line: int, there: str, instead: str) -> Problem:
        return Problem(self.file, line, there, instead)


def read(folder: Path, root: Path) -> tuple[list[Page], list[Problem]]:
    """All pages below a folder, and what cannot be read."""
    pages, problems = [], []
    for path in sorted(folder.rglob("*.md")):
        file = shown(path, root)
        try:
            pages.append(
                Page(path.relative_to(folder).as_posix(), file, path.read_text(encoding="utf-8"))
            )
        except UnicodeDecodeError as error:
            line = path.read_bytes().count(b"\n", 0, error.start) + 1
            problems.append(Problem(file, line, "a byte that is not UTF-8", "text saved as UTF-8"))
    return pages, problems


# Calls of pieces


def calls(page: Page) -> tuple[list[Call], list[Problem]]:
    """The pieces that a page calls. Anything else that Jinja would run is a problem."""
    for number, line in page.body_lines:
        if COMMENT.search(line):
            instead = "`{ #id }` with a space after the brace"
            return [], [page.problem(number, "`{#`, which hides what follows", instead)]
    try:
        tree = JINJA.parse(page.text)
    except TemplateSyntaxError as error:
        return [], [
            page.problem(
                error.lineno, f"braces that cannot be read: {error.message}", '`{{ piece("id") }}`'
            )
        ]
    found, problems = [], []
    for node in _spoken(tree):
        if call := _call(node):
            found.append(call)
        else:
            problems.append(
                page.problem(node.lineno, "template code", 'only calls such as `{{ piece("id") }}`')
            )
    return found, problems


def _spoken(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Everything of a page that is not plain text."""
    for node in tree.body:
        inner = node.nodes if isinstance(node, nodes.Output) else [node]
        yield from (n for n in inner if not isinstance(n, nodes.TemplateData))


def _call(node: nodes.Node) -> Call | None:
    plain = isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)
    if not plain or node.kwargs or node.dyn_args or node.dyn_kwargs:
        return None
    if not all(isinstance(a, nodes.Const) and isinstance(a.value, str) for a in node.args):
        return None
    return Call(node.lineno, node.node.name, tuple(a.value for a in node.args))


def speak(page: Page, call: Call, pieces: Pieces) -> tuple[str, list[Problem]]:
    """What a piece answers, or why it cannot."""
    if call.name not in NAMES:
        return "", [
            page.problem(
                call.line, f"the unknown piece `{call.name}`", "one of " + ", ".join(NAMES)
            )
        ]
    try:
        return getattr(pieces, call.name)(*call.arguments), []
    except Unknown as error:
        return "", [page.problem(call.line, str(error), "one of " + ", ".join(error.known))]
    except TypeError:
        words = (getattr(Pieces, call.name).__doc__ or "").strip().splitlines()[0]
        return "", [page.problem(call.line, f"`{call}`", f"the words this piece takes ({words})")]
