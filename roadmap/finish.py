"""Looks after the built pages: writes each picture as a file, mends what the theme gets wrong. Judges nothing."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from pathlib import Path

import lxml.html
from lxml import etree

from macros.fonts import BOLD, FAMILY, REGULAR, UPRIGHT
from roadmap import fonts

SVG = "{http://www.w3.org/2000/svg}"


def finish(edition: Path) -> None:
    """Mends the pages of a built edition in place and adds its picture files."""
    for path in sorted(edition.rglob("*.html")):
        text = mend(path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
        pictures(path, text)
    for script in sorted(edition.glob("assets/javascripts/bundle.*.js")):
        script.write_text(without_other_hosts(script.read_text(encoding="utf-8")), encoding="utf-8")
    for spare in sorted(edition.rglob("*.map")):
        spare.unlink()


def mend(html: str) -> str:
    """What the theme gets wrong for assistive technology and for valid HTML."""
    html = re.sub(r'(<input class="md-toggle"[^>]*?) autocomplete="off"', r"\1", html)
    html = html.replace(' tabindex=""', ' tabindex="0"')
    if 'id="__toc"' not in html:
        label = re.compile(r'<label class="md-nav__title" for="__toc">(.*?)</label>', re.DOTALL)
        html = label.sub(r'<div class="md-nav__title">\1</div>', html)
    return html


def without_other_hosts(script: str) -> str:
    """The theme's script without the addresses it would fetch optional parts from. We use none of those parts."""
    return re.sub(r"https://(?:unpkg\.com|api\.github\.com|gitlab\.com)/", "about:blank#", script)


# Pictures as files


def pictures(page: Path, html: str) -> None:
    """Writes the pictures of a page that have a download link, each as a file that stands by itself."""
    if "data-picture" not in html:
        return
    tree = lxml.html.fromstring(html)
    for link in tree.xpath("//a[@data-picture]"):
        target = (page.parent / link.get("href")).resolve()
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            svg = tree.get_element_by_id(link.get("data-picture")).find(".//svg")
            direction = tree.get("dir") or "ltr"
            target.write_bytes(standalone(svg, _styles(page), direction))


def standalone(svg: etree._Element, styles: str, direction: str) -> bytes:
    """A picture with its styles and the letters it needs inside."""
    markup = etree.tostring(svg, encoding="unicode", with_tail=False)
    # the HTML parser lower-cases names that SVG writes in mixed case
    markup = markup.replace("viewbox=", "viewBox=")
    letters = sorted({ord(c) for c in "".join(svg.itertext()) if not c.isspace()} | {0x20})
    faces = "".join(_face(weight, tuple(letters)) for weight in (REGULAR, BOLD))
    style = f"<style>{faces}{styles}</style>"
    opening = markup.index(">")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        + markup[:opening] + f' direction="{direction}">' + style + markup[opening + 1 :] + "\n"
    ).encode()


@cache
def _face(weight: int, letters: tuple[int, ...]) -> str:
    font = b64encode(fonts.cut(UPRIGHT, weight, list(letters), flavor="woff2")).decode()
    return f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};src:url(data:font/woff2;base64,{font})}}"


def _styles(page: Path) -> str:
    """The style sheet of the pictures, from the edition that the page belongs to."""
    for folder in page.parents:
        sheet = folder / "assets" / "styles" / "pictures.css"
        if sheet.exists():
            return re.sub(r"/\*.*?\*/|\s+(?=[\s{}])", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    return ""
