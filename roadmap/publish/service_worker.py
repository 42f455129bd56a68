"""Writes the service worker of an edition: what a browser saves, so that after one visit no network
is needed.
"""

from __future__ import annotations

import gzip
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from macros.facts.problem import Problem, Problems
from roadmap.project import mkdocs_config
from roadmap.project.templates import fill

WORKER = "sw.js"
SAVED = {".html", ".css", ".js", ".json", ".woff2", ".svg", ".png", ".webmanifest"}
ON_DEMAND = "pictures/"  # downloads; the pages hold the same pictures
MOST = 1024 * 1024  # bytes, compressed; readers are told “at most 1 MB”


def write(root: Path, edition: Path, code: str) -> None:
    """Puts the worker into a finished edition, in the place of the one that withdraws. Raises
    Problems.

    With `offline: false` in mkdocs.yml the one that withdraws stays.
    """
    if not mkdocs_config.config(root / "mkdocs.yml")["extra"]["offline"]:
        return
    files = list(listed(edition))
    if (weight := sum(map(_compressed, files))) > MOST:
        there = f"{weight // 1024} KiB, compressed, that a browser saves for offline use"
        raise Problems(
            [Problem(f"site/{code}", 1, there, f"at most {MOST // 1024} KiB, as readers are told")]
        )
    (edition / WORKER).write_text(worker(edition, files), encoding="utf-8")


def listed(edition: Path) -> Iterable[Path]:
    """The files that a browser saves: what pages show and search needs; no PDFs, no pictures as
    files.
    """
    for path in sorted(edition.rglob("*")):
        name = path.relative_to(edition).as_posix()
        if path.suffix in SAVED and name != WORKER and not name.startswith(ON_DEMAND):
            yield path


def worker(edition: Path, files: list[Path]) -> str:
    """The worker for these files. The same files give the same worker."""
    hashed = [
        [quote(path.relative_to(edition).as_posix()), _hash(path.read_bytes())] for path in files
    ]
    version = sha256(repr(hashed).encode()).hexdigest()[:16]
    return fill(f"{WORKER}.j2", version=version, files=hashed)


def _hash(content: bytes) -> str:
    """As `fetch` takes it for `integrity`."""
    return f"sha256-{b64encode(sha256(content).digest()).decode()}"


def _compressed(path: Path) -> int:
    """Bytes that go over the line; fonts and PNGs are compressed already."""
    return min(path.stat().st_size, len(gzip.compress(path.read_bytes(), mtime=0)))
