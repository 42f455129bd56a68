"""Renders a whole edition as one book, a PDF, from its finished pages.

Tagged (PDF/UA-1), the same bytes from the same inputs. A book whose inputs did not change since the
last time comes from `.cache/book`. Changes no page of the site.
"""

from __future__ import annotations

import gc
import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import lxml.html
from lxml.html import HtmlElement
from lxml.html.builder import CLASS, E

from macros.facts.model import Imprint, Role
from macros.language.translator import Translator
from macros.layout.picture import outline
from macros.pieces import SHAPES
from roadmap.pdf import book_pages, pdf_fixes, svg_styles
from roadmap.pdf.book_pages import BookPage
from roadmap.pdf.renderer import load_weasyprint
from roadmap.project.addresses import TAGLINE
from roadmap.project.cache import ValueCache, code_of, packages
from roadmap.project.project import Edition

Say = Callable[[str], None]

# The style sheet of the book, below the root of the project
STYLES = Path("overrides/assets/styles/book/book.css")
# Files that it goes with, from its folder
PICTURE_STYLES = Path("../pieces/pictures.css")
FONTS = Path("../../fonts")

ORIGINAL = "VALUE Roadmap (2020)"

# Units of the square that the shape of a role is drawn in
SIDE = 24
# The shape of a role that is only planned: its outline, dashed
GHOST = 'fill="none" stroke-width="2" stroke-dasharray="4 3"'

# A link to a place in the book, up to the end of its address
LINK = re.compile(r'<a\b[^>]*?\bhref="#([^"]+)"')
# A page number that is not known yet: as wide as those of the book will be
UNKNOWN = 100
# Layouts at most, until every page number stands still
TRIES = 6


def write_book(edition: Edition, site_pages: Mapping[str, str], out: Path, say: Say) -> None:
    """Writes the book of an edition to `out`. `site_pages`: path below the edition → HTML.

    A book that was made before from the same values comes from `.cache/book`. Raises Problems when
    WeasyPrint cannot load its libraries.
    """
    project = edition.project
    styles = project.root / STYLES
    html = document(
        site_pages,
        edition.translator,
        edition.pieces("index.md").imprint,
        project.nav,
        styles,
    )
    values = (html, _file_hashes(styles), packages(), code_of("roadmap/pdf"))

    def render_and_say() -> bytes:
        """Called where the cache has no such book."""
        say(f"Making the book {out.name} …")
        return render(html, styles)

    cache = ValueCache(project.root / ".cache" / "book" / edition.code, ".pdf")
    data = cache.get(render_and_say, *values)
    cache.tidy()
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(data)


def _file_hashes(styles: Path) -> list[str]:
    """A hash of each file that WeasyPrint reads for the book: styles, and the fonts they name."""
    fonts = styles.parent / FONTS
    files = [styles, *sorted(fonts.glob("*.woff2"))]
    hashes = []
    for path in files:
        digest = sha256(path.read_bytes())
        hashes.append(digest.hexdigest())
    return hashes


# The document


def document(
    site_pages: Mapping[str, str],
    translator: Translator,
    imprint: Imprint,
    nav: list[Any],
    styles: Path,
) -> str:
    """The book as one HTML document: cover, contents, a section for every page.

    `site_pages`: path below the edition → HTML; `nav` is the navigation of MkDocs; `styles` is the
    path of book.css, whose colours the pictures get.
    """
    colours = svg_styles.colours(styles.read_text(encoding="utf-8"), ":root")
    picture_styles = (styles.parent / PICTURE_STYLES).read_text(encoding="utf-8")
    inline_css = partial(
        svg_styles.inline_css,
        styles=picture_styles,
        colours=colours,
    )
    pages = book_pages.book_pages(site_pages, nav, inline_css)
    title = _title(site_pages["index.html"])
    body = E.body(
        cover(title, translator, imprint),
        contents(pages, translator),
        *map(_section, pages),
    )
    direction = "ltr"
    if translator.right_to_left:
        direction = "rtl"
    page = E.html(
        _head(title, colours),
        body,
        lang=translator.language,
        dir=direction,
    )
    return lxml.html.tostring(
        page,
        encoding="unicode",
        doctype="<!doctype html>",
    )


def _head(title: str, colours: Mapping[str, str]) -> HtmlElement:
    """Title and author, which become those of the PDF, and the styles of the shapes."""
    shape_styles = "\n".join(_shape_styles(colours))
    return E.head(
        E.meta(charset="utf-8"),
        E.title(title),
        E.meta(name="author", content=title),
        E.style(shape_styles),
    )


def _title(home_page: str) -> str:
    """The title of the edition, as its home page names it."""
    tree = lxml.html.document_fromstring(home_page)
    return tree.xpath('string(//meta[@property="og:site_name"]/@content)')


