"""Makes the pages of a built edition light: one style sheet, scripts in one piece, no indentation,
nothing unused.

Changes nothing that a reader sees or that a page does.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from posixpath import normpath

from roadmap.postprocess import font_files
from roadmap.postprocess.unused_css import Used, prune
from roadmap.staging import stage

STYLE = re.compile(r'<link rel="stylesheet" href="([^"]*?)(assets/[^"]+\.css)">')
SCRIPT = re.compile(r'<script src="([^"]*?)(assets/scripts/[^"]+\.js)" defer></script>')
ADDRESS = re.compile(r"""url\((["']?)(?!data:|#)([^"')]+)\1\)""")
ASIDE = (  # files that no page asks for
    "assets/images/favicon.png",
    "assets/fonts/made-from.txt",
    "assets/javascripts/lunr/*.js",
    "assets/javascripts/bundle.*.js",
    "assets/scripts/landing-page/*.js",
    "assets/scripts/zip-copy/*.js",
    "assets/styles/**/*.css",
    "assets/stylesheets/*.css",
)
STEMMERS = "assets/javascripts/lunr/min"
PIECE = re.compile(  # a comment, what must stay as it is, a tag; or text
    r"""<!--.*?-->|<(pre|textarea|script|style)\b.*?</\1>|<(?:[^>"']|"[^"]*"|'[^']*')+>|(?P<text>[^<]+)""",
    re.DOTALL | re.IGNORECASE,
)
INDENT = re.compile(r"[ \t\r\f]*\n[ \t\r\n\f]*")


def lighten(edition: Path) -> None:
    """Lightens a built and finished edition in place."""
    pages = {
        path: slim(path.read_text(encoding="utf-8")) for path in sorted(edition.rglob("*.html"))
    }
    _join_scripts(edition, pages)
    _join_styles(edition, pages)
    for path, html in pages.items():
        path.write_text(html, encoding="utf-8")
    _leave_out(edition)


def slim(html: str) -> str:
    """The page with one line break where there were several, or spaces around it: browsers show
    both as one space.
    """
    return PIECE.sub(lambda piece: INDENT.sub("\n", piece[0]) if piece["text"] else piece[0], html)


def _join_styles(edition: Path, pages: dict[Path, str]) -> None:
    """One style sheet for all pages, with what any of them needs."""
    names = dict.fromkeys(name for html in pages.values() for _, name in STYLE.findall(html))
    joined = prune("\n".join(_style(edition, name) for name in names), _used(edition, pages))
    name = _keep(edition, font_files.fit(edition / "assets", joined, pages.values()), "css")
    for path, html in pages.items():
        pages[path] = _in_one(STYLE, html, f'<link rel="stylesheet" href="{{}}{name}">')


def _style(edition: Path, name: str) -> str:
    """A style sheet whose addresses are right in `assets/`."""
    folder = Path(name).relative_to("assets").parent.as_posix()
    text = (edition / name).read_text(encoding="utf-8")
    return ADDRESS.sub(lambda found: f'url("{normpath(f"{folder}/{found[2]}")}")', text)


def _used(edition: Path, pages: dict[Path, str]) -> Used:
    used = Used()
    for html in pages.values():
        used.page(html)
    for script in (
        *sorted(edition.glob("assets/*.js")),
        *sorted(edition.glob("assets/scripts/**/*.js")),
    ):
        used.script(script.read_text(encoding="utf-8"))
    return used


def _join_scripts(edition: Path, pages: dict[Path, str]) -> None:
    """The scripts that every page has in one file; those that only some pages have, in one more for
    each set.
    """
    had = {path: [name for _, name in SCRIPT.findall(html)] for path, html in pages.items()}
    everywhere = [
        name for name in max(had.values(), key=len) if all(name in names for names in had.values())
    ]
    sets = {
        path: (tuple(everywhere), tuple(n for n in names if n not in everywhere))
        for path, names in had.items()
    }
    files = {names: _joined(edition, names) for both in sets.values() for names in both if names}
    for path, html in pages.items():
        tags = (
            f'<script src="{{}}{files[names]}" defer></script>' for names in sets[path] if names
        )
        pages[path] = _in_one(SCRIPT, html, "\n".join(tags))
    for name in {name for names in files for name in names}:
        (edition / name).unlink()


def _joined(edition: Path, names: tuple[str, ...]) -> str:
    return _keep(
        edition, "".join((edition / name).read_text(encoding="utf-8") for name in names), "js"
    )


def _in_one(tags: re.Pattern[str], html: str, instead: str) -> str:
    """The page with one thing in the place of the first of several tags. `{}` in it is the way to
    the edition.
    """
    first = tags.search(html)
    if not first:
        return html
    rest = re.sub(rf"\n?(?:{tags.pattern})", "", html[first.end() :])
    return html[: first.start()] + instead.replace("{}", first[1]) + rest


def _keep(edition: Path, text: str, kind: str) -> str:
    """Writes a file whose name changes with what it holds; returns its path."""
    name = f"assets/site.{hashlib.sha256(text.encode()).hexdigest()[:8]}.{kind}"
    (edition / name).write_text(text, encoding="utf-8")
    return name


def _leave_out(edition: Path) -> None:
    """Removes what no page asks for, stemmers of other languages too."""
    for path in (path for pattern in ASIDE for path in sorted(edition.glob(pattern))):
        path.unlink()
    language = stage.stemmer(edition.name)
    wanted = (
        {"lunr.stemmer.support.min.js", f"lunr.{language}.min.js"} if language != "en" else set()
    )
    for path in sorted((edition / STEMMERS).glob("*.js")):
        if path.name not in wanted:
            path.unlink()
    for folder in sorted(
        (path for path in (edition / "assets").rglob("*") if path.is_dir()), reverse=True
    ):
        if not any(folder.iterdir()):
            folder.rmdir()
