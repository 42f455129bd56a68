"""Asks git what an English page said before. Where there is no git or no history, it knows nothing
and says so.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

PATIENCE = 60  # seconds for one question


def versions(root: Path, paths: Iterable[str]) -> dict[str, list[str]]:
    """Every committed version of these files, newest first: path below the root → texts. Asks git
    twice in all.
    """
    wanted = sorted(set(paths))
    blobs = _blobs(root, wanted) if wanted else {}
    texts = _contents(root, [blob for found in blobs.values() for blob in found])
    return {path: [texts[blob] for blob in blobs.get(path, ()) if blob in texts] for path in wanted}


def committed(root: Path, path: str, revision: str = "HEAD") -> str | None:
    """A file as a commit has it. None when there is no such commit or file."""
    return _contents(root, [f"{revision}:./{path}"]).get(f"{revision}:./{path}")


def _blobs(root: Path, paths: list[str]) -> dict[str, list[str]]:
    """Names of the contents that each file has had, newest first."""
    raw = _git(
        root,
        "log",
        "--format=",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--full-history",
        "-m",
        "--relative",
        "-z",
        "--",
        *paths,
    )
    found: dict[str, dict[str, None]] = {}
    fields = iter((raw or b"").decode("utf-8", "replace").split("\0"))
    for change in fields:
        if change.lstrip().startswith(":"):
            found.setdefault(next(fields), {})[change.split()[3]] = None
    return {path: list(blobs) for path, blobs in found.items()}


def _contents(root: Path, names: list[str]) -> dict[str, str]:
    """The text of each of these objects that git has."""
    asked = [name for name in dict.fromkeys(names) if "\n" not in name]
    answer = (
        _git(root, "cat-file", "--batch", said="".join(f"{name}\n" for name in asked).encode())
        if asked
        else None
    )
    texts, at = {}, 0
    for name in asked if answer else ():
        end = answer.index(b"\n", at)
        head, at = answer[at:end].split(b" "), end + 1
        if len(head) == 3 and head[1] == b"blob":
            texts[name] = answer[at : at + int(head[2])].decode("utf-8", "replace")
        if head[-1].isdigit():
            at += int(head[-1]) + 1
    return texts


def _git(root: Path, *words: str, said: bytes = b"") -> bytes | None:
    """What git answers; None when it cannot. Looks at this project only, asks nobody else, changes
    nothing.
    """
    around = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    quiet = {
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }
    settings = ("-c", "log.showSignature=false", "--no-pager", "--literal-pathspecs")
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *settings, *words],
            input=said,
            capture_output=True,
            env=around | quiet,
            timeout=PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout
