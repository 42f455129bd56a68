"""Makes the whole edition as one book, a PDF, from its finished pages. Changes no page and judges
nothing.

Tagged (PDF/UA-1), the same bytes from the same inputs. A book whose inputs did not change since the
last time comes from `.cache/book`.
"""

from __future__ import annotations

import gc
import hashlib
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import lxml.html
from lxml.html import HtmlElement
from lxml.html.builder import CLASS, E

from macros import pieces_of
from macros.facts.model import Imprint, Role
from macros.language.translator import Translator
from macros.layout.picture import outline
from macros.pieces import SHAPES
from roadmap.pdf import book_pages, pdf_fixes, svg_styles
from roadmap.pdf.book_pages import Leaf
from roadmap.pdf.renderer import MAKERS, weasyprint_of
from roadmap.project import mkdocs_config

Say = Callable[[str], None]
STYLES = Path("overrides/assets/styles/book/book.css")
PICTURE_STYLES = Path("../pieces/pictures.css")  # beside them
FONTS = Path("../../fonts")
ORIGINAL = "VALUE Roadmap (2020)"
SIDE = 24  # of the square that a small shape is drawn in
GHOST = 'fill="none" stroke-width="2" stroke-dasharray="4 3"'

LINK = re.compile(r'<a\b[^>]*?\bhref="#([^"]+)"')
UNKNOWN = 100  # as wide as a number of the book will be
TRIES = 6  # layouts until every number stands still


def make(
    edition: Path,
    out: Path,
    translator: Translator,
    say: Say,
    *,
    root: Path,
    imprint: Imprint | None = None,
) -> None:
    """Writes the book of a built edition to `out`. Raises Problems when WeasyPrint cannot load its
    libraries.

    `root` is the folder of the project; `imprint` is what the cover says of the edition, else that
    of English.
    """
    imprint = imprint or pieces_of(root, translator.language)("index.md").imprint
    styles = root / STYLES
    html = document(
        edition, translator, imprint, mkdocs_config.config(root / "mkdocs.yml")["nav"], styles
    )
    kept = root / ".cache" / "book" / translator.language / f"{_hash(html, styles)}.pdf"
    if not kept.exists():
        say(f"Making the book {out.name} …")
        _keep(kept, pressed(html, styles))
    for older in set(kept.parent.iterdir()) - {kept}:
        older.unlink()
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(kept.read_bytes())


def _keep(path: Path, data: bytes) -> None:
    """A build that is stopped leaves no half book behind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(data)
    part.replace(path)


def document(
    edition: Path, translator: Translator, imprint: Imprint, nav: list[Any], styles: Path
) -> str:
    """The book as one HTML document: cover, contents, a section for every page. Its colours are
    those of `styles`.
    """
    colours = svg_styles.colours(styles.read_text(encoding="utf-8"), ":root")
    pictures = (styles.parent / PICTURE_STYLES).read_text(encoding="utf-8")
    paint = partial(svg_styles.paint, styles=pictures, colours=colours)
    leaves = book_pages.leaves(edition, nav, paint)
    home = lxml.html.parse(str(edition / "index.html"))
    title = home.xpath('string(//meta[@property="og:site_name"]/@content)')
    body = E.body(
        cover(title, translator, imprint), contents(leaves, translator), *map(_section, leaves)
    )
    head = E.head(
        E.meta(charset="utf-8"),
        E.title(title),
        E.meta(name="author", content=title),
        E.style("\n".join(_shapes(colours))),
    )
    page = E.html(
        head, body, lang=translator.language, dir="rtl" if translator.right_to_left else "ltr"
    )
    return lxml.html.tostring(page, encoding="unicode", doctype="<!doctype html>")


# Front matter


def cover(title: str, translator: Translator, imprint: Imprint) -> HtmlElement:
    """Title, edition, where it comes from, and the four shapes with what they stand for."""
    subtitle = translator.gettext(
        "How core and assisting practitioners, leaders and facilitators in early childhood centres learn together."
    )
    told = translator.gettext("Retold from the %(original)s") % {"original": ORIGINAL}
    edition = [
        imprint.name,
        translator.gettext("version %(version)s") % {"version": imprint.version},
        imprint.review,
    ]
    shapes = [E.li(_shape(role), E.span(translator.role(role))) for role in SHAPES]
    return E.section(
        CLASS("cover"),
        E.ul(CLASS("four"), *shapes),
        E.p(CLASS("name"), title),
        E.p(CLASS("subtitle"), subtitle),
        E.p(CLASS("imprint"), " · ".join(filter(None, edition))),
        E.p(CLASS("imprint"), told),
        E.p(CLASS("imprint"), imprint.address),
    )


def contents(leaves: list[Leaf], translator: Translator) -> HtmlElement:
    """Every chapter and every page in it; the style sheet adds leaders and the numbers of the
    pages.
    """
    entries = [
        E.li(CLASS(f"level-{leaf.level}"), E.a(leaf.title, href=f"#{leaf.name}"), **leaf.attributes)
        for leaf in leaves
    ]
    return E.section(
        CLASS("contents"), E.h1(translator.gettext("Contents")), E.ul(*entries), id="contents"
    )


def _section(leaf: Leaf) -> HtmlElement:
    section = leaf.body
    section.tag = "section"
    section.attrib.clear()
    section.attrib.update({"id": leaf.name, "class": f"leaf level-{leaf.level}", **leaf.attributes})
    return section


def _shape(role: Role) -> HtmlElement:
    return E.span(CLASS(f"shape {role}"))


def _shapes(colours: dict[str, str]) -> Iterator[str]:
    """Styles that draw the shape of each role, whole or as a ghost."""
    for role in Role:
        colour = f'stroke="{colours[f"--role-{role}"]}"'
        whole = colour.replace("stroke", "fill")
        yield f".shape.{role} {{ background-image: url({_drawn(role, whole)}) }}"
        yield f".shape.{role}.ghost {{ background-image: url({_drawn(role, f'{GHOST} {colour}')}) }}"


def _drawn(role: Role, paint: str) -> str:
    path = outline(role, SIDE / 2, SIDE / 2, SIDE - 2)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}"><path {paint} d="{path}"/></svg>'
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


# The press


def pressed(html: str, styles: Path) -> bytes:
    """The PDF of a document, made afresh. Raises Problems when WeasyPrint cannot load its
    libraries.
    """
    weasyprint, config = weasyprint_of()
    options = {
        "stylesheets": [weasyprint.CSS(filename=styles, font_config=config)],
        "pdf_variant": "pdf/ua-1",
    }
    numbers: dict[str, int] = {}
    with _in_one_go():
        for _ in range(TRIES):
            laid_out = weasyprint.HTML(string=_numbered(html, numbers)).render(
                font_config=config, **options
            )
            found = _pages_of(laid_out)
            if found == numbers:
                break
            numbers = found
        data = laid_out.write_pdf(**options)
    return pdf_fixes.repaired(data)


def _pages_of(laid_out: Any) -> dict[str, int]:
    """The page on which each id begins: what runs over several pages is an anchor on each of
    them.
    """
    found: dict[str, int] = {}
    for number, page in enumerate(laid_out.pages, start=1):
        for name in page.anchors:
            found.setdefault(name, number)
    return found


def _numbered(html: str, numbers: Mapping[str, int]) -> str:
    """The document with the number of its page at each link within the book.

    WeasyPrint's own page references can stop one page short of the truth when they move what they
    count.
    """
    return LINK.sub(lambda link: f'{link[0]} data-page="{numbers.get(link[1], UNKNOWN)}"', html)


@contextmanager
def _in_one_go() -> Iterator[None]:
    """No pauses to look for spare memory: a book is made of millions of small things, and all of
    them are needed.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _hash(html: str, styles: Path) -> str:
    """All that goes into a book."""
    letters = sorted((styles.parent / FONTS).glob("*.woff2"))
    made_by = [f"{name} {version(name)}" for name in MAKERS]
    files = (styles, Path(__file__), Path(pdf_fixes.__file__), *letters)
    inputs = (html, [path.read_bytes() for path in files], made_by)
    return hashlib.sha256(repr(inputs).encode()).hexdigest()[:32]
