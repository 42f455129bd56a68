"""What a page, a picture or a style sheet makes a browser fetch, all by itself. Fetches and judges
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import tinycss2
from lxml import etree

ALWAYS = {"src", "poster", "background"}
SEVERAL = {"srcset", "imagesrcset"}
BY_HREF = {"link", "script", "use", "image", "feimage"}
NAMED_ONLY = {"canonical", "alternate", "author", "license"}  # links that tell and fetch nothing
REFRESH = re.compile(r"\s*[\d.]*\s*[;,]?\s*(?:url\s*=)?\s*[\"']?([^\"']*)", re.IGNORECASE)
IN_STYLES = {"url", "src", "image", "image-set", "-webkit-image-set"}


def by_element(element: etree._Element) -> Iterator[str]:
    """Addresses that an element of a page or of a picture fetches."""
    tag = _tag(element)
    for name, value in element.attrib.items():
        attribute = re.split("[:}]", name)[-1]  # xlink:href is written in two ways
        if attribute in ALWAYS or (tag, attribute) == ("object", "data"):
            yield value.strip()
        elif attribute in SEVERAL:
            yield from (one.split()[0] for one in re.split(r",\s+", value) if one.strip())
        elif attribute == "ping":
            yield from value.split()
        elif attribute == "href" and tag in BY_HREF and not _only_names(element):
            yield value.strip()
    if tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
        yield REFRESH.match(element.get("content", "")).group(1).strip()


def _tag(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower()


def _only_names(element: etree._Element) -> bool:
    relations = set((element.get("rel") or "").lower().split())
    return bool(relations) and relations <= NAMED_ONLY


def by_styles_of(element: etree._Element) -> Iterator[str]:
    """Addresses in the styles of an element: `style=`, an attribute such as `fill=`, or the text of
    `<style>`.
    """
    texts = [value for value in element.attrib.values() if "(" in value]
    if _tag(element) == "style":
        texts.append(element.text or "")
    for text in texts:
        yield from (address for address, _ in by_styles(text))


def by_styles(styles: str) -> Iterator[tuple[str, int]]:
    """Addresses that a style sheet fetches, each with its line."""
    return _addresses(
        tinycss2.parse_component_value_list(styles, skip_comments=True), fetching=False
    )


def _addresses(tokens: Iterable[tinycss2.ast.Node], fetching: bool) -> Iterator[tuple[str, int]]:
    importing = False
    for token in tokens:
        if token.type == "at-keyword":
            importing = token.lower_value == "import"
        elif token == ";":
            importing = False
        elif token.type == "url" or (token.type == "string" and (fetching or importing)):
            yield token.value, token.source_line
        elif token.type == "function":
            yield from _addresses(token.arguments, token.lower_name in IN_STYLES)
        elif token.type.endswith("block"):
            yield from _addresses(token.content, fetching=False)
