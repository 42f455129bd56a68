"""Inlines CSS into the SVG pictures of a page, as presentation attributes. Draws nothing.

WeasyPrint applies no style sheet of the document inside a picture, and no custom properties there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import cssselect2
import tinycss2
from lxml import etree

from macros.typesetting import outlines

PICTURE = re.compile(r"<svg\b[^>]*\bdata-picture-svg=.*?</svg>", re.DOTALL)
# CSS properties that are also attributes of a shape
PRESENTATION_ATTRIBUTES = {
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


def inline_css(html: str, styles: str, colours: Mapping[str, str]) -> str:
    """The page with the styles of its pictures inlined.

    `styles` is the style sheet of the pictures; `colours` are the custom properties that it uses,
    by name: `--paper` → `#fff`. What a picture says by itself in an attribute gives way to the
    style sheet, as in a browser.
    """
    matcher = _matcher(styles)

    def inlined(picture: re.Match[str]) -> str:
        """A picture of the page with its styles inlined."""
        return _inlined(picture[0], matcher, colours)

    return PICTURE.sub(inlined, html)


def colours(styles: str, selector: str) -> dict[str, str]:
    """The custom properties that a rule sets, by name. Empty where no rule has this selector."""
    for rule in _rules(styles):
        prelude = tinycss2.serialize(rule.prelude)
        if prelude.strip() == selector:
            return _custom_properties(_declarations(rule))
    return {}


# The style sheet


def _rules(styles: str) -> Iterator[tinycss2.ast.QualifiedRule]:
    """The rules of a style sheet that have selectors."""
    nodes = tinycss2.parse_stylesheet(
        styles,
        skip_comments=True,
        skip_whitespace=True,
    )
    for node in nodes:
        if node.type == "qualified-rule":
            yield node


def _declarations(rule: tinycss2.ast.QualifiedRule) -> list[tinycss2.ast.Declaration]:
    """The declarations in a rule, in their order."""
    nodes = tinycss2.parse_blocks_contents(rule.content)
    return [node for node in nodes if node.type == "declaration"]


def _custom_properties(declarations: Iterable[tinycss2.ast.Declaration]) -> dict[str, str]:
    """The custom properties among declarations: `--paper` → `#fff`."""
    found = {}
    for declaration in declarations:
        if declaration.name.startswith("--"):
            value = tinycss2.serialize(declaration.value)
            found[declaration.name] = value.strip()
    return found


def _matcher(styles: str) -> cssselect2.Matcher:
    """Finds the declarations that apply to an element."""
    matcher = cssselect2.Matcher()
    for rule in _rules(styles):
        declarations = _declarations(rule)
        for selector in cssselect2.compile_selector_list(rule.prelude):
            matcher.add_selector(selector, declarations)
    return matcher


# A picture


def _inlined(svg: str, matcher: cssselect2.Matcher, colours: Mapping[str, str]) -> str:
    """A picture with its styles inlined, and each line of its texts by itself."""
    tree = etree.fromstring(svg)
    root = cssselect2.ElementWrapper.from_xml_root(tree)
    for element in root.iter_subtree():
        _inline_into(element, matcher, colours)
    for text in tree.findall("{*}text"):
        _split_lines(text)
    return etree.tostring(tree, encoding="unicode")


def _inline_into(
    element: cssselect2.ElementWrapper,
    matcher: cssselect2.Matcher,
    colours: Mapping[str, str],
) -> None:
    """Writes onto an element what the style sheet says of it."""
    declarations = {}
    for match in matcher.match(element):  # in the order of the cascade: the last one counts
        _specificity, _order, _pseudo, matched = match
        for declaration in matched:
            declarations[declaration.name] = declaration
    own_properties = _custom_properties(declarations.values())
    properties = {**colours, **own_properties}
    attributes = PRESENTATION_ATTRIBUTES.intersection(declarations)
    for name in sorted(attributes):
        declaration = declarations[name]
        value = _resolved(declaration.value, properties)
        element.etree_element.set(name, value)


def _split_lines(text: etree._Element) -> None:
    """Makes each line of a text a text of its own.

    WeasyPrint would place the lines of one text letter by letter. Lines in a script whose letters
    join become outlines.
    """
    for line in text:
        line.tag = text.tag
        line.attrib.update(dict(text.attrib))
        text.addprevious(line)
        if outlines.joins(line):
            outlines.outline(line)
    text.getparent().remove(text)


def _resolved(tokens: Iterable[tinycss2.ast.Node], properties: Mapping[str, str]) -> str:
    """A value with `var()` replaced by the custom properties."""
    parts = [_resolved_token(token, properties) for token in tokens]
    return "".join(parts).strip()


def _resolved_token(token: tinycss2.ast.Node, properties: Mapping[str, str]) -> str:
    """A token as text; for `var(--name, fallback)` the value that it stands for."""
    if token.type != "function" or token.lower_name != "var":
        return token.serialize()
    arguments = [each for each in token.arguments if each.type != "whitespace"]
    name = arguments[0].value
    if name in properties:
        value = tinycss2.parse_component_value_list(properties[name])
        return _resolved(value, properties)
    fallback = arguments[2:]  # behind the name and a comma
    return _resolved(fallback, properties)
