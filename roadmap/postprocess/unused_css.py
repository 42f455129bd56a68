"""Removes the CSS rules that no page and no script can use, and minifies those that stay.

It goes by names: a selector stays where every tag, class, id and attribute in it occurs in a page,
or may be made by a script. When in doubt it stays. How elements stand to each other does not count:
`ul > .note` stays where some page has a list and another a note. Reads no file and writes none.

    used = Used()
    used.page(html, etree.HTML(html))
    used.script(javascript)
    smaller = prune(css, used)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import tinycss2
from lxml import etree

from roadmap.postprocess.css_rules import (
    Declaration,
    Rule,
    Token,
    declarations,
    minified,
    nested_nodes,
    opening_of,
    to_css,
)

# A word of a script that may be the name of a tag, a class, an id or an attribute
WORD = re.compile(r"[A-Za-z_][\w-]*")
NAME_PART = re.compile(r"[\w-]+")
SELECTED_ATTRIBUTE = re.compile(r"\[\s*([\w-]+)")
# A word that a script completes: `"level-" + number`
OPEN_END = re.compile(r"\w-$")
CUSTOM_PROPERTY = re.compile(r"--[\w-]+")
VAR_CALL = re.compile(r"var\(\s*(--[\w-]+)")

# Functions of a selector that match when one of the selectors in them does
SELECTOR_LISTS = {"is", "where", "has", "matches", "-webkit-any"}
# Attributes that a browser sets when a reader does something
SET_BY_BROWSER = {"open"}
# At-rules that hold rules
NESTING = {"media", "supports", "layer", "container"}


# What pages and scripts use


@dataclass
class Used:
    """The names that occur in pages, and the words of scripts.

    `names` holds `p`, `.class`, `#id`, `[attribute]` and `[attribute=value]`; `words` are those of
    scripts, any of which may be such a name; `beginnings` are the words that a script completes;
    `properties` are the custom properties that are named outside of style sheets.
    """

    names: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    beginnings: tuple[str, ...] = ()
    properties: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Adds what no page needs to write."""
        for name in SET_BY_BROWSER:
            self.names.add(f"[{name}]")

    def page(self, html: str, tree: etree._Element) -> None:
        """Adds what a page holds, its inline scripts too. `tree` is `html`, parsed."""
        self.properties.update(CUSTOM_PROPERTY.findall(html))
        for element in tree.iter():
            if not isinstance(element.tag, str):  # a comment
                continue
            self._add_element(element)
            if element.tag == "script":
                self.script(element.text or "")

    def _add_element(self, element: etree._Element) -> None:
        """Adds the tag, the classes, the id and the attributes of an element."""
        self.names.add(element.tag)
        classes = element.get("class", "").split()
        for name in classes:
            self.names.add(f".{name}")
        for name, value in element.items():
            self.names.update((f"[{name}]", f"[{name}={value}]"))
            if name == "id":
                self.names.add(f"#{value}")

    def script(self, text: str) -> None:
        """Adds the words of a script: any of them may be the name of a class or of an attribute."""
        words = set(WORD.findall(text))
        unfinished = filter(OPEN_END.search, sorted(words))
        self.words.update(words)
        self.beginnings += tuple(unfinished)
        self.properties.update(CUSTOM_PROPERTY.findall(text))

    def has(self, sign: str, name: str) -> bool:
        """Whether a tag (no sign), a class (`.`) or an id (`#`) can occur."""
        in_pages = f"{sign}{name}" in self.names
        if in_pages or name in self.words:
            return True
        if not sign:
            return False
        return name.startswith(self.beginnings)

    def has_attribute(self, name: str, value: str | None) -> bool:
        """Whether an attribute can occur, with this value; with any where `value` is None."""
        if not self._has_attribute_name(name):
            return False
        if value is None:
            return True
        in_pages = f"[{name}={value}]" in self.names
        return in_pages or value in self.words

    def _has_attribute_name(self, name: str) -> bool:
        """Whether pages have an attribute, or scripts may set it."""
        in_pages = f"[{name}]" in self.names
        if in_pages or name in self.words:
            return True
        return _dataset_name(name) in self.words


def _dataset_name(attribute: str) -> str:
    """A `data-` attribute as a script names it: `data-of-what` is `ofWhat`."""
    name = attribute.removeprefix("data-")
    first, *others = name.split("-")
    capitalised = map(str.capitalize, others)
    return "".join((first, *capitalised))


def names_in(styles: str, used: Used) -> list[list[str]]:
    """What of `used` can matter for a style sheet: a key for what `prune` makes of the two."""
    words = set(NAME_PART.findall(styles))
    attributes = set(SELECTED_ATTRIBUTE.findall(styles))
    names = []
    for name in used.names:
        parts = NAME_PART.findall(name)
        if name.startswith("[") and parts[0] not in attributes:
            continue
        if words.issuperset(parts):
            names.append(name)
    in_scripts = words.union(map(_dataset_name, words))
    return [
        sorted(names),
        sorted(used.words & in_scripts),
        sorted(set(used.beginnings)),
        sorted(used.properties.intersection(CUSTOM_PROPERTY.findall(styles))),
    ]


# Pruning


def prune(styles: str, used: Used) -> str:
    """The style sheet with only the rules that can apply, minified.

    Custom properties and animations that none of the remaining rules refers to are removed too;
    then those that only these referred to, and so on.
    """
    rules = list(_rules(_parsed(styles), used))
    while True:
        references = used.properties.union(*map(_references, rules))
        fewer = _without_unreferenced(rules, references)
        if fewer == rules:
            break
        rules = fewer
    return "".join(map(to_css, rules))


