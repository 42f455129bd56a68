"""Makes pages light: bundles CSS and JS, collapses white space, removes unused files.

Changes nothing that a reader sees or that a page does.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath
from typing import Any

from roadmap.postprocess import font_files
from roadmap.postprocess.built_edition import BuiltEdition, BuiltPage
from roadmap.postprocess.unused_css import Used, names_in, prune
from roadmap.project.cache import Memo

# A tag that loads a style sheet or a script: the way to the root of the edition, then the file
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]*?)(assets/[^"]+\.css)">')
SCRIPT = re.compile(r'<script src="([^"]*?)(assets/scripts/[^"]+\.js)" defer></script>')
# What stands for the tags of one kind until the bundles are written: the way to the root, the files
MARK = "<!--{kind} {to_root} {files}-->"
STYLES_MARK = re.compile(r"<!--styles (\S*) (.*?)-->")
SCRIPTS_MARK = re.compile(r"<!--scripts (\S*) (.*?)-->")
# A list of links to PDFs, or an item with some
PDF_LINKS = re.compile(r"<(ul|li)\b[^>]*\bdata-pdf-links\b.*?</\1>", re.DOTALL)
# A URL in a style sheet that leads to a file
CSS_URL = re.compile(r"""url\((["']?)(?!data:|#)([^"')]+)\1\)""")
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


def without_pdf_links(html: str) -> str:
    """A page of an edition that is built without PDFs: without links to them."""
    return PDF_LINKS.sub("", html)


def collapsed(html: str) -> str:
    """A page without indentation."""
    return TOKEN.sub(_without_indent, html)


def _without_indent(token: re.Match[str]) -> str:
    """A text without indentation; anything else as it is."""
    if not token["text"]:
        return token[0]
    return INDENT.sub("\n", token[0])


def with_marks(html: str) -> str:
    """A page with a mark for its style sheets and one for its scripts, where the first stood."""
    html = _marked(html, STYLE, "styles")
    return _marked(html, SCRIPT, "scripts")


def _marked(html: str, tags: re.Pattern[str], kind: str) -> str:
    first = tags.search(html)
    if not first:
        return html
    files = " ".join(file for _to_root, file in tags.findall(html))
    mark = MARK.format(kind=kind, to_root=first[1] or ".", files=files)
    before = html[: first.start()]
    after = html[first.end() :]
    return before + mark + re.sub(rf"\n?(?:{tags.pattern})", "", after)


# Bundles


@dataclass(frozen=True)
class Bundles:
    """The files that pages load, by their paths below the edition.

    `common` are the scripts that every page loads, in the file `scripts`; `others` are the files
    for further scripts, by these.
    """

    styles: str
    scripts: str
    common: Names
    others: dict[Names, str]

    def scripts_for(self, names: Iterable[str]) -> list[str]:
        """The files for a page that loads these scripts."""
        others = _without(names, self.common)
        files = (self.scripts, self.others.get(others, ""))
        return [file for file in files if file]


def styles_of(page: BuiltPage) -> list[str]:
    """The style sheets that a page loads, by their paths below the edition."""
    return _marked_files(STYLES_MARK, page.html)


def scripts_of(page: BuiltPage) -> list[str]:
    """The scripts that a page loads, by their paths below the edition."""
    return _marked_files(SCRIPTS_MARK, page.html)


def _marked_files(mark: re.Pattern[str], html: str) -> list[str]:
    match = mark.search(html)
    return match[2].split() if match else []


def write_bundles(edition: BuiltEdition, memo: Memo) -> Bundles:
    """Joins style sheets in one for all pages; scripts in one, and one for each set of others.

    A page loads at most two files of scripts. Removes what is bundled.
    """
    styles = _write_styles(edition, memo)
    of_pages = {tuple(page.derive(scripts_of)) for page in edition.pages.values()}
    common = _common_names(of_pages)
    others = {}
    for names in of_pages:
        more = _without(names, common)
        others[more] = _write_joined(edition.folder, more)
    scripts = _write_joined(edition.folder, common)
    for name in set().union(*of_pages):
        (edition.folder / name).unlink()
    return Bundles(styles, scripts, common, others)


def _without(names: Iterable[str], others: Names) -> Names:
    return tuple(name for name in names if name not in others)


def with_bundles(html: str, bundles: Bundles) -> str:
    """A page that loads the bundles in the place of its marks."""

    def styles(mark: re.Match[str]) -> str:
        return f'<link rel="stylesheet" href="{_address(mark[1], bundles.styles)}">'

    def scripts(mark: re.Match[str]) -> str:
        tags = []
        for file in bundles.scripts_for(mark[2].split()):
            tags.append(f'<script src="{_address(mark[1], file)}" defer></script>')
        return "\n".join(tags)

    return SCRIPTS_MARK.sub(scripts, STYLES_MARK.sub(styles, html, count=1), count=1)


def _address(to_root: str, file: str) -> str:
    return file if to_root == "." else to_root + file


def _common_names(of_pages: Collection[Names]) -> Names:
    """The scripts that every page loads, in the order of the page that loads most."""
    common = []
    for name in max(of_pages, key=len):
        if all(name in names for names in of_pages):
            common.append(name)
    return tuple(common)


def _write_joined(folder: Path, names: Names) -> str:
    """Writes some scripts as one; returns its path. The same scripts make the same file."""
    if not names:
        return ""
    texts = [_read(folder / name) for name in names]
    return _write_hashed(folder, "".join(texts), "js")


# Styles


def used_by(page: BuiltPage) -> dict[str, Any]:
    """The names that a page uses, see `Used`; each list sorted."""
    used = Used()
    used.page(page.html, page.tree)
    return {
        "names": sorted(used.names),
        "words": sorted(used.words),
        "beginnings": sorted(set(used.beginnings)),
        "properties": sorted(used.properties),
    }


def _write_styles(edition: BuiltEdition, memo: Memo) -> str:
    """Writes the rules that any page or script uses as one style sheet; returns its path.

    Splits the font files that it names, too.
    """
    pages = edition.pages.values()
    joined = _joined_style_sheets(edition)
    used = _used(edition)
    pruned = memo.get(lambda: prune(joined, used), joined, names_in(joined, used))
    letters = [page.derive(font_files.letters_of) for page in pages]
    split = font_files.split_fonts(edition.folder / "assets", pruned, letters, edition.fonts)
    return _write_hashed(edition.folder, split, "css")


def _joined_style_sheets(edition: BuiltEdition) -> str:
    """All style sheets, each once, in the order in which pages load them."""
    names: list[str] = []
    for page in edition.pages.values():
        names += page.derive(styles_of)
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
        found = page.derive(used_by)
        used.names.update(found["names"])
        used.words.update(found["words"])
        used.beginnings += tuple(found["beginnings"])
        used.properties.update(found["properties"])
    for pattern in SCRIPT_FILES:
        for script in sorted(edition.folder.glob(pattern)):
            used.script(_read(script))
    return used


# Files


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _write_hashed(folder: Path, text: str, kind: str) -> str:
    """Writes a file whose name changes with its content; returns its path.

    So a browser may keep it for ever. `kind` is the suffix, without a dot.
    """
    digest = hashlib.sha256(text.encode())
    name = f"assets/site.{digest.hexdigest()[:8]}.{kind}"
    (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return name


def remove_style_sheets(edition: BuiltEdition) -> None:
    """Removes what is in the bundles, and the folders that hold nothing any more."""
    for folder in ("stylesheets", "styles"):
        shutil.rmtree(edition.folder / "assets" / folder, ignore_errors=True)
    _remove_empty_folders(edition.folder / "assets")


def _remove_empty_folders(folder: Path) -> None:
    """Removes the folders below a folder that hold nothing, the inner ones first."""
    paths = sorted(folder.rglob("*"), reverse=True)
    for path in paths:
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
