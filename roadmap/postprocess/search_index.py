"""The search index: the headings and the prose of the pages, in one file for folder and server.

It holds what a reader may look for: no sources, pictures, feet of worksheets or links to other
pages, which the index of the theme has, and that twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

from lxml import etree

from roadmap.postprocess.built_edition import NOT_FOUND, BuiltEdition, BuiltPage
from roadmap.project import class_names

FOLDER = "search"
SCRIPT = "search_index.js"
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
INLINE = {
    "a",
    "abbr",
    "b",
    "cite",
    "code",
    "dfn",
    "em",
    "i",
    "kbd",
    "q",
    "span",
    "strong",
    "sub",
    "sup",
}
SILENT = {"button", "script", "style", "svg", "template"}
EXCLUDED = "data-search-exclude"  # on what repeats the prose, names its sources or leads elsewhere


def write_index(
    edition: BuiltEdition, config: Mapping[str, Any], tags: Mapping[str, list[str]]
) -> None:
    """Writes the index of an edition as a script; see `index_of`."""
    script = edition.folder / FOLDER / SCRIPT
    script.parent.mkdir(exist_ok=True)
    script.write_text(index_of(edition, config, tags), encoding="utf-8", newline="\n")


def index_of(
    edition: BuiltEdition, config: Mapping[str, Any], tags: Mapping[str, list[str]]
) -> str:
    """The index of an edition as a script.

    `config` is how search tells words apart and weighs them; `tags` are further words for a page,
    by its path below the edition.
    """
    docs = []
    for page in edition.pages.values():
        if page.path == NOT_FOUND:
            continue
        for heading, title, text in page.derive(prose_of):
            docs.append(_entry(page.path, heading, title, text, tags.get(page.path, [])))
    index = {"config": config, "docs": docs}
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    return f"var __index={text}"


def _entry(path: str, heading: str, title: str, text: str, tags: list[str]) -> dict[str, Any]:
    """An entry of the index. Tags belong to a page, not to its headings."""
    entry: dict[str, Any] = {
        "location": f"{path}#{heading}" if heading else path,
        "title": escape(title, quote=False),
        "text": escape(text, quote=False),
    }
    if tags and not heading:
        entry["tags"] = tags
    return entry


def prose_of(page: BuiltPage) -> list[tuple[str, str, str]]:
    """The id of each heading, its title, and the prose below it.

    The id is empty for the title of the page; what stands above that belongs to it.
    """
    found: dict[str, tuple[str, list[str]]] = {"": ("", [])}
    current = found[""][1]
    walk = etree.iterwalk(page.tree.find(".//article"), events=("start", "end", "comment"))
    for event, element in walk:
        if event == "comment":
            current.append(element.tail or "")
            continue
        space = "" if element.tag in INLINE else " "
        if event == "end":
            current += [space, element.tail or ""]
        elif element.tag in HEADINGS and element.get("id"):
            id = "" if element.tag == "h1" else element.get("id")
            title = _plain(element.xpath("string()"))
            if id in found:
                found[id] = (title, found[id][1])
            current = found.setdefault(id, (title, []))[1]
            walk.skip_subtree()
        elif element.tag in SILENT or _is_excluded(element):
            walk.skip_subtree()
        else:
            current += [space, element.text or ""]
    return [(id, title, _plain("".join(parts))) for id, (title, parts) in found.items()]


def _plain(text: str) -> str:
    """A text with one space for several."""
    return re.sub(r"\s+", " ", text).strip()


def _is_excluded(element: etree._Element) -> bool:
    """Whether a template, or an author by a class, leaves an element out of the index."""
    if EXCLUDED in element.attrib:
        return True
    return not class_names.classes_of(element).isdisjoint(class_names.LINKS)
