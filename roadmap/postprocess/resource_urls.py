"""Lists the URLs that a page, a picture or a style sheet makes a browser fetch by itself.

Subresources only: a link that a reader follows is none. Fetches nothing and judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import tinycss2
from lxml import etree

# Attributes that fetch on every element
FETCHING = {"src", "poster", "background"}
# Attributes with several URLs, each with its width or density: `a.png 1x, b.png 2x`
SOURCE_SETS = {"srcset", "imagesrcset"}
BETWEEN_SOURCES = re.compile(r",\s+")
# Elements whose `href` fetches
BY_HREF = {"link", "script", "use", "image", "feimage"}
# Values of `rel` that only state something
STATING_RELATIONS = {"canonical", "alternate", "author", "license"}
# A namespace before the name of an attribute: `xlink:href`, or `{http://…}href` as lxml writes it
NAMESPACE_END = re.compile("[:}]")
# The content of `<meta http-equiv="refresh">`: `5; url=page.html`
REFRESH = re.compile(r"\s*[\d.]*\s*[;,]?\s*(?:url\s*=)?\s*[\"']?([^\"']*)", re.IGNORECASE)
# XPath of the elements that may fetch; the others, plain links above all, need not be looked at
MAY_FETCH = (
    "//*[@href and not(self::a) or @src or @poster or @background or @srcset or @imagesrcset"
    " or @ping or @data or @*[contains(name(), ':')] or @*[contains(., '(')]]"
    " | //meta[@http-equiv] | //*[local-name() = 'style']"
)
# A file written out in a style sheet, such as a font; nothing is fetched for it
DATA_URL = re.compile(r"""url\((["']?)data:[^"')]*\1\)""")
# CSS functions that fetch the strings in them
CSS_FUNCTIONS = {"url", "src", "image", "image-set", "-webkit-image-set"}


# In markup


def by_element(element: etree._Element) -> Iterator[str]:
    """The URLs that the attributes of an element make a browser fetch, as they are written.

    The element is one of a page or of a picture: `<img src="a.png">` gives `a.png`. What stands in
    its styles is left to `by_styles_of`.
    """
    for name, value in element.attrib.items():
        attribute = NAMESPACE_END.split(name)[-1]
        yield from _by_attribute(element, attribute, value)
    if _tag(element) == "meta":
        yield from _by_refresh(element)


def _by_refresh(element: etree._Element) -> Iterator[str]:
    """The page that a `<meta>` leads a browser to; empty where it loads the same page again."""
    directive = element.get("http-equiv") or ""
    if directive.lower() != "refresh":
        return
    content = element.get("content", "")
    match = REFRESH.match(content)
    if match:
        yield match[1].strip()


def _by_attribute(element: etree._Element, attribute: str, value: str) -> Iterator[str]:
    """The URLs that an attribute makes a browser fetch. `attribute` has no namespace."""
    tag = _tag(element)
    if attribute in FETCHING or (tag == "object" and attribute == "data"):
        yield value.strip()
    elif attribute in SOURCE_SETS:
        for source in BETWEEN_SOURCES.split(value):
            if source.strip():
                yield source.split()[0]
    elif attribute == "ping":
        yield from value.split()
    elif attribute == "href" and tag in BY_HREF and not _only_states(element):
        yield value.strip()


def _tag(element: etree._Element) -> str:
    """The name of an element, in lower case, without its namespace."""
    return element.tag.rpartition("}")[2].lower()


def _only_states(element: etree._Element) -> bool:
    """Whether a `<link>` only states where something is, and fetches nothing."""
    text = element.get("rel") or ""
    relations = set(text.lower().split())
    return bool(relations) and relations <= STATING_RELATIONS


# In styles


def by_styles_of(element: etree._Element) -> Iterator[str]:
    """The URLs in the styles of an element.

    They stand in `style=`, in an attribute such as `fill=`, or in the text of `<style>`.
    """
    texts = [value for value in element.attrib.values() if "(" in value]
    if _tag(element) == "style":
        texts.append(element.text or "")
    for text in texts:
        for address, _line in by_styles(text):
            yield address


def by_styles(styles: str) -> Iterator[tuple[str, int]]:
    """The URLs that a style sheet makes a browser fetch, each with its line, from 1.

    They stand in `url()` and its like, and behind `@import`. `styles` may also be the text of
    `style=`, or a single value.
    """
    without_data = DATA_URL.sub("", styles)
    tokens = tinycss2.parse_component_value_list(without_data, skip_comments=True)
    return _addresses(tokens, in_function=False)


def _addresses(
    tokens: Iterable[tinycss2.ast.Node],
    in_function: bool,
) -> Iterator[tuple[str, int]]:
    """The URLs among tokens. `in_function` tells whether a function that fetches holds them."""
    importing = False  # between `@import` and the semicolon
    for token in tokens:
        if token.type == "at-keyword":
            importing = token.lower_value == "import"
        elif token == ";":
            importing = False
        elif token.type == "url" or (token.type == "string" and (in_function or importing)):
            yield token.value, token.source_line
        elif token.type == "function":
            fetches = token.lower_name in CSS_FUNCTIONS
            yield from _addresses(token.arguments, fetches)
        elif token.type.endswith("block"):
            yield from _addresses(token.content, in_function=False)
