"""Writes the pictures of pages as SVG files that stand by themselves, to be downloaded."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from pathlib import Path

from lxml import etree

from macros.typesetting import subset
from macros.typesetting.fonts import BOLD, FAMILY, REGULAR, UPRIGHT, Script, script_of
from roadmap.postprocess.built_edition import BuiltEdition, BuiltPage

STYLE_SHEET = "assets/styles/pieces/pictures.css"
MARKER = "data-picture-svg"  # on the picture in a page
UNUSED_CSS = re.compile(r"/\*.*?\*/|\s+(?=[\s{}])", re.DOTALL)  # comments, needless space
ENGLISH = re.compile(r'<article [^>]*\blang="en"')  # a page that an edition has not translated


def write_picture_files(edition: BuiltEdition) -> None:
    """Writes each picture that has a download link, once.

    The pages in the edition's own language come first: what they show counts.
    """
    styles = _styles(edition.folder)
    pages = edition.pages.values()
    for page in sorted(pages, key=lambda page: bool(ENGLISH.search(page.html))):
        if "data-picture" in page.html:
            _write_pictures(edition.folder, page, styles)


def _write_pictures(folder: Path, page: BuiltPage, styles: str) -> None:
    """Writes the pictures of a page that have not been written yet."""
    tree = page.tree
    page_folder = (folder / page.path).parent
    for link in tree.xpath("//a[@data-picture]"):
        target = page_folder / link.get("href")
        target = target.resolve()
        if target.exists():
            continue
        picture = tree.get_element_by_id(link.get("data-picture"))
        svg = picture.find(".//svg")
        directions = svg.xpath("ancestor::*[@dir][1]/@dir") or ["ltr"]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(standalone(svg, styles, directions[0]))


def standalone(svg: etree._Element, styles: str, direction: str) -> bytes:
    """An SVG file with the styles and the letters that the picture needs inside."""
    markup = etree.tostring(svg, encoding="unicode", with_tail=False)
    markup = re.sub(rf' {MARKER}="[^"]*"', "", markup, count=1)
    # the HTML parser lower-cases names that SVG writes in mixed case
    markup = markup.replace("viewbox=", "viewBox=")
    faces = _faces(_code_points(svg))
    opening, rest = markup.split(">", 1)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'{opening} direction="{direction}"><style>{faces}{styles}</style>{rest}\n'
    ).encode()


def _code_points(svg: etree._Element) -> tuple[int, ...]:
    """The letters in a picture, and the space, sorted."""
    found = {ord(" ")}
    for text in svg.itertext():
        for character in text:
            if not character.isspace():
                found.add(ord(character))
    return tuple(sorted(found))


def _faces(letters: tuple[int, ...]) -> str:
    """@font-face rules for these code points: the bundled font, then that of each script."""
    scripts: dict[Script, None] = {}
    for letter in letters:
        if script := script_of(chr(letter)):
            scripts[script] = None
    faces = [_face(weight, letters) for weight in (REGULAR, BOLD)]
    for script in scripts:
        for weight in (REGULAR, BOLD):
            faces.append(_face_of_script(script, weight, letters))
    return "".join(faces)


@cache
def _face(weight: int, letters: tuple[int, ...]) -> str:
    """The letters that the bundled font has."""
    font = subset.cut(UPRIGHT, weight, list(letters))
    return _font_face(font, weight)


@cache
def _face_of_script(script: Script, weight: int, letters: tuple[int, ...]) -> str:
    """The letters of a script that the bundled font lacks; they join its family."""
    own = [letter for letter in letters if script.has(chr(letter))]
    font = subset.own_cut(script, weight, own)
    ranges = subset.unicode_range(script.ranges)
    return _font_face(font, weight, f";unicode-range:{ranges}")


def _font_face(font: bytes, weight: int, more: str = "") -> str:
    """A `@font-face` rule with a font in it. `more` are further declarations."""
    data = b64encode(font).decode()
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{data}){more}}}"
    )


def _styles(folder: Path) -> str:
    """The style sheet of the pictures, on as few lines as it can be read."""
    path = folder / STYLE_SHEET
    if not path.exists():
        return ""
    return UNUSED_CSS.sub("", path.read_text(encoding="utf-8"))
