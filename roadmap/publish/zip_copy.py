"""Packs a finished edition as a ZIP for offline use; writes the sizes of downloads on its pages.

The copy holds all that it needs. The same edition gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from babel.units import format_unit

from macros.language.translator import Translator
from macros.render import Renderer
from roadmap.postprocess.built_edition import BuiltEdition, BuiltPage
from roadmap.postprocess.bundle import Bundles
from roadmap.postprocess.content_security_policy import with_csp
from roadmap.postprocess.run import finished
from roadmap.project.edition_file import ENGLISH
from roadmap.project.project import Edition

# Files that only a server uses
ON_THE_WEB = {"404.html", "sw.js", "manifest.webmanifest"}
# Elements that name other editions
ALTERNATES = re.compile(
    r'<link\b[^>]*\brel="?alternate\b[^>]*>\s*|<(\w+)\b[^>]*\bdata-copy="omit".*?</\1>\s*',
    re.DOTALL,
)
# A link to another edition: `%d` is the depth of its page, the root of the site being 0
AWAY = r'<a\b[^>]*\bhref="?(?:\./)?(?:\.\./){%d}(?!\.\./|downloads/|data/)[^>]*>(.*?)</a>'
# A card of the piece `take_along`: the file that it offers, the sentence for the copy itself, and
# the place of the size
CARD = re.compile(r'<div\b[^>]*\bdata-carried="?(?P<file>[\w./-]+)[^>]*>.*?</div>', re.DOTALL)
TAKEN = re.compile(r'data-taken="([^"]*)"')
SIZE = re.compile(r"(<span\b[^>]*\bdata-size\b[^>]*>)(?=</span>)")
# Files of the first page of the copy, below overrides/
START_STYLE = "assets/styles/zip-copy/start.css"
START_SCRIPT = "assets/scripts/zip-copy/start.js"
# The time of every file in a ZIP: the first that it can state
WHEN = (1980, 1, 1, 0, 0, 0)
# The system that packed a file, as a ZIP states it
UNIX = 3
# The permissions of a file, as Unix states them in a ZIP
READABLE = 0o644 << 16
# The strongest compression
BEST = 9
# Bytes
MEGABYTE = 1_000_000


def write_zip(
    edition: Edition, built: BuiltEdition, bundles: Bundles, data: Mapping[str, str]
) -> Path:
    """Writes `downloads/roadmap-<code>.zip` beside the folder of a built edition.

    The book is there already. `data` are the data files of the copy: path → text. Raises Problems
    where a page holds what its content security policy would block.
    """
    name = f"roadmap-{edition.code}"
    files = {}
    for path, content in _copy(edition, built, bundles, data).items():
        files[f"{name}/{path}"] = content
    out = _downloads(built) / f"{name}.zip"
    out.parent.mkdir(exist_ok=True)
    out.write_bytes(zipped(files))
    return out


def fill_download_cards(edition: Edition, built: BuiltEdition) -> None:
    """Writes on the pages how big the downloads are."""
    for page in built.pages.values():
        page.html = _with_sizes(page.html, built, edition.translator)


def _downloads(built: BuiltEdition) -> Path:
    """The folder with the ZIP and the book of every edition."""
    return built.folder.parent / "downloads"


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP of files, path → content, sorted. The same on every machine with the same zlib."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name in sorted(files):
            entry = ZipInfo(name, WHEN)
            entry.create_system = UNIX
            entry.external_attr = READABLE
            packed.writestr(entry, files[name], ZIP_DEFLATED, BEST)
    return out.getvalue()


def size(bytes_: int, translator: Translator) -> str:
    """How big a file is, as the language of an edition writes it: `12.4 MB`; at least `0.1 MB`."""
    megabytes = max(0.1, round(bytes_ / MEGABYTE, 1))
    return format_unit(
        megabytes,
        "digital-megabyte",
        "short",
        locale=translator.locale,
    )


# The copy


def _copy(
    edition: Edition, built: BuiltEdition, bundles: Bundles, data: Mapping[str, str]
) -> dict[str, bytes]:
    """The files of the copy: the path of each in it → its content."""
    files = _edition_files(edition, built, bundles)
    for name in (START_STYLE, START_SCRIPT):
        source = edition.project.root / "overrides" / name
        files[f"{edition.code}/{name}"] = source.read_bytes()
    book = _downloads(built) / f"roadmap-{edition.code}.pdf"
    if book.exists():
        files[f"downloads/{book.name}"] = book.read_bytes()
    for data_path, text in data.items():
        files[data_path] = text.encode()
    start = start_page(edition, built, bundles, has_book=book.exists())
    files["start.html"] = with_csp(start, "start.html").encode()
    return files


def _edition_files(edition: Edition, built: BuiltEdition, bundles: Bundles) -> dict[str, bytes]:
    """The pages of an edition and their files, without those that only a server uses."""
    files = {}
    for path in built.folder.rglob("*"):
        name = path.relative_to(built.folder).as_posix()
        is_page = path.suffix == ".html"  # as it is in memory, it counts
        if path.is_file() and not is_page and name not in ON_THE_WEB:
            files[f"{edition.code}/{name}"] = path.read_bytes()
    for name, page in built.pages.items():
        if name not in ON_THE_WEB:
            html = _page(edition, built, page, bundles)
            files[f"{edition.code}/{name}"] = html.encode()
    return files


def _page(edition: Edition, built: BuiltEdition, page: BuiltPage, bundles: Bundles) -> str:
    """A page as it stands in the copy, with its bundles and its policy."""
    html = _without(page.html, page.derive(ways_out))
    html = _with_sizes(html, built, edition.translator, in_copy=True)
    return finished(page, html, bundles)


def ways_out(page: BuiltPage) -> list[tuple[int, int, str]]:
    """What leads to other editions in the HTML of a page: from where to where, and what stays."""
    depth = page.path.count("/") + 1
    links = re.compile(AWAY % depth, re.DOTALL)
    found = [(match.start(), match.end(), "") for match in ALTERNATES.finditer(page.html)]
    inside = [range(start, end) for start, end, _ in found]
    for match in links.finditer(page.html):
        if not any(match.start() in each for each in inside):
            found.append((match.start(), match.end(), match[1]))
    return sorted(found)


def _without(html: str, parts: Iterable[tuple[int, int, str]]) -> str:
    """HTML with another text in the place of each of these parts, which are in their order."""
    pieces = []
    last = 0
    for start, end, text in parts:
        pieces += [html[last:start], text]
        last = end
    return "".join([*pieces, html[last:]])


def start_page(edition: Edition, built: BuiltEdition, bundles: Bundles, *, has_book: bool) -> str:
    """The HTML of the first page of the copy, in the language of the edition.

    In English as long as the edition has not translated all of it.
    """
    has_worksheets = any((built.folder / "worksheets").glob("*.pdf"))

    def render(translator: Translator) -> str:
        renderer = Renderer(translator, "roadmap", edition.project.bytecode)
        return renderer(
            "start",
            translator=translator,
            code=edition.code,
            title=edition.file.title,
            styles=[bundles.styles, START_STYLE],
            book=has_book,
            sheets=has_worksheets,
        )

    translated = render(edition.translator.marking_untranslated())
    if Translator.has_untranslated(translated):
        return render(Translator(ENGLISH))
    return translated


# The cards of the piece `take_along`


def _with_sizes(
    html: str,
    built: BuiltEdition,
    translator: Translator,
    *,
    in_copy: bool = False,
) -> str:
    """A page whose cards tell the size of their file; without a card whose file is not there.

    In the copy the card of the ZIP says that this is it.
    """
    if "data-carried" not in html:
        return html
    site = built.folder.parent

    def card(found: re.Match[str]) -> str:
        sentence_in_copy = TAKEN.search(found[0])
        if in_copy and sentence_in_copy:
            return f"<p>{sentence_in_copy[1]}</p>"
        file = site / found["file"]
        if not file.exists():
            return ""
        file_size = size(file.stat().st_size, translator)
        return SIZE.sub(rf"\g<1>{file_size}", found[0])

    return CARD.sub(card, html)
