"""Content-addressed caches in .cache/: finished editions, PDFs, fonts. Makes nothing itself."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

import macros
from roadmap.project.edition_file import ENGLISH, EditionFile
from roadmap.project.project import Project

CODE = Path(macros.__file__).parent.parent  # holds macros/ and roadmap/


def fingerprint(*values: object) -> str:
    """A short hash of values. The `repr` of each must hold all of it: text, bytes, numbers."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:32]


class ValueCache:
    """Files in a folder, each named by a fingerprint of the values that it was made from."""

    def __init__(self, folder: Path, suffix: str):
        self.folder = folder
        self.suffix = suffix
        self.used: set[Path] = set()

    def path(self, *values: object) -> Path:
        """Where the file made from these values is, or is to be."""
        return self.folder / f"{fingerprint(*values)}{self.suffix}"

    def get(self, make: Callable[[], bytes], *values: object) -> bytes:
        """What was made from these values, else what `make` answers, which is kept."""
        path = self.path(*values)
        self.used.add(path)
        if not path.exists():
            _write(path, make())
        return path.read_bytes()

    def tidy(self) -> None:
        """Removes the files that have not been asked for."""
        for path in self.folder.glob(f"*{self.suffix}"):
            if path not in self.used:
                path.unlink()


def _write(path: Path, data: bytes) -> None:
    """Another process may write the same file, and a build that is stopped leaves no half file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_bytes(data)
    part.replace(path)


class EditionCache:
    """The finished editions of a project, with PDFs or without.

    One folder holds what an edition adds to the site. Its name tells all that a build reads: the
    files of the checkout, our code, the installed packages, and the menu of editions.
    """

    def __init__(self, project: Project, offered: Mapping[str, EditionFile], pdf: bool):
        self.project = project
        self.folder = project.root / ".cache" / "editions"
        self.shared = fingerprint(
            _shared_files(project),
            _code_files(),
            packages(),
            _menu(project, offered),
            pdf,
        )

    def path(self, code: str) -> Path:
        """Where a finished edition is, or is to be."""
        edition = self.project.edition(code)
        paths = [edition.folder, *edition.folder.rglob("*")]
        files = _hashes(self.project.root, paths, self.project.read_bytes)
        return self.folder / f"{code}-{fingerprint(self.shared, files)[:16]}"

    def store(self, code: str, finished: Path) -> None:
        """Keeps a finished edition and forgets what it was before."""
        for old in self.folder.glob(f"{code}-*"):
            shutil.rmtree(old)
        self.folder.mkdir(parents=True, exist_ok=True)
        finished.rename(self.path(code))


def _shared_files(project: Project) -> list[tuple[str, str]]:
    """What every edition is made from: all of the checkout that is neither made nor a translation.

    `tests/test_build.py` watches what a build opens: nothing else of the checkout.
    """
    root = project.root
    folders = (root / "content", root / "docs" / ENGLISH, root / "overrides")
    files = [root / "mkdocs.yml", root / "pyproject.toml"]
    for folder in folders:
        files += folder.rglob("*")
    return _hashes(root, files, project.read_bytes)


def _code_files() -> list[tuple[str, str]]:
    files: list[Path] = []
    for package in ("macros", "roadmap"):
        files += (CODE / package).rglob("*")
    return _hashes(CODE, files, Path.read_bytes)


@cache
def code_of(package: str) -> tuple[tuple[str, str], ...]:
    """Name and hash of each file of a package of ours, such as `macros/typesetting`.

    What a package makes depends on its own files and on those it may import.
    """
    return tuple(_hashes(CODE, (CODE / package).rglob("*"), Path.read_bytes))


def _hashes(
    root: Path, paths: Iterable[Path], read_bytes: Callable[[Path], bytes]
) -> list[tuple[str, str]]:
    """Name and hash of each file."""
    found = []
    for path in sorted(paths):
        name = path.relative_to(root).as_posix()
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            found.append((name, "a link, or no file"))
        elif path.is_file() and path.suffix != ".pyc":
            found.append((name, hashlib.sha256(read_bytes(path)).hexdigest()))
    return found


@cache
def packages() -> tuple[str, ...]:
    """Names and versions of everything installed: another version may build another page."""
    return tuple(sorted(f"{each.metadata['Name']} {each.version}" for each in distributions()))


def _menu(project: Project, offered: Mapping[str, EditionFile]) -> str:
    """What pages say of other editions."""
    entries = []
    for code, file in offered.items():
        pages = sorted(project.edition(code).own_pages)
        entries.append([code, file.name, file.direction, file.title, pages])
    return json.dumps(entries)
