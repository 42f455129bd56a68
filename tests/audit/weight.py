"""What a first visit costs: every file that a browser asked for, as it lies there and as it travels."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests.site.serving import COMPRESSED, packed

CODE = {".html", ".css", ".js"}


def weigh(site: Path, asked: Iterable[str]) -> tuple[int, int]:
    """Bytes of HTML, CSS and scripts, unpacked; bytes of everything, packed as the server sends it."""
    files = [file for path in dict.fromkeys(asked) if (file := _file(site, path)).is_file()]
    raw = sum(file.stat().st_size for file in files if file.suffix in CODE)
    return raw, sum(_sent(file) for file in files)


def _file(site: Path, path: str) -> Path:
    file = site / unquote(urlsplit(path).path).lstrip("/")
    return file / "index.html" if file.is_dir() else file


def _sent(file: Path) -> int:
    return len(packed(file.read_bytes())) if file.suffix in COMPRESSED else file.stat().st_size
