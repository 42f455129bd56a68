"""Paints pictures for paper: writes onto each shape what the style sheet says of it. Draws nothing,
moves nothing.

WeasyPrint reads no style of the page inside a picture, and no custom properties there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import cssselect2
import tinycss2
from lxml import etree

from macros.typesetting import outlines

PICTURE = re.compile(r"<svg\b[^>]*\bdata-picture-svg=.*?</svg>", re.DOTALL)
PAINT = {  # properties that are also attributes of a shape
    "fill",
    "fill-opacity",
    "font-weight",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
}


def paint(html: str, styles: str, colours: Mapping[str, str]) -> str:
    """The page with its pictures painted. `colours` are the custom properties of the paper."""
    matcher = _matcher(styles)
    return PICTURE.sub(lambda found: _painted(found.group(), matcher, colours), html)


def colours(styles: str, selector: str) -> dict[str, str]:
    """The custom properties that a rule sets."""
    for rule in tinycss2.parse_stylesheet(styles, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule" and tinycss2.serialize(rule.prelude).strip() == selector:
            return {
                d.name: tinycss2.serialize(d.value).strip()
                for d in _declarations(rule)
                if d.name.startswith("--")
            }
    return {}


def _matcher(styles: str) -> cssselect2.Matcher:
    matcher = cssselect2.Matcher()
    for rule in tinycss2.parse_stylesheet(styles, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            declarations = _declarations(rule)
            for selector in cssselect2.compile_selector_list(rule.prelude):
                matcher.add_selector(selector, declarations)
    return matcher


def _declarations(rule: tinycss2.ast.QualifiedRule) -> list[tinycss2.ast.Declaration]:
    return [d for d in tinycss2.parse_blocks_contents(rule.content) if d.type == "declaration"]


def _painted(svg: str, matcher: cssselect2.Matcher, paper: Mapping[str, str]) -> str:
    tree = etree.fromstring(svg)
    for wrapper in cssselect2.ElementWrapper.from_xml_root(tree).iter_subtree():
        said = {d.name: d for match in matcher.match(wrapper) for d in match[3]}
        known = paper | {
            name: tinycss2.serialize(d.value) for name, d in said.items() if name.startswith("--")
        }
        for name in sorted(PAINT & said.keys()):
            wrapper.etree_element.set(name, _value(said[name].value, known))
    for text in tree.findall("{*}text"):
        _one_line_each(text)
    return etree.tostring(tree, encoding="unicode")


def _one_line_each(text: etree._Element) -> None:
    """Makes a text of every line: WeasyPrint would place the lines of one text letter by letter."""
    for line in text:
        line.tag = text.tag
        line.attrib.update(dict(text.attrib))
        text.addprevious(line)
        if outlines.joins(line):
            outlines.outline(line)
    text.getparent().remove(text)


def _value(tokens: Iterable[tinycss2.ast.Node], known: Mapping[str, str]) -> str:
    """A value with its custom properties filled in."""
    return "".join(_filled(token, known) for token in tokens).strip()


def _filled(token: tinycss2.ast.Node, known: Mapping[str, str]) -> str:
    if token.type != "function" or token.lower_name != "var":
        return token.serialize()
    name, *rest = [t for t in token.arguments if t.type != "whitespace"]
    if name.value in known:
        return _value(tinycss2.parse_component_value_list(known[name.value]), known)
    return _value(rest[1:], known)
