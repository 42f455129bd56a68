"""Judges the folder of an edition before anything else reads it: kinds of files, names, sizes,
letters, YAML.

Pages are judged by safe_pages, messages by safe_messages. Runs nothing of what it reads and follows
no link.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Container, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from babel.core import get_global
from markdown import Markdown

from macros.facts.load import read_yaml
from macros.facts.problem import Problem, Problems, shown
from roadmap.check.safety import markdown_source, po_messages
from roadmap.check.safety.allowlist import brief
from roadmap.project import mkdocs_config
from roadmap.project.pages import Page

LARGEST = {".md": 200_000, ".po": 2_000_000, ".yml": 100_000, ".txt": 100_000}  # bytes of one file
LARGEST_EDITION = 8_000_000  # bytes
MOST_FILES = 500  # files and folders
LONGEST_PATH = 100  # characters, below the edition
DEEPEST = 6  # folders in folders, and values in values of YAML
MOST_TOLD = 20  # problems of one file

CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
NAME = re.compile(
    r"(?!(?:aux|con|nul|prn|com\d|lpt\d)(?:\.|$))[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]{2,4})?"
)
FILES = (
    "edition.yml",
    "messages.po",
    "queries.yml",
    "same-meaning.yml",
    "state.yml",
    "to-do.txt",
)  # beside the pages
ASSETS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf", ".css", ".js", ".woff2")

# Letters that nobody sees, that turn the order of what one sees, or that no script has.
UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u034f\u115f\u1160\u180e\u200b\u2028-\u202e\u2060-\u206f\u3164"
    "\ue000-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff9-\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
)
JOINERS = "\u061c\u200c-\u200f"  # Arabic, Hebrew, Persian and Indic scripts need them
UTF7 = r"\+AD[A-Za-z0-9]-"  # `<` and its like, for a browser that is told so
SCRIPTS_WITHOUT_JOINERS = {"Latn", "Grek", "Cyrl"}

OUT_OF_FOLDER = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\~]|^[A-Za-z]:[/\\]")


def problems(root: Path, folder: Path, markdown: Markdown | None = None) -> list[Problem]:
    """Everything in the folder of an edition that may not be there, with file and line."""
    place = shown(folder, root)
    if folder.is_symlink() or not folder.is_dir():
        return [Problem(place, 1, "a link or a file", "a folder that holds the edition")]
    found = (
        []
        if CODE.fullmatch(folder.name)
        else [
            Problem(
                brief(place),
                1,
                "a folder that is not named like a language",
                "a code such as `da` or `pt-BR`",
            )
        ]
    )
    files, refused = _files(root, folder)
    reader = _Reader(root, folder, markdown or markdown_of(root))
    return sorted(
        {*found, *refused, *(p for path in files for p in islice(reader.judge(path), MOST_TOLD))}
    )


def all_problems(root: Path, codes: Container[str] | None = None) -> list[Problem]:
    """The same of everything in docs/, or of the editions with these codes."""
    markdown = markdown_of(root)
    folders = [
        path for path in sorted((root / "docs").iterdir()) if codes is None or path.name in codes
    ]
    return [problem for folder in folders for problem in problems(root, folder, markdown)]


def markdown_of(root: Path) -> Markdown:
    """Markdown as the project reads it."""
    config = mkdocs_config.config(root / "mkdocs.yml")
    return Markdown(
        extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"]
    )


# Files


def _files(root: Path, folder: Path) -> tuple[list[Path], list[Problem]]:
    """The files that may be opened, and why the others may not."""
    files, found, size = [], [], 0
    entries = list(islice(_entries(folder), MOST_FILES + 1))
    if len(entries) > MOST_FILES:
        there = f"more than {MOST_FILES} files and folders"
        return [], [Problem(shown(folder, root), 1, there, "the pages of one edition")]
    for path in entries:
        if refused := _refused(path, folder):
            found.append(Problem(safe_name(shown(path, root)), 1, *refused))
        elif not path.is_dir():
            files.append(path)
            size += path.stat().st_size
    if size > LARGEST_EDITION:
        instead = f"at most {LARGEST_EDITION} in one edition"
        return [], [*found, Problem(shown(folder, root), 1, f"{size} bytes", instead)]
    return files, found


def _entries(folder: Path, depth: int = 1) -> Iterator[Path]:
    """Files and folders below a folder. Follows no link, opens no folder with an odd name."""
    for path in sorted(islice(folder.iterdir(), MOST_FILES + 1)):
        yield path
        if (
            path.is_dir()
            and not path.is_symlink()
            and NAME.fullmatch(path.name)
            and depth <= DEEPEST
        ):
            yield from _entries(path, depth + 1)


def _refused(path: Path, folder: Path) -> tuple[str, str] | None:
    """Why a file or folder may not be there, and what may."""
    facts, inside = path.lstat(), path.relative_to(folder)
    if stat.S_ISLNK(facts.st_mode):
        return "a symbolic link", "the file itself"
    if len(str(inside)) > LONGEST_PATH:
        return f"a path of {len(str(inside))} characters", f"at most {LONGEST_PATH}"
    if len(inside.parts) > DEEPEST:
        return "folders in folders", f"at most {DEEPEST} levels"
    if not NAME.fullmatch(path.name):
        return "an odd name", "small letters a–z, digits and hyphens, then the ending"
    if stat.S_ISDIR(facts.st_mode):
        return None
    if not stat.S_ISREG(facts.st_mode):
        return "something that is no file", "pages, and " + ", ".join(FILES)
    return _kind(inside) or _size(path.suffix, facts.st_size)


def _kind(inside: Path) -> tuple[str, str] | None:
    if inside.suffix == ".md" or inside.as_posix() in FILES:
        return None
    what = (
        "pictures and other assets do not belong to an edition for now: only"
        if inside.suffix in ASSETS
        else "only"
    )
    return (
        f"a file `{inside.name}` in this place",
        f"{what} pages (.md), and beside them {', '.join(FILES)}",
    )


def _size(ending: str, size: int) -> tuple[str, str] | None:
    return (f"{size} bytes", f"at most {LARGEST[ending]}") if size > LARGEST[ending] else None


# Text


class _Reader:
    """Reads the files of one edition, one after the other."""

    def __init__(self, root: Path, folder: Path, markdown: Markdown):
        self.root, self.folder, self.markdown = root, folder, markdown
        self.hosts = markdown_source.hosts(root)
        self.unseen = re.compile(
            f"[{UNSEEN}{'' if _needs_joiners(folder.name) else JOINERS}]|{UTF7}"
        )

    def judge(self, path: Path) -> Iterable[Problem]:
        name = shown(path, self.root)
        try:
            text = decoded(path, name)
        except Problems as unreadable:
            return unreadable.problems
        if unseen := list(islice(self._unseen(text, name), MOST_TOLD)):
            return unseen
        if path.suffix == ".md":
            page = Page(path.relative_to(self.folder).as_posix(), name, text)
            return markdown_source.problems(page, self.markdown, self.hosts)
        if path.suffix == ".po":
            return po_messages.problems(text, name)
        return self._yaml(path, name) if path.suffix == ".yml" else ()

    def _unseen(self, text: str, name: str) -> Iterator[Problem]:
        """No letter is invisible or turns the direction of others, but those that the script
        needs.
        """
        for found in self.unseen.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield Problem(name, line, *_letter(found[0]))

    def _yaml(self, path: Path, name: str) -> Iterator[Problem]:
        """Plain values only: no tags, no anchors, no markup, no address but https, no way out of
        the folder.
        """
        try:
            data, lines = read_yaml(path, name)
        except Problems as unreadable:
            yield from unreadable.problems
            return
        for at, value in _values(data):
            if len(at) > DEEPEST:
                yield Problem(
                    name, lines.get(at, 1), "values inside values", f"at most {DEEPEST} levels"
                )
            elif found := self.unseen.search(value):  # written as an escape
                yield Problem(name, lines.get(at, 1), *_letter(found[0]))
            elif refused := _in_yaml(value):
                yield Problem(name, lines.get(at, 1), *refused)


def decoded(path: Path, name: str) -> str:
    """The text of a file, lines ending in `\\n`. Raises Problems."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        there = f"a byte that is not UTF-8 (0x{raw[error.start]:02x})"
        raise Problems([Problem(name, line, there, "text saved as UTF-8")]) from None


