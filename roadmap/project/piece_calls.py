"""Calls of pieces in a page: finds them, and asks the pieces.

No template engine runs contributed text: a call is a name with quoted words, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.facts.problem import Problem, brief
from macros.pieces import NAMES, Pieces, Unknown
from roadmap.project.once import once
from roadmap.project.pages import Page

EXAMPLE = 'only calls such as `{{ piece("id") }}`'
_WORD = r"""(?:"[^"\\{}<>\[\]`&|*_\n]{0,200}"|'[^'\\{}<>\[\]`&|*_\n]{0,200}')"""
WORD = re.compile(_WORD)  # a quoted word in a call
CALL = re.compile(  # `{{ voice("voice-1") }}`
    r"(?<!\{)\{\{ {0,3}([a-z_]{1,40})"
    rf"\(({_WORD}(?:, {{0,3}}{_WORD}){{0,30}})?\)"
    r" {0,3}\}\}(?!\})"
)
TEMPLATE_CODE = re.compile(r"\{[{%#]|[{%#]\}|\}\}")
COMMENT = re.compile(r"\{#\S")
JINJA = Environment()  # parses only; nothing is run


@dataclass(frozen=True)
class Call:
    line: int
    name: str
    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.arguments)})"


def call_of(match: re.Match[str], line: int) -> Call:
    """A match of CALL as a call."""
    words = WORD.findall(match[2] or "")
    return Call(line, match[1], tuple(word[1:-1] for word in words))


# Rendering


def call_piece(page: Page, call: Call, pieces: Pieces) -> tuple[str, list[Problem]]:
    """What a piece answers, or why it cannot."""
    if call.name not in NAMES:
        return "", [_unknown_piece(page, call.line, call.name)]
    try:
        return getattr(pieces, call.name)(*call.arguments), []
    except Unknown as error:
        expected = "one of " + ", ".join(error.known)
        return "", [page.problem(call.line, str(error), expected)]
    except TypeError:
        summary = (getattr(Pieces, call.name).__doc__ or "").strip().splitlines()[0]
        return "", [page.problem(call.line, f"`{call}`", f"the words this piece takes ({summary})")]


def _unknown_piece(page: Page, line: int, name: str) -> Problem:
    close = get_close_matches(name, NAMES, n=1)
    expected = f"`{close[0]}`" if close else f"one of {', '.join(NAMES)}"
    return page.problem(line, f"the unknown piece `{name}`", expected)


def template_code(page: Page) -> Iterator[Problem]:
    """Braces that are no call of a known piece with plain words."""
    for number, text in page.lines_below_front:
        for match in CALL.finditer(text):
            if match[1] not in NAMES:
                yield _unknown_piece(page, number, match[1])
        if code := TEMPLATE_CODE.search(blanked(text, CALL)):
            found = f"template code (`{brief(text[code.start() :])}`)"
            yield page.problem(number, found, EXAMPLE)


def blanked(text: str, form: re.Pattern[str]) -> str:
    """A text of the same length with blanks in the place of each match."""
    return form.sub(lambda match: " " * len(match[0]), text)


# Parsing, as Jinja would read the page


@once
def calls(page: Page) -> tuple[list[Call], list[Problem]]:
    """The pieces that a page calls. Anything else that Jinja would run is a problem."""
    for number, line in page.prose_lines:
        if COMMENT.search(line):
            expected = "`{ #id }` with a space after the brace"
            return [], [page.problem(number, "`{#`, which hides what follows", expected)]
    try:
        tree = JINJA.parse(page.text)
    except TemplateSyntaxError as error:
        found = f"braces that cannot be read: {error.message}"
        return [], [page.problem(error.lineno, found, '`{{ piece("id") }}`')]
    except (RecursionError, ValueError):  # braces inside braces, a number of thousands of digits
        start = page.line_of("{{")
        return [], [page.problem(start, "braces that cannot be read", '`{{ piece("id") }}`')]
    found_calls: list[Call] = []
    problems: list[Problem] = []
    for node in _template_nodes(tree):
        if call := _call_in(node):
            found_calls.append(call)
        else:
            problems.append(page.problem(node.lineno, "template code", EXAMPLE))
    return found_calls, problems


def _template_nodes(tree: nodes.Template) -> Iterator[nodes.Node]:
    """Everything of a page that is not plain text."""
    for node in tree.body:
        inner = node.nodes if isinstance(node, nodes.Output) else [node]
        for each in inner:
            if not isinstance(each, nodes.TemplateData):
                yield each


def _call_in(node: nodes.Node) -> Call | None:
    """A call by name with constant texts; None for anything else."""
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        return None
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        return None
    words: list[str] = []
    for argument in node.args:
        if not isinstance(argument, nodes.Const) or not isinstance(argument.value, str):
            return None
        words.append(argument.value)
    return Call(node.lineno, node.node.name, tuple(words))
