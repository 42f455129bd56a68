"""Judges the folder of an edition before anything else reads it: kinds of files, names, sizes,
then what stands in each of them. Runs nothing of what it reads and follows no link.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path, PurePath

from macros.facts.problem import Problem, Problems, brief
from macros.pieces import Pieces
from roadmap.check.safety.allowlist import Finding
from roadmap.check.safety.letters import check_letters
from roadmap.check.safety.markdown_source import check_page_source, linkable_hosts
from roadmap.check.safety.po_messages import check_message_file
from roadmap.check.safety.yaml_values import check_yaml
from roadmap.project.edition_file import LANGUAGE_TAG
from roadmap.project.once import once
from roadmap.project.pages import Page
from roadmap.project.project import Edition
from roadmap.project.remembered import remembered
from roadmap.project.stray_files import is_stray

LARGEST = {".md": 200_000, ".po": 2_000_000, ".yml": 100_000, ".txt": 100_000}  # bytes of one file
LARGEST_EDITION = 8_000_000  # bytes
MOST_FILES = 500  # files and folders
LONGEST_PATH = 100  # characters, below the edition
DEEPEST = 6  # folders in folders
MOST_NAMED = 20  # problems of one file

NAME = re.compile(
    r"(?!(?:aux|con|nul|prn|com\d|lpt\d)(?:\.|$))[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z]{2,4})?"
)
FILES = (  # beside the pages
    "edition.yml",
    "messages.po",
    "queries.yml",
    "same-meaning.yml",
    "state.yml",
    "to-do.txt",
)
ASSETS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf", ".css", ".js", ".woff2")


@once
def check_safety(edition: Edition) -> list[Problem]:
    """Everything in the folder of an edition that may not be there, with file and line, sorted."""
    folder = edition.folder
    if folder.is_symlink() or not folder.is_dir():
        return [
            _of_folder(
                edition,
                "a link or a file",
                "a folder that holds the edition",
            )
        ]
    problems: set[Problem] = set()
    if not _is_named_like_a_language(edition.code):
        found = "a folder that is not named like a language"
        problems.add(
            Problem(
                brief(_name(edition)),
                1,
                found,
                "a code such as `da` or `pt-BR`",
            )
        )
    files, refused = _sort_out(edition)
    problems.update(refused)
    for path in files:
        problems.update(islice(_check_file(edition, path), MOST_NAMED))
    return sorted(problems)


class ReadablePart(Edition):
    """What may be read of an edition that is not safe: its texts, and none of the withheld pages.

    It has no pieces, so that nothing of it can be rendered.
    """

    def __init__(self, edition: Edition, withheld: Collection[str]):
        super().__init__(edition.project, edition.code)
        self.withheld = frozenset(withheld)

    def page(self, path: str) -> Page:
        """A page by its path. Raises Problems, without one, where it is withheld."""
        if path in self.withheld:
            raise Problems([])
        return super().page(path)

    @property
    def pieces(self) -> Callable[[str], Pieces]:
        """None. Raises Problems, without one."""
        raise Problems([])


def readable_part(edition: Edition) -> Edition | None:
    """The edition without the pages that have something on them which may not be there.

    None where the folder, or a file beside the pages, may not be opened at all.
    """
    problems = check_safety(edition)
    if not problems:
        return edition
    if edition.folder.is_symlink() or not edition.folder.is_dir():
        return None
    files, refused = _sort_out(edition)
    beside = {edition.file_name(name) for name in FILES}
    if not files or any(problem.path in beside for problem in refused):
        return None
    opened = {file.relative_to(edition.folder).as_posix() for file in files}
    spoilt = {problem.path for problem in problems}
    withheld = []
    for path in edition.page_paths:
        if path not in opened or edition.file_name(path) in spoilt:
            withheld.append(path)
    return ReadablePart(edition, withheld)


def _is_named_like_a_language(code: str) -> bool:
    language = code.split("-")[0]
    return language.islower() and re.fullmatch(LANGUAGE_TAG, code) is not None


def _name(edition: Edition) -> str:
    return edition.project.name_of(edition.folder)


def _of_folder(
    edition: Edition,
    found: str,
    expected: str,
) -> Problem:
    return Problem(
        _name(edition),
        1,
        found,
        expected,
    )


# Files


def _sort_out(edition: Edition) -> tuple[list[Path], list[Problem]]:
    """The files that may be opened, and why the others may not."""
    entries = list(islice(_entries(edition.folder), MOST_FILES + 1))
    if len(entries) > MOST_FILES:
        found = f"more than {MOST_FILES} files and folders"
        return [], [
            _of_folder(
                edition,
                found,
                "the pages of one edition",
            )
        ]
    files: list[Path] = []
    problems: list[Problem] = []
    size = 0
    for path in entries:
        if finding := _forbidden_entry(path, edition.folder):
            name = safe_name(edition.project.name_of(path))
            problems.append(Problem(name, 1, *finding))
        elif not path.is_dir():
            files.append(path)
            size += path.stat().st_size
    if size > LARGEST_EDITION:
        expected = f"at most {LARGEST_EDITION} in one edition"
        return [], [
            *problems,
            _of_folder(
                edition,
                f"{size} bytes",
                expected,
            ),
        ]
    return files, problems


def _entries(folder: Path, depth: int = 1) -> Iterator[Path]:
    """Files and folders below a folder, without those that programs leave beside one's work.

    Follows no link, opens no folder with an odd name.
    """
    for path in sorted(islice(folder.iterdir(), MOST_FILES + 1)):
        if is_stray(PurePath(path.name)):
            continue
        yield path
        is_folder = path.is_dir() and not path.is_symlink()
        if is_folder and NAME.fullmatch(path.name) and depth <= DEEPEST:
            yield from _entries(path, depth + 1)


def _forbidden_entry(path: Path, folder: Path) -> Finding | None:
    """Why a file or folder may not be there, and what may."""
    status = path.lstat()
    inside = path.relative_to(folder)
    if stat.S_ISLNK(status.st_mode):
        return "a symbolic link", "the file itself"
    if len(str(inside)) > LONGEST_PATH:
        return f"a path of {len(str(inside))} characters", f"at most {LONGEST_PATH}"
    if len(inside.parts) > DEEPEST:
        return "folders in folders", f"at most {DEEPEST} levels"
    if not NAME.fullmatch(path.name):
        return "an odd name", "small letters a–z, digits and hyphens, then the ending"
    if stat.S_ISDIR(status.st_mode):
        return None
    if not stat.S_ISREG(status.st_mode):
        return "something that is no file", "pages, and " + ", ".join(FILES)
    return _forbidden_kind(inside) or _forbidden_size(path.suffix, status.st_size)


def _forbidden_kind(inside: PurePath) -> Finding | None:
    if inside.suffix == ".md" or inside.as_posix() in FILES:
        return None
    only = "only"
    if inside.suffix in ASSETS:
        only = "pictures and other assets do not belong to an edition for now: only"
    expected = f"{only} pages (.md), and beside them {', '.join(FILES)}"
    return f"a file `{inside.name}` in this place", expected


def _forbidden_size(suffix: str, size: int) -> Finding | None:
    if size > LARGEST[suffix]:
        return f"{size} bytes", f"at most {LARGEST[suffix]}"
    return None


def safe_name(name: str) -> str:
    """A name that does no harm on a terminal."""
    if name.isprintable():
        return name
    return name.encode("unicode_escape", "backslashreplace").decode()


# What stands in them


def _check_file(edition: Edition, file: Path) -> Iterable[Problem]:
    """What may not stand in one file; letters first, since they can hide the rest."""
    path = file.relative_to(edition.folder).as_posix()
    try:
        page = _read(edition, file, path)
    except Problems as unreadable:
        return unreadable.problems
    letters = check_letters(page.text, page.file, edition.code)
    if first_letters := list(islice(letters, MOST_NAMED)):
        return first_letters
    match file.suffix:
        case ".md":
            return _check_page(edition, page)
        case ".po":
            return check_message_file(edition)
        case ".yml":
            return check_yaml(edition, path)
    return ()


def _check_page(edition: Edition, page: Page) -> list[Problem]:
    """What may not stand on a page, as it was judged before, or judged now."""
    project = edition.project
    hosts = linkable_hosts(project)
    values = (page.file, page.text, sorted(hosts) if hosts is not None else None)
    return remembered(
        project.memo("safety", edition.code),
        check_page_source,
        page,
        lambda page: edition.converted(page).html,
        hosts,
        values=(*values, project.config_key),
    )


def _read(
    edition: Edition,
    file: Path,
    path: str,
) -> Page:
    """The text of a file, as a page where it is one. Raises Problems when it is not UTF-8."""
    if file.suffix == ".md":
        return edition.page(path)
    return Page.decode(path, edition.file_name(path), edition.project.read_bytes(file))
