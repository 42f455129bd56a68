"""Leaves out of a style sheet what no page and no script can use, and what nobody needs to read it.
Knows no page.

It goes by words: a selector stays where every tag, class, id and attribute in it occurs in a page,
or may be made by a script. When in doubt it stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import lxml.html
import tinycss2

Token = Any  # tinycss2 has one class for each kind
WORD = re.compile(r"[A-Za-z_][\w-]*")
PROPERTY = re.compile(r"--[\w-]+")
CHOICES = {"is", "where", "has", "matches", "-webkit-any"}  # one of what they hold is enough
BY_READERS = {"open"}  # attributes that a browser sets
INSIDE = {"media", "supports", "layer", "container"}  # rules that hold rules


@dataclass
class Used:
    """What pages hold, and the words of scripts."""

    names: set[str] = field(
        default_factory=set
    )  # `p`, `.class`, `#id`, `[attribute]`, `[attribute=value]`
    words: set[str] = field(default_factory=set)
    beginnings: tuple[str, ...] = ()  # of words that a script completes
    properties: set[str] = field(
        default_factory=set
    )  # custom properties that are named outside of style sheets

    def __post_init__(self) -> None:
        self.names |= {f"[{name}]" for name in BY_READERS}

    def page(self, html: str) -> None:
        """Adds what a page holds."""
        self.properties.update(PROPERTY.findall(html))
        for element in lxml.html.fromstring(html).iter():
            if isinstance(element.tag, str):
                self.names.add(element.tag)
                self.names.update(f".{name}" for name in element.get("class", "").split())
                for name, value in element.items():
                    self.names |= {f"[{name}]", f"[{name}={value}]"} | (
                        {f"#{value}"} if name == "id" else set()
                    )
                if element.tag == "script":
                    self.script(element.text or "")

    def script(self, text: str) -> None:
        """Adds the words of a script."""
        words = set(WORD.findall(text))
        self.words |= words
        self.beginnings += tuple(word for word in sorted(words) if re.search(r"\w-$", word))
        self.properties.update(PROPERTY.findall(text))

    def has(self, sign: str, name: str) -> bool:
        """Whether a tag (no sign), a class (`.`) or an id (`#`) can be there."""
        completed = bool(sign) and name.startswith(self.beginnings)
        return f"{sign}{name}" in self.names or name in self.words or completed

    def has_attribute(self, name: str, value: str | None) -> bool:
        """Whether an attribute can be there, with a value or with any."""
        named = f"[{name}]" in self.names or name in self.words or _in_script(name) in self.words
        return named and (value is None or f"[{name}={value}]" in self.names or value in self.words)


def _in_script(name: str) -> str:
    """`data-of-what` as scripts write it: `ofWhat`."""
    first, *others = name.removeprefix("data-").split("-")
    return first + "".join(map(str.capitalize, others))


def prune(styles: str, used: Used) -> str:
    """The style sheet with only what can be used, written as short as it can be read."""
    rules = list(_rules(tinycss2.parse_stylesheet(styles, True, True), used))
    while True:
        called = used.properties | {name for rule in rules for name in _called(rule)}
        fewer = [kept for rule in rules if (kept := _without_dead(rule, called))]
        if fewer == rules:
            return "".join(map(_written, rules))
        rules = fewer


# A rule is a pair: what stands before the brace; rules and declarations `(name, value)`, or None
# without a brace

Rule = tuple[str, list[Any] | None]


def _rules(nodes: Iterable[Token], used: Used) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            kept = [_text(part) for part in _split(node.prelude) if _possible(part, used)]
            if kept:
                yield ",".join(kept), _declarations(node)
        elif node.type == "at-rule" and node.at_keyword != "charset":
            yield _at_rule(node, used)


def _at_rule(node: Token, used: Used) -> Rule:
    opening = _opening(node)
    if node.content is None:
        return opening, None
    if node.lower_at_keyword in INSIDE:
        return opening, list(_rules(tinycss2.parse_rule_list(node.content, True, True), used))
    if node.lower_at_keyword.endswith("keyframes"):
        frames = tinycss2.parse_rule_list(node.content, True, True)
        return opening, [(_text(frame.prelude), _declarations(frame)) for frame in frames]
    return opening, _declarations(node)


def _declarations(node: Token) -> list[tuple[str, Any]]:
    """Declarations, and rules among them, such as the margins of a page."""
    found: list[tuple[str, Any]] = []
    for each in tinycss2.parse_blocks_contents(node.content, True, True):
        if each.type == "declaration":
            found.append((each.name, _text(each.value) + ("!important" if each.important else "")))
        elif each.type in {"at-rule", "qualified-rule"}:
            found.append((_opening(each), _declarations(each)))
    return found


def _opening(node: Token) -> str:
    name = f"@{node.at_keyword} " if node.type == "at-rule" else ""
    return f"{name}{_text(node.prelude)}".rstrip()


# What can be used


def _possible(selector: Sequence[Token], used: Used) -> bool:
    """Whether anything that the pages hold, or that scripts make, can match."""
    before: Token = None
    for token in selector:
        if token.type == "ident" and before != ":":
            known = used.has(".", token.value) if before == "." else used.has("", token.lower_value)
        elif token.type == "hash":
            known = used.has("#", token.value)
        elif token.type == "[] block":
            known = used.has_attribute(*_attribute(token.content))
        elif token.type == "function" and token.lower_name in CHOICES:
            known = any(_possible(part, used) for part in _split(token.arguments))
        else:
            known = True
        if not known:
            return False
        before = token
    return True


def _attribute(tokens: Sequence[Token]) -> tuple[str, str | None]:
    """Its name, and its value where that must be the whole."""
    signs = [token for token in tokens if token.type != "whitespace"]
    whole = len(signs) > 2 and signs[1] == "="
    return signs[0].lower_value, signs[2].value if whole else None


def _called(rule: Rule) -> Iterator[str]:
    """Custom properties that a rule reads; `@name` for an animation or a font that it may name."""
    for name, value in rule[1] or []:
        if isinstance(value, list):
            yield from _called((name, value))
        elif value is not None:
            yield from (f"--{called}" for called in re.findall(r"var\(\s*--([\w-]+)", value))
            if name.startswith("animation"):
                yield from (f"@{word}" for word in WORD.findall(value))


def _without_dead(rule: Rule, called: set[str]) -> Rule | None:
    """The rule without custom properties and animations that nobody reads, or None where nothing is
    left.
    """
    opening, inside = rule
    if inside is None:
        return rule
    if "keyframes " in opening and f"@{opening.split()[-1]}" not in called:
        return None
    kept: list[Any] = []
    for name, value in inside:
        if isinstance(value, list):
            kept += [left] if (left := _without_dead((name, value), called)) else []
        elif not name.startswith("--") or name in called:
            kept.append((name, value))
    return (opening, kept) if kept else None


# How it is written


def _split(tokens: Sequence[Token]) -> list[list[Token]]:
    """A list of selectors, apart."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _text(tokens: Sequence[Token]) -> str:
    """Tokens as text, without comments, with one space where any stood that counts."""
    return re.sub(r"\s*\n\s*", " ", tinycss2.serialize(_plain(tokens))).strip()


def _plain(tokens: Sequence[Token]) -> list[Token]:
    """Tokens without comments and without the space around a comma."""
    plain: list[Token] = []
    for token in tokens:
        if token.type == "whitespace":
            token.value = " "
            if not plain or plain[-1].type == "whitespace" or plain[-1] == ",":
                continue
        elif token == "," and plain and plain[-1].type == "whitespace":
            plain.pop()
        for inner in ("content", "arguments"):
            if hasattr(token, inner):
                setattr(token, inner, _plain(getattr(token, inner)))
        if token.type != "comment":
            plain.append(token)
    return plain


def _written(rule: Rule) -> str:
    opening, inside = rule
    if inside is None:
        return f"{opening};"
    parts = [
        _written(part) if isinstance(part[1], list) else f"{part[0]}:{part[1]};" for part in inside
    ]
    return f"{opening}{{{''.join(parts).removesuffix(';')}}}"
