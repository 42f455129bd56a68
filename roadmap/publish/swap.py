"""Puts a fresh site in the place of the old one, in one atomic step where the system can.

Where it cannot, the old site is renamed away first. Whoever stops between the two renames leaves it
beside the fresh site, and `recover` puts it back. Removes nothing.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from macros.facts.problem import Problem, Problems, shown

OLD = "old"  # the old site, beside the fresh one
WAITS = (0.1, 0.3, 0.6)  # seconds before a rename is tried again
AT_FDCWD = -100  # linux/fcntl.h: names are relative to the working directory
RENAME_EXCHANGE = 2  # linux/fs.h
RENAME_SWAP = 2  # sys/stdio.h of macOS


def place_of(site: Path, cache: Path) -> Path:
    """Where a fresh site, built in `cache`, can be put: where `site` leads, if it is a link.

    Raises Problems where it could not be put there in one step.
    """
    try:
        place = site.resolve()
    except (OSError, RuntimeError):  # links in a circle
        raise _cannot_be(site, "a link that leads nowhere", "a folder, or nothing") from None
    if place.exists() and not place.is_dir():
        raise _cannot_be(site, "a file", "a folder, or nothing")
    if os.path.ismount(place):
        expected = "no mount: mount the folder above, or copy the built site to where it is to be"
        raise _cannot_be(site, "a mount, which no other folder can take the place of", expected)
    if not place.parent.is_dir():
        raise _cannot_be(site, f"a link to {place}, above which there is no folder", "a folder")
    if place.parent.stat().st_dev != cache.stat().st_dev:
        expected = "on the disk of the checkout: copy the built site to where it is to be"
        raise _cannot_be(site, f"a link to another disk ({place})", expected)
    return place


def _cannot_be(site: Path, found: str, expected: str) -> Problems:
    return Problems([Problem(site.name, 1, found, expected)])


def swap(fresh: Path, site: Path) -> None:
    """Puts the fresh site in the place of the old one, if there is one.

    The old site is then in the folder that the fresh one was built in. Raises Problems where the
    system refuses; then the old site is untouched.
    """
    if _exchange(fresh, site):
        return
    try:
        _rename_both(fresh, site)
    except OSError as error:
        raise Problems(_refusal(error, fresh, site)) from None


def recover(fresh: Path, site: Path) -> None:
    """Puts back the old site where a swap was stopped between its two renames. Raises OSError.

    Only then are both beside each other, and no site in its place.
    """
    old = fresh.with_name(OLD)
    if old.exists() and fresh.exists() and not site.exists():
        old.rename(site)


def _exchange(fresh: Path, site: Path) -> bool:
    """Whether the system has exchanged the two, in one atomic step.

    Not where there is no old site, nor where the C library or the file system has no such step.
    """
    one, other = os.fsencode(fresh), os.fsencode(site)
    with suppress(AttributeError):  # a C library without the function
        if sys.platform == "linux":
            libc = ctypes.CDLL(None)
            return libc.renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) == 0
        if sys.platform == "darwin":
            libc = ctypes.CDLL(None)
            return libc.renamex_np(one, other, RENAME_SWAP) == 0
    return False


def _rename_both(fresh: Path, site: Path) -> None:
    """Renames the old site, then the fresh one. Puts the old one back where the second fails."""
    try:
        if site.exists():
            _rename(site, fresh.with_name(OLD))
        _rename(fresh, site)
    finally:
        recover(fresh, site)


def _rename(path: Path, target: Path) -> None:
    """Tries again for a moment: on Windows, who looks at a file keeps its folder where it is."""
    for wait in WAITS:
        with suppress(PermissionError):
            path.rename(target)
            return
        time.sleep(wait)
    path.rename(target)


def _refusal(error: OSError, fresh: Path, site: Path) -> list[Problem]:
    found = f"the built site cannot be put here: {error.strerror}"
    expected = (
        "a folder that may be renamed and that nothing holds open, neither a window nor a virus "
        "scanner; build again"
    )
    problems = [Problem(site.name, 1, found, expected)]
    old = fresh.with_name(OLD)
    if old.exists() and not site.exists():
        path = shown(old, site.parent)
        found = "the old site, which could not be put back"
        problems.append(Problem(path, 1, found, f"its place, `{site.name}`; build again"))
    return problems