def cover(title: str, translator: Translator, imprint: Imprint) -> HtmlElement:
    """Title, edition, where it comes from, and the four shapes with what they stand for."""
    subtitle = translator.gettext(TAGLINE)
    origin = translator.gettext("Retold from the %(original)s") % {"original": ORIGINAL}
    version = translator.gettext("version %(version)s") % {"version": imprint.version}
    edition = filter(None, (imprint.name, version, imprint.review))
    lines = [translator.strip_marks(" · ".join(edition)), origin]
    if imprint.address:
        lines.append(imprint.address)
    return E.section(
        CLASS("cover"),
        _role_list(translator),
        E.p(CLASS("name"), title),
        E.p(CLASS("subtitle"), subtitle),
        *(E.p(CLASS("imprint"), line) for line in lines),
    )


def _role_list(translator: Translator) -> HtmlElement:
    """The shape of each role with its name."""
    items = []
    for role in SHAPES:
        shape = E.span(CLASS(f"shape {role}"))
        label = E.span(translator.role(role))
        items.append(E.li(shape, label))
    return E.ul(CLASS("four"), *items)


def contents(pages: list[BookPage], translator: Translator) -> HtmlElement:
    """Every chapter and every page in it.

    The style sheet adds leaders and the numbers of the pages.
    """
    entries = []
    for page in pages:
        link = E.a(page.title, href=f"#{page.name}")
        level = CLASS(f"level-{page.level}")
        entries.append(E.li(level, link, **page.attributes))
    heading = E.h1(translator.gettext("Contents"))
    return E.section(
        CLASS("contents"),
        heading,
        E.ul(*entries),
        id="contents",
    )


def _section(page: BookPage) -> HtmlElement:
    """The body of a page as a section with its name, its level and its attributes."""
    section = page.body
    section.tag = "section"
    section.attrib.clear()
    section.set("id", page.name)
    section.set("class", f"leaf level-{page.level}")
    section.attrib.update(page.attributes)
    return section


# The shapes of the roles


def _shape_styles(colours: Mapping[str, str]) -> Iterator[str]:
    """CSS rules that draw the shape of each role, whole or as a ghost."""
    for role in Role:
        colour = colours[f"--role-{role}"]
        whole = _shape_url(role, f'fill="{colour}"')
        ghost = _shape_url(role, f'{GHOST} stroke="{colour}"')
        yield f".shape.{role} {{ background-image: url({whole}) }}"
        yield f".shape.{role}.ghost {{ background-image: url({ghost}) }}"


def _shape_url(role: Role, paint: str) -> str:
    """The shape of a role as a `data:` URL of SVG. `paint` are the attributes of its path."""
    middle = SIDE / 2
    path = outline(role, middle, middle, SIDE - 2)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">'
        f'<path {paint} d="{path}"/></svg>'
    )
    encoded = b64encode(svg.encode()).decode()
    return f"data:image/svg+xml;base64,{encoded}"


# Rendering


def render(html: str, styles: Path) -> bytes:
    """The PDF of a document, rendered afresh. `styles` is the path of book.css.

    The document is laid out again until the page numbers in it are those of its pages. Raises
    Problems when WeasyPrint cannot load its libraries.
    """
    weasyprint, config = load_weasyprint()
    style_sheet = weasyprint.CSS(filename=styles, font_config=config)
    options = {"stylesheets": [style_sheet], "pdf_variant": "pdf/ua-1"}
    numbers: dict[str, int] = {}
    with _without_garbage_collection():
        for _ in range(TRIES):
            numbered = weasyprint.HTML(string=_with_page_numbers(html, numbers))
            layout = numbered.render(font_config=config, **options)
            found = _page_numbers(layout)
            if found == numbers:
                break
            numbers = found
        data = layout.write_pdf(**options)
    return pdf_fixes.repaired(data)


def _page_numbers(layout: Any) -> dict[str, int]:
    """The number, from 1, of the page on which each id begins.

    What runs over several pages is an anchor on each of them.
    """
    found: dict[str, int] = {}
    for number, page in enumerate(layout.pages, start=1):
        for name in page.anchors:
            found.setdefault(name, number)
    return found


def _with_page_numbers(html: str, numbers: Mapping[str, int]) -> str:
    """The document with the number of its page at each link within the book.

    WeasyPrint's own page references can stop one page short of the truth when they move what they
    count.
    """

    def numbered(link: re.Match[str]) -> str:
        number = numbers.get(link[1], UNKNOWN)
        return f'{link[0]} data-page="{number}"'

    return LINK.sub(numbered, html)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Saves time: a book is made of millions of objects, and all of them are needed."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
