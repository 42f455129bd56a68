"""The folder that a build works in, removed at its end.

It is locked while its build runs. A killed build leaves it unlocked: the next one puts back the old
site, if that is in it, and removes it.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from macros.facts.problem import Problem, Problems
from roadmap.publish.swap import recover

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PREFIX = "site-"
LOCK = "lock"  # in the folder of a build


@contextmanager
def build_folder(cache: Path, site: Path) -> Iterator[Path]:
    """A new folder in the cache, in which a fresh site is built under the name of `site`.

    Raises Problems where the cache cannot be written to. What cannot be removed stays.
    """
    try:
        folder, lock = _create(cache, site)
    except OSError as error:
        found = f"a folder that cannot be written to: {error.strerror}"
        problem = Problem(cache.name, 1, found, "a folder that builds may write to")
        raise Problems([problem]) from None
    try:
        yield folder
    finally:
        lock.close()
        _remove(folder, site)


def _create(cache: Path, site: Path) -> tuple[Path, IO[str]]:
    """Removes abandoned folders, then makes one; with its lock. Raises OSError."""
    # One build at a time: no other finds the new folder before it is locked
    with (cache / "site.lock").open("w") as only_one:
        _lock(only_one, wait=True)
        for folder in cache.glob(f"{PREFIX}*"):
            if _is_abandoned(folder):
                _remove(folder, site)
        folder = Path(tempfile.mkdtemp(dir=cache, prefix=PREFIX))
        lock = (folder / LOCK).open("w")
        _lock(lock)
    return folder, lock


def _is_abandoned(folder: Path) -> bool:
    """Whether the build of a folder no longer runs."""
    try:
        with (folder / LOCK).open("w") as lock:
            return _lock(lock)
    except OSError:
        return False


def _remove(folder: Path, site: Path) -> None:
    """Removes a folder, but not an old site that cannot be put back."""
    try:
        recover(folder / site.name, site)
    except OSError:
        return
    shutil.rmtree(folder, ignore_errors=True)


def _lock(file: IO[str], *, wait: bool = False) -> bool:
    """Locks a file until it is closed or its process ends; whether that was possible.

    A lock of the process, which its children do not inherit: they may outlive it.
    """
    try:
        if sys.platform == "win32":
            mode = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK
            msvcrt.locking(file.fileno(), mode, 1)
        else:
            mode = fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB
            fcntl.lockf(file, mode)
    except OSError:
        return False
    return True
