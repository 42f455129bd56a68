"""Keeps finished editions, each under a hash of everything it was made from. Makes none."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

from roadmap.project.edition_file import ENGLISH, EditionFile, pages_of

SHARED = ("content", f"docs/{ENGLISH}", "overrides", "mkdocs.yml", "pyproject.toml")
OURS = Path(__file__).resolve().parent.parent  # holds macros/ and roadmap/


class Kept:
    """The finished editions of a project, with PDFs or without. One folder holds what an edition
    adds to the site.
    """

    def __init__(self, root: Path, offered: dict[str, EditionFile], pdf: bool):
        self.root, self.home = root, root / ".cache" / "editions"
        menu = [
            f"{code} {edition.name} {edition.direction} {edition.title} {sorted(pages_of(root, code))}"
            for code, edition in offered.items()
        ]
        ours = [OURS / "macros", OURS / "roadmap"]
        self.shared = hashed(
            [*map(root.joinpath, SHARED), *ours], [packages(), json.dumps(menu), str(pdf)]
        )

    def folder(self, code: str) -> Path:
        """Where an edition is kept, or is to be kept."""
        return self.home / f"{code}-{hashed([self.root / 'docs' / code], [self.shared])}"

    def add(self, code: str, finished: Path) -> None:
        """Keeps an edition and forgets what it was before."""
        for old in self.home.glob(f"{code}-*"):
            shutil.rmtree(old)
        self.home.mkdir(parents=True, exist_ok=True)
        finished.rename(self.folder(code))


def hashed(paths: Iterable[Path], words: Iterable[str] = ()) -> str:
    """A short hash of files and folders, with their names, and of some words."""
    told = hashlib.sha256("\0".join(words).encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                told.update(f"\0{file.relative_to(path.parent).as_posix()}\0".encode())
                told.update(hashlib.sha256(file.read_bytes()).digest())
    return told.hexdigest()[:16]


def packages() -> str:
    """Names and versions of everything installed: another version may build another page."""
    return "\n".join(sorted(f"{each.metadata['Name']} {each.version}" for each in distributions()))
