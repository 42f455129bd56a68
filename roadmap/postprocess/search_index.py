"""The search index: the headings and the prose of the pages, in one file for folder and server.

The theme writes every text of a page into its index, also sources, pictures, feet of worksheets and
links to other pages, and that twice. Here it keeps what a reader may look for. What the theme says
of each heading stays as it is.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from roadmap.postprocess.built_edition import BuiltEdition
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


def rebuild_index(edition: BuiltEdition) -> None:
    """Writes the index of an edition anew, as a script, and removes the theme's own."""
    theme_index = edition.folder / FOLDER / "search_index.json"
    index = json.loads(theme_index.read_text(encoding="utf-8"))
    index["docs"] = _entries(edition, index["docs"])
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    script = edition.folder / FOLDER / SCRIPT
    script.write_text(f"var __index={text}", encoding="utf-8")
    theme_index.unlink()


def _entries(edition: BuiltEdition, docs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries of the theme's index, each with its prose; without those that have none."""
    prose_by_page: dict[str, dict[str, str]] = {}
    entries = []
    for doc in docs:
        path, _, heading = doc["location"].partition("#")
        if path not in prose_by_page:
            page = edition.pages[path]
            prose_by_page[path] = prose_of(page.tree)
        prose = prose_by_page[path]
        if heading in prose:
            entries.append(_entry(doc, heading, prose[heading]))
    return entries


def _entry(doc: dict[str, Any], heading: str, text: str) -> dict[str, Any]:
    """An entry of the index with another text. Tags belong to a page, not to its headings."""
    entry = {key: value for key, value in doc.items() if key != "tags" or not heading}
    entry["text"] = escape(text, quote=False)
    return entry


def prose_of(tree: HtmlElement) -> dict[str, str]:
    """The prose of a page below each of its headings, by the id of the heading; the first is ""."""
    found: dict[str, list[str]] = {"": []}
    current = found[""]
    walk = etree.iterwalk(tree.find(".//article"), events=("start", "end", "comment"))
    for event, element in walk:
        if event == "comment":
            current.append(element.tail or "")
            continue
        space = "" if element.tag in INLINE else " "
        if event == "end":
            current += [space, element.tail or ""]
        elif element.tag in HEADINGS and element.get("id"):
            name = "" if element.tag == "h1" else element.get("id")
            current = found.setdefault(name, [])
            walk.skip_subtree()
        elif element.tag in SILENT or _is_excluded(element):
            walk.skip_subtree()
        else:
            current += [space, element.text or ""]
    return {name: re.sub(r"\s+", " ", "".join(parts)).strip() for name, parts in found.items()}


def _is_excluded(element: HtmlElement) -> bool:
    """Whether a template, or an author by a class, leaves an element out of the index."""
    if EXCLUDED in element.attrib:
        return True
    return not element.classes.isdisjoint(class_names.LINKS)
