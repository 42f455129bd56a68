"""Content-addressed caches in .cache/: of files, and of values. Makes nothing itself."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import macros

Value = TypeVar("Value")

CODE = Path(macros.__file__).parent.parent  # holds macros/ and roadmap/
DAY = 24 * 60 * 60  # in seconds


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
        return self.at(self.path(*values), make)

    def at(self, path: Path, make: Callable[[], bytes]) -> bytes:
        """What is kept in a file, see `path`; else what `make` answers, which is kept."""
        self.used.add(path)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            data = make()
            _write(path, data)
        else:
            _mark_as_used(path)
        return data

    def tidy(self) -> None:
        """Removes the files that have not been asked for."""
        for path in self.folder.glob(f"*{self.suffix}"):
            if path not in self.used:
                path.unlink()

    def tidy_old(self, days: int) -> None:
        """Removes the files that nobody has asked for in so many days.

        Other processes may read and write the cache meanwhile.
        """
        oldest = time.time() - days * DAY
        for path in self.folder.glob("*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < oldest:
                    path.unlink()


class Memo:
    """Values that JSON can write, in one file, each by a fingerprint of those it was made from.

    A file that another version of our code or of a package has written counts as empty.
    """

    def __init__(self, file: Path | None = None):
        """Without a file, what is made is kept for this run only."""
        self.file = file
        self._kept: dict[str, Any] | None = None
        self._used: dict[str, Any] = {}
        self._has_news = False

    @property
    def kept(self) -> dict[str, Any]:
        """What earlier runs have made, by its fingerprint."""
        if self._kept is None:
            self._kept = self._read()
        return self._kept

    def _read(self) -> dict[str, Any]:
        if self.file is None:
            return {}
        try:
            data = json.loads(self.file.read_bytes())
        except (OSError, ValueError):
            return {}
        if not isinstance(data, dict) or data.get("made by") != code_version():
            return {}
        return dict(data["values"])

    def get(self, make: Callable[[], Value], *values: object) -> Value:
        """What was made from these values, else what `make` answers, which is kept."""
        key = fingerprint(*values)
        if key not in self._used:
            if key in self.kept:
                self._used[key] = self.kept[key]
            else:
                self._used[key] = make()
                self._has_news = True
        return self._used[key]

    def save(self) -> None:
        """Writes what has been asked for, if there is anything new, and forgets the rest."""
        if self.file is None or not self._has_news:
            return
        data = {"made by": code_version(), "values": self._used}
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        _write(self.file, text.encode())


def _write(path: Path, data: bytes) -> None:
    """Another process may write the same file, and a build that is stopped leaves no half file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _mark_as_used(path: Path) -> None:
    """Sets the time of a file to now. Another process may have removed it."""
    with suppress(FileNotFoundError):
        os.utime(path)


def code_version() -> str:
    """A fingerprint of all our code and of all that is installed."""
    return fingerprint(code_of("macros"), code_of("roadmap"), packages())


@cache
def code_of(package: str) -> tuple[tuple[str, str], ...]:
    """Name and hash of each file of a package of ours, such as `macros/typesetting`.

    What a package makes depends on its own files and on those it may import.
    """
    return tuple(hashes(CODE, (CODE / package).rglob("*"), Path.read_bytes))


def hashes(
    root: Path, paths: Iterable[Path], read_bytes: Callable[[Path], bytes]
) -> list[tuple[str, str]]:
    """Name and hash of each file."""
    found = []
    for path in sorted(paths):
        name = path.relative_to(root).as_posix()
        if path.is_symlink() or (path.exists() and not (path.is_file() or path.is_dir())):
            found.append((name, "a link, or no file"))
        elif not path.exists():
            found.append((name, "nothing"))
        elif path.is_file() and path.suffix != ".pyc":
            found.append((name, hashlib.sha256(read_bytes(path)).hexdigest()))
    return found


@cache
def packages() -> tuple[str, ...]:
    """Names and versions of everything installed: another version may build another page."""
    names = {sys.version}
    for folder in sys.path:
        names.update(path.name for path in Path(folder or ".").glob("*.dist-info"))
    return tuple(sorted(names))
