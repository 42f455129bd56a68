"""Packs a finished edition as one ZIP to take along, and says beside its downloads how big they
are. Judges nothing.

The copy holds all that it needs. The same edition gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import lxml.html
from babel.units import format_unit

from macros.language.translator import Translator
from macros.render import Renderer
from roadmap.postprocess import content_security_policy
from roadmap.project.edition_file import ENGLISH
from roadmap.publish.open_data import FOLDER as DATA
from roadmap.staging.stage import Source

ON_THE_WEB = {"404.html", "sw.js", "manifest.webmanifest"}  # files that only a server uses
ALTERNATES = re.compile(  # what names other editions
    r'<link\b[^>]*\brel="?alternate\b[^>]*>\s*|<(\w+)\b[^>]*\bdata-copy="omit".*?</\1>\s*',
    re.DOTALL,
)
# to another edition
AWAY = r'<a\b[^>]*\bhref="?(?:\./)?(?:\.\./){%d}(?!\.\./|downloads/|data/)[^>]*>(.*?)</a>'
CARD = re.compile(r'<div\b[^>]*\bdata-carried="?(?P<file>[\w./-]+)[^>]*>.*?</div>', re.DOTALL)
TAKEN = re.compile(r'data-taken="([^"]*)"')
SIZE = re.compile(r"(<span\b[^>]*\bdata-size\b[^>]*>)(?=</span>)")
START = (  # of the first page of the copy
    "assets/styles/zip-copy/start.css",
    "assets/scripts/zip-copy/start.js",
)
WHEN = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP knows
UNIX, READABLE = 3, 0o644 << 16
MEGABYTE = 1_000_000


def pack(root: Path, work: Path, source: Source) -> Path:
    """Writes `downloads/roadmap-<code>.zip`. `work` holds the edition in the folder of its code,
    and its book.

    Then fills the cards of the piece `take_along` on the pages of the site.
    """
    name = f"roadmap-{source.code}"
    out = work / "downloads" / f"{name}.zip"
    out.parent.mkdir(exist_ok=True)
    out.write_bytes(zipped({f"{name}/{path}": data for path, data in _copy(root, work, source)}))
    for page in sorted((work / source.code).rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        if "data-carried" in text:
            page.write_text(_filled(text, work, source.translator), encoding="utf-8")
    return out


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP of these files that is the same on every machine, as far as its zlib is."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name in sorted(files):
            entry = ZipInfo(name, WHEN)
            entry.create_system, entry.external_attr = UNIX, READABLE
            packed.writestr(entry, files[name], ZIP_DEFLATED, 9)
    return out.getvalue()


def size(bytes_: int, translator: Translator) -> str:
    """How big a file is, as the edition writes it: `12.4 MB`."""
    return format_unit(
        max(0.1, round(bytes_ / MEGABYTE, 1)), "digital-megabyte", "short", locale=translator.locale
    )


# What one takes along


def _copy(root: Path, work: Path, source: Source) -> Iterator[tuple[str, bytes]]:
    """The files of the copy, each with its path in it."""
    edition = work / source.code
    for path in sorted(path for path in edition.rglob("*") if path.is_file()):
        inside = path.relative_to(edition).as_posix()
        if inside not in ON_THE_WEB:
            data = (
                _page(path, work, source.translator)
                if path.suffix == ".html"
                else path.read_bytes()
            )
            yield f"{source.code}/{inside}", data
    for file in START:
        yield f"{source.code}/{file}", (root / "overrides" / file).read_bytes()
    book = work / "downloads" / f"roadmap-{source.code}.pdf"
    if book.exists():
        yield f"downloads/{book.name}", book.read_bytes()
    for path in sorted(path for path in (work / DATA).rglob("*") if path.is_file()):
        yield path.relative_to(work).as_posix(), path.read_bytes()
    yield (
        "start.html",
        content_security_policy.sealed(
            start(work, source, book=book.exists()), "start.html"
        ).encode(),
    )


def _page(path: Path, work: Path, translator: Translator) -> bytes:
    """A page as it stands in the copy: it leads to no other edition."""
    html = ALTERNATES.sub("", path.read_text(encoding="utf-8"))
    html = re.sub(AWAY % (len(path.relative_to(work).parts) - 1), r"\1", html, flags=re.DOTALL)
    return _filled(html, work, translator, taken=True).encode()


def start(work: Path, source: Source, *, book: bool) -> str:
    """The first page of the copy, in the language of the edition; in English as long as a sentence
    of it is.
    """

    def said(translator: Translator) -> str:
        return Renderer(translator, "roadmap")(
            "start",
            translator=translator,
            code=source.code,
            title=source.edition.title,
            styles=styles,
            book=book,
            sheets=sheets,
        )

    edition = work / source.code
    styles = [
        *lxml.html.parse(str(edition / "index.html")).xpath("//link[@rel='stylesheet']/@href"),
        START[0],
    ]
    sheets = any((edition / "worksheets").glob("*.pdf"))
    own = said(source.translator.marking_untranslated())
    return said(Translator(ENGLISH)) if Translator.has_untranslated(own) else own


# The cards of the piece `take_along`


def _filled(html: str, work: Path, translator: Translator, *, taken: bool = False) -> str:
    """Cards with the size of their file; without a card whose file is not there. In the copy the
    ZIP is itself.
    """

    def card(found: re.Match[str]) -> str:
        file = work / found["file"]
        if taken and (itself := TAKEN.search(found[0])):
            return f"<p>{itself[1]}</p>"
        return (
            SIZE.sub(rf"\g<1>{size(file.stat().st_size, translator)}", found[0])
            if file.exists()
            else ""
        )

    return CARD.sub(card, html)