def _without_unreferenced(rules: list[Rule], references: set[str]) -> list[Rule]:
    """The rules without what nothing refers to; without those of which nothing is left."""
    remaining = []
    for rule in rules:
        pruned = _prune_rule(rule, references)
        if pruned:
            remaining.append(pruned)
    return remaining


def _prune_rule(rule: Rule, references: set[str]) -> Rule | None:
    """The rule without custom properties and animations that nothing refers to.

    None where nothing is left of it.
    """
    if rule.body is None:
        return rule
    animation = _animation(rule)
    if animation and animation not in references:
        return None
    body: list[Rule | Declaration] = []
    for part in rule.body:
        if isinstance(part, Rule):
            pruned = _prune_rule(part, references)
            if pruned:
                body.append(pruned)
        elif not part.name.startswith("--") or part.name in references:
            body.append(part)
    if not body:
        return None
    return Rule(rule.opening, body)


def _animation(rule: Rule) -> str:
    """What refers to the animation that a rule defines: `@name`; empty for any other rule."""
    if "keyframes " not in rule.opening:
        return ""
    name = rule.opening.split()[-1]
    return f"@{name}"


def _references(rule: Rule) -> Iterator[str]:
    """What the values of a rule refer to: custom properties, and `@name` for an animation.

    Every word in a value of `animation` or `animation-name` may be the name of one.
    """
    for part in rule.body or []:
        if isinstance(part, Rule):
            yield from _references(part)
            continue
        yield from VAR_CALL.findall(part.value)
        if part.name.startswith("animation"):
            for word in WORD.findall(part.value):
                yield f"@{word}"


# Parsing


@lru_cache(maxsize=2)  # editions in one script share their style sheets
def _parsed(styles: str) -> list[Token]:
    return tinycss2.parse_stylesheet(styles, skip_comments=True, skip_whitespace=True)


def _rules(nodes: Iterable[Token], used: Used) -> Iterator[Rule]:
    """The rules of a style sheet, each with those of its selectors that can match.

    Without those of which no selector can; and without `@charset`, since what is written is UTF-8.
    """
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = _possible_selectors(node, used)
            if selectors:
                yield Rule(selectors, declarations(node))
        elif node.type == "at-rule" and node.at_keyword != "charset":
            yield _at_rule(node, used)


def _possible_selectors(node: Token, used: Used) -> str:
    """The selectors of a rule that can match, minified; empty where none can."""
    selectors = []
    for selector in _split_at_commas(node.prelude):
        if _can_match(selector, used):
            selectors.append(minified(selector))
    return ",".join(selectors)


def _at_rule(node: Token, used: Used) -> Rule:
    """A rule such as `@import`, `@media`, `@keyframes` or `@font-face`, minified."""
    opening = opening_of(node)
    keyword = node.lower_at_keyword
    if node.content is None:
        return Rule(opening, None)
    if keyword in NESTING:
        nested = _rules(nested_nodes(node), used)
        return Rule(opening, list(nested))
    if keyword.endswith("keyframes"):
        return Rule(opening, _frames(node))
    return Rule(opening, declarations(node))


def _frames(node: Token) -> list[Rule | Declaration]:
    """The frames of an animation: `50% { … }`."""
    frames: list[Rule | Declaration] = []
    for frame in nested_nodes(node):
        opening = minified(frame.prelude)
        frames.append(Rule(opening, declarations(frame)))
    return frames


# Selectors


def _can_match(selector: Sequence[Token], used: Used) -> bool:
    """Whether a selector can match anything that pages hold or that scripts make.

    It can where each of the names in it can occur.
    """
    previous: Token = None
    for token in selector:
        if not _can_occur(token, previous, used):
            return False
        previous = token
    return True


def _can_occur(token: Token, previous: Token, used: Used) -> bool:
    """Whether what a token of a selector names can occur. What names nothing, such as `>`, can.

    `previous` is the token before it: by `.` and `:` a name is that of a class or of a state.
    """
    kind = token.type
    if kind == "ident" and previous == ".":
        return used.has(".", token.value)
    if kind == "ident" and previous != ":":
        return used.has("", token.lower_value)
    if kind == "hash":
        return used.has("#", token.value)
    if kind == "[] block":
        name, value = _attribute(token.content)
        return used.has_attribute(name, value)
    if kind == "function" and token.lower_name in SELECTOR_LISTS:
        selectors = _split_at_commas(token.arguments)
        return any(_can_match(selector, used) for selector in selectors)
    return True


def _attribute(tokens: Sequence[Token]) -> tuple[str, str | None]:
    """The name in an attribute selector, and the value where that must be the whole of it.

    Of `[type="checkbox"]` it is `checkbox`, of `[type]` and of `[class^="md-"]` None.
    """
    parts = [token for token in tokens if token.type != "whitespace"]
    name = parts[0]
    if len(parts) < 3:
        return name.lower_value, None
    operator = parts[1]
    value = parts[2]
    if operator != "=":  # such as `^=`, for its beginning
        return name.lower_value, None
    return name.lower_value, value.value


def _split_at_commas(tokens: Sequence[Token]) -> list[list[Token]]:
    """The selectors in a list of selectors."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