def _letter(letter: str) -> tuple[str, str]:
    """What is wrong with an unseen letter."""
    if len(letter) > 1:
        return f"a letter written in UTF-7 (`{letter}`)", "the letter itself"
    called = unicodedata.name(letter, "control character")
    return f"an unseen letter (U+{ord(letter):04X} {called})", "text without it"


def _needs_joiners(code: str) -> bool:
    """Whether the script of a language needs letters that join, part or order the others."""
    likely = get_global("likely_subtags").get(code.split("-")[0], "en_Latn_US")
    return likely.split("_")[1] not in SCRIPTS_WITHOUT_JOINERS


def safe_name(name: str) -> str:
    """A name that does no harm on a terminal."""
    return (
        name if name.isprintable() else name.encode("unicode_escape", "backslashreplace").decode()
    )


# YAML


def _values(
    data: Any, at: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every key and every text, with its path. Stops one level below the deepest."""
    inner = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else None
    )
    if inner is None or len(at) > DEEPEST:
        yield at, str(data) if inner is None else ""
        return
    for key, value in inner:
        if isinstance(key, str):
            yield (*at, key), key
        yield from _values(value, (*at, key))


def _in_yaml(value: str) -> tuple[str, str] | None:
    if found := po_messages.MARKUP.search(value):
        return f"markup (`{brief(found[0])}`)", "plain text"
    if OUT_OF_FOLDER.search(value):
        return "a path out of the folder", "a path below the edition, such as `how/index.md`"
    if (found := po_messages.ADDRESS.search(value)) and not found[0].startswith("https://"):
        return f"the address `{brief(found[0])}`", "an address that starts with `https://`"
    return None
