"""What search knows of an edition: the headings and the prose of its pages, in one file for folder
and server.

The theme writes every text of a page into its index, also sources, pictures, sheets' feet and links
to other pages, and that twice. Here it keeps what a reader may look for. What the theme says of
each heading stays as it is.
"""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import Any

import lxml.html
from lxml import etree

from roadmap.project import class_names

FOLDER, SCRIPT = "search", "search_index.js"
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


def lean(edition: Path) -> None:
    """Writes the index of a built edition anew, as a script, and takes the theme's own away."""
    theirs = edition / FOLDER / "search_index.json"
    index = json.loads(theirs.read_text(encoding="utf-8"))
    known = {name: texts(edition / name) for name in dict.fromkeys(map(_page, index["docs"]))}
    index["docs"] = [
        {key: doc[key] for key in doc if key != "tags" or not place}
        | {"text": escape(known[_page(doc)][place], quote=False)}
        for doc in index["docs"]
        if (place := doc["location"].partition("#")[2]) in known[_page(doc)]
    ]
    written = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (edition / FOLDER / SCRIPT).write_text(f"var __index={written}", encoding="utf-8")
    theirs.unlink()


def _page(doc: dict[str, Any]) -> str:
    return doc["location"].partition("#")[0]


def texts(page: Path) -> dict[str, str]:
    """The prose of a page below each of its headings, by the id of the heading; the first is ""."""
    found: dict[str, list[str]] = {"": []}
    here = found[""]
    tree = lxml.html.document_fromstring(page.read_text(encoding="utf-8"))
    walk = etree.iterwalk(tree.find(".//article"), events=("start", "end", "comment"))
    for event, element in walk:
        space = "" if element.tag in INLINE else " "
        if event == "end":
            here += [space, element.tail or ""]
        elif event == "comment":
            here.append(element.tail or "")
        elif element.tag in HEADINGS and (name := element.get("id")):
            here = found.setdefault("" if element.tag == "h1" else name, [])
            walk.skip_subtree()
        elif element.tag in SILENT or _is_excluded(element):
            walk.skip_subtree()
        else:
            here += [space, element.text or ""]
    return {name: re.sub(r"\s+", " ", "".join(parts)).strip() for name, parts in found.items()}


def _is_excluded(element: lxml.html.HtmlElement) -> bool:
    return EXCLUDED in element.attrib or not element.classes.isdisjoint(class_names.LINKS)
