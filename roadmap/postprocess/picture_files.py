"""Writes the pictures of pages as SVG files that stand by themselves, to be downloaded."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path
from posixpath import dirname, join, normpath

from lxml import etree

from macros.typesetting import subset
from macros.typesetting.fonts import BOLD, FAMILY, REGULAR, UPRIGHT, Face, Script, script_of
from macros.typesetting.subset import Fonts
from roadmap.postprocess.built_edition import BuiltEdition, BuiltPage

STYLE_SHEET = "assets/styles/pieces/pictures.css"
MARKER = "data-picture-svg"  # on the picture in a page
UNUSED_CSS = re.compile(r"/\*.*?\*/|\s+(?=[\s{}])", re.DOTALL)  # comments, needless space
ENGLISH = re.compile(r'<article [^>]*\blang="en"')  # a page that an edition has not translated


def write_picture_files(edition: BuiltEdition) -> None:
    """Writes each picture that has a download link, once.

    The pages in the edition's own language come first: what they show counts.
    """
    styles = styles_in(edition.folder)
    written: set[str] = set()
    pages = edition.pages.values()
    for page in sorted(pages, key=lambda page: page.derive(is_in_english)):
        for path, markup, direction in page.derive(pictures_of):
            if path in written:
                continue
            written.add(path)
            target = edition.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(standalone(markup, styles, direction, edition.fonts))


def is_in_english(page: BuiltPage) -> bool:
    """Whether it is a page that the edition has not translated."""
    return ENGLISH.search(page.html) is not None


def pictures_of(page: BuiltPage) -> list[tuple[str, str, str]]:
    """The pictures that a page offers to download: the path of each below the edition, its SVG, and
    its direction.
    """
    if "data-picture" not in page.html:
        return []
    found = []
    for link in page.tree.xpath("//a[@data-picture]"):
        path = normpath(join(dirname(page.path), link.get("href")))
        picture = page.tree.xpath("//*[@id=$id]", id=link.get("data-picture"))[0]
        svg = picture.find(".//svg")
        directions = svg.xpath("ancestor::*[@dir][1]/@dir") or ["ltr"]
        found.append((path, _markup(svg), directions[0]))
    return found


def _markup(svg: etree._Element) -> str:
    """A picture as SVG writes it."""
    markup = etree.tostring(svg, encoding="unicode", with_tail=False)
    markup = re.sub(rf' {MARKER}="[^"]*"', "", markup, count=1)
    # the HTML parser lower-cases names that SVG writes in mixed case
    return markup.replace("viewbox=", "viewBox=")


def standalone(markup: str, styles: str, direction: str, fonts: Fonts = subset) -> bytes:
    """An SVG file with the styles and the letters that the picture needs inside.

    `fonts` cuts its fonts.
    """
    faces = _faces(_code_points(markup), fonts)
    opening, rest = markup.split(">", 1)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'{opening} direction="{direction}"><style>{faces}{styles}</style>{rest}\n'
    ).encode()


def _faces(letters: list[int], fonts: Fonts) -> str:
    """@font-face rules for these code points: the bundled font, then that of each script."""
    scripts: dict[Script, None] = {}
    for letter in letters:
        if script := script_of(chr(letter)):
            scripts[script] = None
    rules = []
    for weight in (REGULAR, BOLD):
        font = fonts.picture_font(Face(UPRIGHT, weight), letters)
        rules.append(_font_face(font, weight))
    for script in scripts:
        own = [letter for letter in letters if script.has(chr(letter))]
        ranges = subset.unicode_range(script.ranges)
        for weight in (REGULAR, BOLD):
            font = fonts.picture_font(script.face(weight), own)
            rules.append(_font_face(font, weight, f";unicode-range:{ranges}"))
    return "".join(rules)


def _code_points(markup: str) -> list[int]:
    """The letters in a picture, and the space, sorted."""
    found = {ord(" ")}
    for text in etree.fromstring(markup).itertext():
        found.update(ord(letter) for letter in text if not letter.isspace())
    return sorted(found)


def _font_face(font: bytes, weight: int, more: str = "") -> str:
    """A `@font-face` rule with a font in it. `more` are further declarations."""
    data = b64encode(font).decode()
    return (
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};"
        f"src:url(data:font/woff;base64,{data}){more}}}"
    )


def styles_in(folder: Path) -> str:
    """The style sheet of the pictures, on as few lines as it can be read."""
    path = folder / STYLE_SHEET
    if not path.exists():
        return ""
    return UNUSED_CSS.sub("", path.read_text(encoding="utf-8"))
