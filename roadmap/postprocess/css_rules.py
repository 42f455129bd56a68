"""Rules of CSS as objects: parses their parts with tinycss2 and writes them minified."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import tinycss2

# A token or a rule of tinycss2, which has one class for each kind
Token = Any

# A line break with the spaces around it
LINE_BREAK = re.compile(r"\s*\n\s*")


@dataclass
class Declaration:
    """A property and its value, minified."""

    name: str
    value: str


@dataclass
class Rule:
    """A rule, minified: what stands before the brace, and what stands in it.

    `body` is None for a rule without braces, such as `@import`.
    """

    opening: str
    body: list[Rule | Declaration] | None


# Parsing


def nested_nodes(node: Token) -> list[Token]:
    """The rules inside an at-rule."""
    return tinycss2.parse_rule_list(
        node.content,
        skip_comments=True,
        skip_whitespace=True,
    )


def declarations(node: Token) -> list[Rule | Declaration]:
    """The declarations in a rule, and the rules among them.

    Rules are the margin boxes of a page, such as `@bottom-left`, and those that CSS nests.
    """
    body: list[Rule | Declaration] = []
    parts = tinycss2.parse_blocks_contents(
        node.content,
        skip_comments=True,
        skip_whitespace=True,
    )
    for part in parts:
        if part.type == "declaration":
            body.append(_declaration(part))
        elif part.type in {"at-rule", "qualified-rule"}:
            rule = Rule(opening_of(part), declarations(part))
            body.append(rule)
    return body


def _declaration(node: Token) -> Declaration:
    """A property and its value: `color: red !important`."""
    value = minified(node.value)
    if node.important:
        value += "!important"
    return Declaration(node.name, value)


def opening_of(node: Token) -> str:
    """What stands before the brace of a rule: `@media print`."""
    prelude = minified(node.prelude)
    if node.type != "at-rule":
        return prelude
    return f"@{node.at_keyword} {prelude}".rstrip()


# Writing


def minified(tokens: Sequence[Token]) -> str:
    """Tokens as text on one line, without comments and needless spaces."""
    text = tinycss2.serialize(_trimmed(tokens))
    return LINE_BREAK.sub(" ", text).strip()


def _trimmed(tokens: Sequence[Token]) -> list[Token]:
    """Tokens without comments, repeated spaces and the spaces around a comma.

    Changes the tokens, those inside a block or a function too.
    """
    trimmed: list[Token] = []
    before_space = False  # whether a space may follow
    for token in tokens:
        if token.type == "comment":
            continue
        if token.type == "whitespace":
            if before_space:
                token.value = " "
                trimmed.append(token)
            before_space = False
            continue
        if token == "," and trimmed and trimmed[-1].type == "whitespace":
            trimmed.pop()
        _trim_inside(token)
        trimmed.append(token)
        before_space = token != ","
    return trimmed


def _trim_inside(token: Token) -> None:
    """Trims the tokens in a block or in the arguments of a function."""
    for attribute in ("content", "arguments"):
        if hasattr(token, attribute):
            inside = getattr(token, attribute)
            setattr(token, attribute, _trimmed(inside))


def to_css(rule: Rule) -> str:
    """A rule as text, without spaces and without the last semicolon."""
    if rule.body is None:
        return f"{rule.opening};"
    parts = []
    for part in rule.body:
        if isinstance(part, Rule):
            parts.append(to_css(part))
        else:
            parts.append(f"{part.name}:{part.value};")
    body = "".join(parts).removesuffix(";")
    return f"{rule.opening}{{{body}}}"
