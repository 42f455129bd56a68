"""Looks after the built pages: writes each picture as a file, mends what the theme gets wrong.
Judges nothing.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from pathlib import Path

import lxml.html
from lxml import etree

from macros.typesetting import subset
from macros.typesetting.fonts import BOLD, FAMILY, REGULAR, UPRIGHT, Script, script_of

SVG = "{http://www.w3.org/2000/svg}"
ALIGNED = re.compile(r'(<t[hd]) style="text-align: (left|center|right);"')
SIDES = {"left": "start", "center": "centre", "right": "end"}
ENGLISH = re.compile(r'<article [^>]*\blang="en"')  # a page that an edition has not translated


def finish(edition: Path) -> None:
    """Mends the pages of a built edition in place and adds its picture files."""
    pages = {
        path: mend(path.read_text(encoding="utf-8")) for path in sorted(edition.rglob("*.html"))
    }
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
    for path in sorted(
        pages, key=lambda path: bool(ENGLISH.search(pages[path]))
    ):  # the edition's own language first
        pictures(path, pages[path])
    for spare in (
        *edition.rglob("*.map"),
        *edition.glob("sitemap.xml*"),
    ):  # one sitemap stands over all editions
        spare.unlink()


def mend(html: str) -> str:
    """What the theme gets wrong for assistive technology and for valid HTML."""
    html = re.sub(r'(<input [^>]*\bdata-md-toggle="[^>]*?) autocomplete="off"', r"\1", html)
    html = re.sub(
        r'\s*<input [^>]*\bdata-md-toggle="search"[^>]*>', "", html
    )  # our search is a window
    html = html.replace(' tabindex=""', ' tabindex="0"')
    html = ALIGNED.sub(lambda cell: f'{cell[1]} class="at-{SIDES[cell[2]]}"', html)
    if '<body dir="rtl"' in html:
        html = html.replace("<html ", '<html dir="rtl" ', 1)
    return html


# Pictures as files


def pictures(page: Path, html: str) -> None:
    """Writes the pictures of a page that have a download link, each as a file that stands by
    itself.
    """
    if "data-picture" not in html:
        return
    tree = lxml.html.fromstring(html)
    for link in tree.xpath("//a[@data-picture]"):
        target = (page.parent / link.get("href")).resolve()
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            svg = tree.get_element_by_id(link.get("data-picture")).find(".//svg")
            svg.attrib.pop("data-picture-svg", None)
            direction = (svg.xpath("ancestor::*[@dir][1]/@dir") or ["ltr"])[0]
            target.write_bytes(standalone(svg, _styles(page), direction))


def standalone(svg: etree._Element, styles: str, direction: str) -> bytes:
    """A picture with its styles and the letters it needs inside."""
    markup = etree.tostring(svg, encoding="unicode", with_tail=False)
    # the HTML parser lower-cases names that SVG writes in mixed case
    markup = markup.replace("viewbox=", "viewBox=")
    letters = sorted({ord(c) for c in "".join(svg.itertext()) if not c.isspace()} | {0x20})
    scripts = dict.fromkeys(script for letter in letters if (script := script_of(chr(letter))))
    faces = "".join(_face(weight, tuple(letters)) for weight in (REGULAR, BOLD))
    faces += "".join(
        _own_face(script, weight, tuple(letters))
        for script in scripts
        for weight in (REGULAR, BOLD)
    )
    style = f"<style>{faces}{styles}</style>"
    opening = markup.index(">")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        + markup[:opening]
        + f' direction="{direction}">'
        + style
        + markup[opening + 1 :]
        + "\n"
    ).encode()


@cache
def _face(weight: int, letters: tuple[int, ...]) -> str:
    return _declared(subset.cut(UPRIGHT, weight, list(letters)), weight)


@cache
def _own_face(script: Script, weight: int, letters: tuple[int, ...]) -> str:
    """The letters of a script that the bundled font lacks; they join its family."""
    own = [letter for letter in letters if script.has(chr(letter))]
    letters_of_script = f";unicode-range:{subset.unicode_range(script.ranges)}"
    return _declared(subset.own_cut(script, weight, own), weight, letters_of_script)


def _declared(font: bytes, weight: int, more: str = "") -> str:
    data = b64encode(font).decode()
    return f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};src:url(data:font/woff2;base64,{data}){more}}}"


def _styles(page: Path) -> str:
    """The style sheet of the pictures, from the edition that the page belongs to."""
    for folder in page.parents:
        sheet = folder / "assets" / "styles" / "pieces" / "pictures.css"
        if sheet.exists():
            return re.sub(
                r"/\*.*?\*/|\s+(?=[\s{}])", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL
            )
    return ""
