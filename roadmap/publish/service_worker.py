"""Writes the service worker of an edition, which makes a browser save it for offline use."""

from __future__ import annotations

import gzip
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from macros.facts.problem import Problem, Problems
from roadmap.project.cache import Memo
from roadmap.project.project import Edition
from roadmap.project.templates import fill

WORKER = "sw.js"
# Suffix of the files that a browser saves → their type, whatever a host says
TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "woff2": "font/woff2",
    "svg": "image/svg+xml",
    "png": "image/png",
    "webmanifest": "application/manifest+json",
}
# The folder of pictures to be downloaded; the pages hold the same pictures
ON_DEMAND = "pictures/"
KIB = 1024
# Bytes at most, compressed: readers are told “at most 1 MB”
MOST = 1024 * KIB


def write_worker(edition: Edition, folder: Path, memo: Memo) -> None:
    """Writes the worker of a finished edition over the one that unregisters itself.

    `folder` is that of the built edition. With `offline: false` in mkdocs.yml the one that
    unregisters itself stays. Raises Problems when a browser would have to save too much.
    """
    if not edition.project.config["extra"]["offline"]:
        return
    files = {path: path.read_bytes() for path in listed(folder)}
    size = sum(_compressed(content, memo) for content in files.values())
    if size > MOST:
        found = f"{size // KIB} KiB, compressed, that a browser saves for offline use"
        expected = f"at most {MOST // KIB} KiB, as readers are told"
        raise Problems([Problem(f"site/{edition.code}", 1, found, expected)])
    text = worker(folder, files)
    (folder / WORKER).write_text(text, encoding="utf-8", newline="\n")


def listed(edition: Path) -> Iterable[Path]:
    """The files that a browser saves, sorted: what pages show and what search needs.

    No PDFs, and no pictures as files. `edition` is the folder of the built edition.
    """
    for path in sorted(edition.rglob("*")):
        name = path.relative_to(edition).as_posix()
        if (
            path.suffix.removeprefix(".") in TYPES
            and name != WORKER
            and not name.startswith(ON_DEMAND)
        ):
            yield path


def worker(edition: Path, files: Mapping[Path, bytes]) -> str:
    """The JavaScript of the worker for these files. The same files give the same worker."""
    urls_and_hashes = []
    for path, content in files.items():
        url = quote(path.relative_to(edition).as_posix())
        urls_and_hashes.append([url, _integrity(content)])
    version = sha256(repr(urls_and_hashes).encode()).hexdigest()[:16]
    return fill(
        f"{WORKER}.j2",
        version=version,
        files=urls_and_hashes,
        types=TYPES,
    )


def _integrity(content: bytes) -> str:
    """A hash as `fetch` takes it for `integrity` (subresource integrity)."""
    digest = sha256(content).digest()
    return f"sha256-{b64encode(digest).decode()}"


def _compressed(content: bytes, memo: Memo) -> int:
    """Bytes that go over the network; fonts and PNGs are compressed already."""
    compressed = memo.get(
        lambda: len(gzip.compress(content, mtime=0)), "gzip", sha256(content).digest()
    )
    return min(len(content), compressed)
