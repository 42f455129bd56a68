"""Makes pages light: bundles CSS and JS, collapses white space, removes unused files.

Changes nothing that a reader sees or that a page does.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from posixpath import normpath

from roadmap.postprocess import font_files
from roadmap.postprocess.built_edition import BuiltEdition
from roadmap.postprocess.unused_css import Used, prune

# A tag that loads a style sheet or a script: the way to the root of the edition, then the file
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]*?)(assets/[^"]+\.css)">')
SCRIPT = re.compile(r'<script src="([^"]*?)(assets/scripts/[^"]+\.js)" defer></script>')
# A list of links to PDFs, or an item with some
PDF_LINKS = re.compile(r"<(ul|li)\b[^>]*\bdata-pdf-links\b.*?</\1>", re.DOTALL)
# A URL in a style sheet that leads to a file
CSS_URL = re.compile(r"""url\((["']?)(?!data:|#)([^"')]+)\1\)""")
# Files of the theme and of ours that no page asks for
UNUSED_FILES = (
    "assets/images/favicon.png",
    "assets/fonts/made-from.txt",
    "assets/javascripts/lunr/*.js",
    "assets/javascripts/bundle.*.js",
    "assets/scripts/landing-page/*.js",
    "assets/scripts/zip-copy/*.js",
    "assets/styles/**/*.css",
    "assets/stylesheets/*.css",
)
# The folder of the stemmers that search loads, one for each language
STEMMERS = "assets/javascripts/lunr/min"
# Scripts whose words decide which styles are needed
SCRIPT_FILES = ("assets/*.js", "assets/scripts/**/*.js")
# A comment, an element whose text must stay as it is, or a tag; or text
TOKEN = re.compile(
    r"<!--.*?-->"
    r"|<(pre|textarea|script|style)\b.*?</\1>"
    r"""|<(?:[^>"']|"[^"]*"|'[^']*')+>"""
    r"|(?P<text>[^<]+)",
    re.DOTALL | re.IGNORECASE,
)
INDENT = re.compile(r"[ \t\r\f]*\n[ \t\r\n\f]*")

# The paths of scripts, in their order
Names = tuple[str, ...]


# Markup


def remove_pdf_links(edition: BuiltEdition) -> None:
    """Removes the links to PDFs from the pages of an edition that is built without them."""
    if edition.has_pdfs:
        return
    for page in edition.pages.values():
        page.html = PDF_LINKS.sub("", page.html)


def collapse_whitespace(edition: BuiltEdition) -> None:
    """Writes one line break for several, and for spaces around one: both show as one space."""
    for page in edition.pages.values():
        page.html = collapsed(page.html)


def collapsed(html: str) -> str:
    """A page without indentation."""
    return TOKEN.sub(_without_indent, html)


def _without_indent(token: re.Match[str]) -> str:
    """A text without indentation; anything else as it is."""
    if not token["text"]:
        return token[0]
    return INDENT.sub("\n", token[0])


# Scripts


def bundle_scripts(edition: BuiltEdition) -> None:
    """Joins the scripts that every page loads in one file, and those of some pages in others.

    A page loads at most two files: that of all pages, and one for the set of its other scripts.
    """
    names = {}
    for path, page in edition.pages.items():
        names[path] = _names(SCRIPT, page.html)
    everywhere = _common_names(names.values())
    bundled: set[Path] = set()
    for path, page in edition.pages.items():
        others = tuple(name for name in names[path] if name not in everywhere)
        tags = _script_tags(edition.folder, everywhere, others)
        page.html = _replace_tags(SCRIPT, page.html, tags)
        bundled.update(edition.folder / name for name in names[path])
    _remove(bundled)


def _script_tags(folder: Path, *bundles: Names) -> str:
    """Writes bundles of scripts; returns the tags that load them, `{}` for the way to the root."""
    tags = []
    for names in bundles:
        if names:
            file = _write_joined(folder, names)
            tags.append(f'<script src="{{}}{file}" defer></script>')
    return "\n".join(tags)


def _names(tags: re.Pattern[str], html: str) -> Names:
    """The files that the tags of one kind load, by their paths below the edition."""
    return tuple(name for _to_root, name in tags.findall(html))


def _common_names(of_pages: Collection[Names]) -> Names:
    """The scripts that every page loads, in the order of the page that loads most."""
    common = []
    for name in max(of_pages, key=len):
        if all(name in names for names in of_pages):
            common.append(name)
    return tuple(common)


def _write_joined(folder: Path, names: Names) -> str:
    """Writes some scripts as one; returns its path. The same scripts make the same file."""
    texts = [_read(folder / name) for name in names]
    return _write_hashed(folder, "".join(texts), "js")


# Styles


def bundle_styles(edition: BuiltEdition) -> None:
    """Joins all style sheets in one for all pages, with the rules that any page or script uses.

    Splits the font files that it names, too. The style sheets themselves stay: what no page asks
    for any more is left to `remove_unused_files`.
    """
    pages = edition.pages.values()
    joined = _joined_style_sheets(edition)
    pruned = prune(joined, _used(edition))
    split = font_files.split_fonts(
        edition.folder / "assets",
        pruned,
        [page.html for page in pages],
    )
    name = _write_hashed(edition.folder, split, "css")
    tag = f'<link rel="stylesheet" href="{{}}{name}">'
    for page in pages:
        page.html = _replace_tags(STYLE, page.html, tag)


def _joined_style_sheets(edition: BuiltEdition) -> str:
    """All style sheets, each once, in the order in which pages load them."""
    names: list[str] = []
    for page in edition.pages.values():
        names += _names(STYLE, page.html)
    style_sheets = []
    for name in dict.fromkeys(names):
        style_sheets.append(_style_sheet(edition.folder, name))
    return "\n".join(style_sheets)


def _style_sheet(folder: Path, name: str) -> str:
    """A style sheet with URLs that are right from `assets/`, where the bundle is."""
    own_folder = Path(name).relative_to("assets").parent.as_posix()

    def from_assets(url: re.Match[str]) -> str:
        """A URL that was written for the folder of the style sheet."""
        path = normpath(f"{own_folder}/{url[2]}")
        return f'url("{path}")'

    return CSS_URL.sub(from_assets, _read(folder / name))


def _used(edition: BuiltEdition) -> Used:
    """The names that the pages and the scripts of an edition use."""
    used = Used()
    for page in edition.pages.values():
        used.page(page.html, page.tree)
    for pattern in SCRIPT_FILES:
        for script in sorted(edition.folder.glob(pattern)):
            used.script(_read(script))
    return used


def _replace_tags(tags: re.Pattern[str], html: str, replacement: str) -> str:
    """Puts a replacement in the place of the first of some tags and removes the others.

    `{}` in the replacement becomes the way to the root of the edition.
    """
    first = tags.search(html)
    if not first:
        return html
    before = html[: first.start()]
    after = html[first.end() :]
    others = rf"\n?(?:{tags.pattern})"
    return before + replacement.replace("{}", first[1]) + re.sub(others, "", after)


# Files


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _write_hashed(folder: Path, text: str, kind: str) -> str:
    """Writes a file whose name changes with its content; returns its path.

    So a browser may keep it for ever. `kind` is the suffix, without a dot.
    """
    digest = hashlib.sha256(text.encode())
    name = f"assets/site.{digest.hexdigest()[:8]}.{kind}"
    (folder / name).write_text(text, encoding="utf-8")
    return name


def remove_unused_files(edition: BuiltEdition) -> None:
    """Removes the files that no page asks for, and the stemmers of other languages.

    Then the folders that hold nothing any more.
    """
    folder = edition.folder
    for pattern in UNUSED_FILES:
        _remove(folder.glob(pattern))
    stemmers = set(folder.glob(f"{STEMMERS}/*.js"))
    _remove(stemmers - _needed_stemmers(edition))
    _remove_empty_folders(folder / "assets")


def _needed_stemmers(edition: BuiltEdition) -> set[Path]:
    """The stemmer of the language of an edition. For English, search has one built in."""
    language = edition.stemmer
    if language == "en":
        return set()
    folder = edition.folder / STEMMERS
    return {
        folder / "lunr.stemmer.support.min.js",
        folder / f"lunr.{language}.min.js",
    }


def _remove(paths: Iterable[Path]) -> None:
    """Removes files."""
    for path in sorted(paths):
        path.unlink()


def _remove_empty_folders(folder: Path) -> None:
    """Removes the folders below a folder that hold nothing, the inner ones first."""
    paths = sorted(folder.rglob("*"), reverse=True)
    for path in paths:
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
